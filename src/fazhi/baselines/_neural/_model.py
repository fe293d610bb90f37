"""The neural baseline: a BERT encoder with a head for each task."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor
from transformers import set_seed

from fazhi._files import sha256, to_json
from fazhi.baselines._crf import CrfModel
from fazhi.baselines._crf_scores import CrfScores
from fazhi.baselines._inference import Answering, Item, Partner, Reader, Vocabulary, partner_of
from fazhi.baselines._lexicon import lexicon_file
from fazhi.baselines._model import Files
from fazhi.baselines._neural._encoder import check_vocabulary, empty_encoder, load_encoder
from fazhi.baselines._neural._items import training_items
from fazhi.baselines._neural._network import Network
from fazhi.baselines._neural._scorer import TorchScorer
from fazhi.baselines._neural._training import train
from fazhi.baselines._params import BertParams
from fazhi.corpus import Example, gold_hash, text_hash
from fazhi.errors import InputError

if TYPE_CHECKING:
    from fazhi.baselines._onnx import OnnxModel

_CONFIG = "config.json"
_WEIGHTS = "model.safetensors"
_VOCABULARY = "vocab.txt"


class BertModel(Answering):
    """Predicts what its tasks are: entities, role and topic, facts.

    Weights are kept as 16-bit numbers: they are rounded when training ends, so that a stored
    model predicts exactly what the one that was trained did.
    """

    def __init__(
        self,
        network: Network,
        vocabulary: Vocabulary,
        params: BertParams,
        partner: Partner | None,
        *,
        bf16: bool = False,
    ):
        scorer = TorchScorer(network, bf16=bf16)
        super().__init__(scorer, network.chain(), vocabulary, params, partner)
        self._network = network
        self._vocabulary = vocabulary

    @classmethod
    def fit(
        cls,
        examples: Sequence[Example],
        params: BertParams,
        seed: int,
        checkpoints: Path | None = None,
        first: Sequence[Example] = (),
    ) -> Self:
        """Trains on the examples; on a CPU the same seed gives the same weights.

        Args:
            examples: what it learns from.
            params: the parameters.
            seed: of the fresh weights, the order of the examples and of what is dropped.
            checkpoints: a folder for checkpoints. Training goes on from one that is there, if
                it is of the same examples, parameters and seed; None to keep none.
            first: what it learns from before, in the same way.

        Raises:
            InputError: the encoder cannot be had.
        """
        network, vocabulary = _fresh(params, seed)
        before = tuple(first)
        if before:
            network.load_state_dict(_learned_first(before, params.alone(), seed, checkpoints))
        items = _items(examples, vocabulary, params)
        learned = [before, examples] if before else [examples]
        folder = _folder(checkpoints, network, learned, params, seed)
        train(network, items, params.later() if before else params, seed, folder)
        partner = _partner((*before, *examples), params)
        return cls(network.cpu().half().float(), vocabulary, params, partner)

    @classmethod
    def restore(cls, files: Files, params: BertParams, *, bf16: bool = False) -> Self:
        """The model that gave these files.

        Args:
            files: the files.
            params: the parameters.
            bf16: whether the encoder computes with 16 bits (bfloat16).

        Raises:
            ValueError: the files do not fit each other, or the parameters.
        """
        vocabulary = Vocabulary.parse(files[_VOCABULARY].decode("utf-8"), _VOCABULARY)
        try:
            encoder = empty_encoder(files[_CONFIG].decode("utf-8"))
            check_vocabulary(vocabulary, encoder)
            network = Network(encoder, params)
            network.half().load_state_dict(load(files[_WEIGHTS]))
        except (RuntimeError, TypeError, SafetensorError) as error:
            raise ValueError(str(error)) from None
        return cls(network.float(), vocabulary, params, partner_of(files, params), bf16=bf16)

    def exported(self) -> "OnnxModel":
        """The same model without torch, its weights as they are; needs the extra `onnx`."""
        from fazhi.baselines._neural._graphs import graphs_of
        from fazhi.baselines._onnx import OnnxModel

        chain = self._network.chain()
        graphs = graphs_of(self._network)
        return OnnxModel(graphs, chain, self._vocabulary, self._params, self._partner)

    def files(self) -> Files:
        """All that the model needs: weights (16 bits), the encoder's shape and vocabulary."""
        weights = {name: each.half() for name, each in self._network.state_dict().items()}
        return {
            **(self._partner.files() if self._partner else {}),
            _CONFIG: self._network.bert.config.to_json_string().encode("utf-8"),
            _VOCABULARY: self._vocabulary.text().encode("utf-8"),
            _WEIGHTS: save(weights, metadata={"format": "pt"}),
        }


def _reader(vocabulary: Vocabulary, params: BertParams) -> Reader:
    return Reader(vocabulary, params.window, params.overlap)


def _fresh(params: BertParams, seed: int) -> tuple[Network, Vocabulary]:
    """A network that has not learned anything yet, and what it reads by."""
    encoder = load_encoder(params.encoder, params.revision, params.dropout)
    longest = encoder.bert.config.max_position_embeddings
    if params.window > longest:
        raise InputError(
            f"it reads {longest} tokens at once, fewer than the window of {params.window}",
            path=params.encoder,
            remedy="Give a smaller window in the recipe",
        )
    set_seed(seed)
    return Network(encoder.bert, params), encoder.vocabulary


@lru_cache(maxsize=1)
def _learned_first(
    first: tuple[Example, ...], params: BertParams, seed: int, checkpoints: Path | None
) -> Mapping[str, Tensor]:
    """The weights after what is learned first; the folds of a protocol have it in common."""
    network, vocabulary = _fresh(params, seed)
    items = _items(first, vocabulary, params)
    folder = _folder(checkpoints, network, (first,), params, seed)
    train(network, items, params, seed, folder)
    return network.state_dict()


@lru_cache(maxsize=5)
def _partner(examples: tuple[Example, ...], params: BertParams) -> Partner | None:
    """The CRF over features that has learned from the same; seeds have it in common."""
    if not params.crf_share:
        return None
    crf = CrfModel.fit(examples, params.partner())
    return Partner(CrfScores(crf.weights), params.crf_share)


def _items(examples: Sequence[Example], vocabulary: Vocabulary, params: BertParams) -> list[Item]:
    return list(training_items(examples, _reader(vocabulary, params), params))


def _folder(
    checkpoints: Path | None,
    network: Network,
    learned: Sequence[Sequence[Example]],
    params: BertParams,
    seed: int,
) -> Path | None:
    """A folder for checkpoints that no other training of a network has.

    The weights that it starts from are part of its name: an encoder can be made anew under the
    same name.
    """
    if checkpoints is None:
        return None
    data = [[text_hash(each), gold_hash(each)] for each in learned]
    start = sha256(save(network.state_dict()))
    known = [params.alone().model_dump(), seed, data, start, sha256(lexicon_file().read_bytes())]
    return checkpoints / sha256(to_json(known).encode("utf-8"))[:16]
