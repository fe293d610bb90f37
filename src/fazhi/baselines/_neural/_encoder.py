"""Encoders: BERT models with the vocabulary that they read by, from a folder or the Hub."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging import ERROR
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from transformers import BertConfig, BertModel
from transformers.utils import logging
from transformers.utils.hub import cached_file

from fazhi._files import read_text
from fazhi._paths import room
from fazhi.baselines._inference import Vocabulary
from fazhi.errors import InputError

EMBEDDED = "embedded"
"""The name of the encoder that the baselines room holds."""

_VOCABULARY = "vocab.txt"


@dataclass(frozen=True, slots=True)
class Encoder:
    """A BERT model without its output layers."""

    bert: BertModel
    """The model."""
    vocabulary: Vocabulary
    """What it reads characters by."""


def load_encoder(name: str, revision: str, dropout: float) -> Encoder:
    """The encoder of a name.

    Args:
        name: `embedded`, a folder, or an id of the Hub.
        revision: branch, tag or commit on the Hub.
        dropout: the share of units that is dropped in training.

    Returns:
        The encoder, its weights as float32. No code of the folder or repository is run and
        nothing is unpickled: weights are read from safetensors alone.

    Raises:
        InputError: there is none, the Hub cannot be reached, or it is no BERT model with
            safetensors and a vocabulary.
    """
    source = str(room("baselines") / "encoder") if name == EMBEDDED else name
    local = name == EMBEDDED or Path(source).is_dir()
    if local:
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        found = cached_file(source, _VOCABULARY, revision=revision)
        vocabulary = Vocabulary.parse(read_text(str(found)), source)
        with _quiet():
            bert = _load_weights(source, revision, dropout)
        check_vocabulary(vocabulary, bert)
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        what = " ".join(str(error).split())
        raise InputError(
            f"no encoder can be loaded ({what})", path=name, remedy=_remedy(local)
        ) from None
    return Encoder(bert, vocabulary)


def check_vocabulary(vocabulary: Vocabulary, bert: BertModel) -> None:
    """Raises ValueError if the vocabulary has entries that the model does not know."""
    beyond = len(vocabulary.entries) - bert.config.vocab_size
    if beyond > 0:
        raise ValueError(f"its vocabulary has {beyond} entries more than the model")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings of transformers: that output layers are left out is as it should be."""
    before = logging.get_verbosity()
    logging.set_verbosity(ERROR)
    try:
        yield
    finally:
        logging.set_verbosity(before)


def _remedy(local: bool) -> str:
    if local:
        return "It must hold config.json, model.safetensors and vocab.txt of a BERT model"
    return (
        "Without access to the Hub, take a recipe with the embedded encoder, such as "
        "bert-mini-crf, or copy the repository and give the folder as `encoder` in a recipe file"
    )


def _load_weights(source: str, revision: str, dropout: float) -> BertModel:
    shape, _ = BertConfig.get_config_dict(source, revision=revision)
    if shape.get("model_type") != "bert":
        raise ValueError(f"it is a model of type {shape.get('model_type')}")
    loaded: Any = BertModel.from_pretrained(
        source,
        revision=revision,
        use_safetensors=True,
        dtype="float32",
        add_pooling_layer=False,
        output_loading_info=True,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    bert: BertModel = loaded[0]
    lacking = sorted(loaded[1]["missing_keys"])
    if lacking:
        raise ValueError(f"it lacks {len(lacking)} weights of a BERT model, such as {lacking[0]}")
    return bert


def empty_encoder(config: str) -> BertModel:
    """A BERT model of the shape in a `config.json`, whose weights are still to be loaded."""
    return BertModel(BertConfig(**json.loads(config)), add_pooling_layer=False)
