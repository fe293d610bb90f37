"""An encoder's folder, as transformers' AutoModel and AutoTokenizer read it."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from transformers import BertModel

from fazhi._files import write_bytes, write_text
from fazhi.baselines._pretraining._vocabulary import CLS, MASK, PAD, SEP, SPECIALS, UNK, Vocabulary


def write_encoder(
    folder: Path, encoder: BertModel, vocabulary: Vocabulary, *, half: bool = False
) -> None:
    """Writes the configuration, the vocabulary and the weights, each file whole or not at all.

    Args:
        folder: where to.
        encoder: the encoder.
        vocabulary: its vocabulary.
        half: write the weights as float16, in half the bytes.
    """
    write_text(folder / "config.json", _json({**encoder.config.to_diff_dict(), **_architecture()}))
    write_text(folder / "vocab.txt", "".join(f"{token}\n" for token in vocabulary.tokens))
    write_text(folder / "tokenizer.json", _json(_tokenizer(vocabulary)))
    write_text(folder / "tokenizer_config.json", _json(_tokenizer_config(encoder)))
    weights = {
        name: (tensor.detach().to(torch.float16) if half else tensor.detach()).contiguous().cpu()
        for name, tensor in encoder.state_dict().items()
        if tensor.is_floating_point()
    }
    write_bytes(folder / "model.safetensors", save(weights, {"format": "pt"}))


def _architecture() -> dict[str, Any]:
    return {"architectures": ["BertModel"], "model_type": "bert"}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _tokenizer(vocabulary: Vocabulary) -> dict[str, Any]:
    """A tokenizer that makes one token of each code point: spaces and digits too."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from tokenizers.processors import TemplateProcessing

    numbers = {token: number for number, token in enumerate(vocabulary.tokens)}
    tokenizer = Tokenizer(WordLevel(numbers, unk_token=SPECIALS[UNK]))
    tokenizer.pre_tokenizer = Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(SPECIALS[CLS], CLS), (SPECIALS[SEP], SEP)],
    )
    tokenizer.add_special_tokens(list(SPECIALS))
    found: dict[str, Any] = json.loads(tokenizer.to_str())
    return found


def _tokenizer_config(encoder: BertModel) -> dict[str, Any]:
    names = {"pad": PAD, "unk": UNK, "cls": CLS, "sep": SEP, "mask": MASK}
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "do_lower_case": False,
        "model_max_length": encoder.config.max_position_embeddings,
        "model_input_names": ["input_ids", "token_type_ids", "attention_mask"],
        **{f"{name}_token": SPECIALS[number] for name, number in names.items()},
    }
