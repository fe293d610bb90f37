"""A network that was exported to ONNX, as a model."""

from collections.abc import Mapping
from typing import Any, Self

from safetensors import SafetensorError
from safetensors.numpy import load, save

from fazhi._files import load_json, to_json
from fazhi.baselines._inference import Answering, Array, Partner, Vocabulary, partner_of
from fazhi.baselines._layout import LAYOUT
from fazhi.baselines._model import Files
from fazhi.baselines._onnx._scorer import OnnxScorer
from fazhi.baselines._params import BertParams
from fazhi.corpus import BIO_TAGS, ENTITY_LABELS, ROLE_NAMES, TOPIC_NAMES

_CHAIN = "chain.safetensors"
_LABELS = "labels.json"
_VOCABULARY = "vocab.txt"
_SUFFIX = ".onnx"

LABELS: Mapping[str, Any] = {
    "tags": list(BIO_TAGS),
    "entities": list(ENTITY_LABELS),
    "roles": list(ROLE_NAMES),
    "topics": list(TOPIC_NAMES),
    "layout": list(LAYOUT),
}
"""What the numbers that go into and come out of the graphs stand for."""


class OnnxModel(Answering):
    """Predicts what the network does that it was exported from.

    The graphs score, one for the encoder (windows of tokens to states) and one for each head
    (states to scores); reading, windows and decoding are the network's own.
    """

    def __init__(
        self,
        graphs: Mapping[str, bytes],
        chain: Mapping[str, Array],
        vocabulary: Vocabulary,
        params: BertParams,
        partner: Partner | None,
    ):
        """Takes `encoder` and the heads as ONNX, and the scores of a CRF, if it has one."""
        super().__init__(OnnxScorer(graphs), chain, vocabulary, params, partner)
        self._graphs = graphs
        self._chain = chain
        self._vocabulary = vocabulary

    @classmethod
    def restore(cls, files: Files, params: BertParams) -> Self:
        """The model that gave these files.

        Raises:
            ValueError: the files do not fit each other, or labels have changed since.
        """
        if load_json(files[_LABELS].decode("utf-8"), _LABELS) != LABELS:
            raise ValueError("the labels are others")
        graphs = {
            name.removesuffix(_SUFFIX): content
            for name, content in files.items()
            if name.endswith(_SUFFIX)
        }
        if set(graphs) != {"encoder", *params.task_names}:
            raise ValueError("the graphs are not those of the tasks")
        vocabulary = Vocabulary.parse(files[_VOCABULARY].decode("utf-8"), _VOCABULARY)
        try:
            chain = load(files[_CHAIN]) if _CHAIN in files else {}
        except SafetensorError as error:
            raise ValueError(str(error)) from None
        return cls(graphs, chain, vocabulary, params, partner_of(files, params))

    def quantised(self) -> "OnnxModel":
        """The same model, the encoder's weights as 8-bit integers."""
        from fazhi.baselines._onnx._quantise import quantised

        graphs = {**self._graphs, "encoder": quantised(self._graphs["encoder"])}
        return OnnxModel(graphs, self._chain, self._vocabulary, self._params, self._partner)

    def files(self) -> Files:
        """All that the model needs: graphs, what decodes, the vocabulary, the labels."""
        files = {f"{name}{_SUFFIX}": graph for name, graph in self._graphs.items()}
        if self._chain:
            files[_CHAIN] = save(dict(self._chain))
        labels = f"{to_json(LABELS)}\n".encode()
        if self._partner:
            files |= self._partner.files()
        return {**files, _VOCABULARY: self._vocabulary.text().encode(), _LABELS: labels}
