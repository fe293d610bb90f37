"""What every baseline can do, and the kinds of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from fazhi.baselines._extra import needs_extra
from fazhi.baselines._params import BertParams, CrfParams, ModelKind, Params, Precision, SvmParams
from fazhi.corpus import Example, Placed, Segment
from fazhi.predictions import PredictedFact, Prediction

Files = Mapping[str, bytes]
"""What a model has learned, as files: names and contents."""


_CHUNK = 100_000
"""Characters that are predicted at once: more gain nothing, and take some seconds already."""
_CHUNK_SEGMENTS = 4_000


class Model(Protocol):
    """A fitted baseline."""

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """One prediction per segment, in order."""

    def files(self) -> Files:
        """What it has learned; nothing is pickled."""


@runtime_checkable
class FactModel(Model, Protocol):
    """A fitted baseline that can be told where METRICs are."""

    def facts(
        self, segments: Sequence[Segment], metrics: Sequence[Sequence[Placed]]
    ) -> list[tuple[PredictedFact, ...]] | None:
        """A fact for each METRIC of each segment, in order; None if facts are none of its tasks."""


def predict_examples(model: Model, examples: Sequence[Example]) -> list[Prediction]:
    """What a model predicts of examples; of the gold it is told where METRICs are, and only that.

    Returns:
        One prediction per example, in order, with `facts_on_gold` if the model attempts facts.
    """
    segments = [each.segment for each in examples]
    predictions = model.predict(segments)
    told = [each.gold.metrics for each in examples]
    facts = model.facts(segments, told) if isinstance(model, FactModel) else None
    if facts is None:
        return predictions
    return [
        each.model_copy(update={"facts_on_gold": said})
        for each, said in zip(predictions, facts, strict=True)
    ]


def predict_stream(model: Model, segments: Iterable[Segment]) -> Iterator[Prediction]:
    """Yields what a model predicts of segments, in order, however many there are.

    Chunks of them are held at a time, within which the model may take them in any order.
    """
    chunk: list[Segment] = []
    size = 0
    for segment in segments:
        chunk.append(segment)
        size += len(segment.text)
        if size >= _CHUNK or len(chunk) >= _CHUNK_SEGMENTS:
            yield from model.predict(chunk)
            chunk, size = [], 0
    if chunk:
        yield from model.predict(chunk)


def fit_model(  # noqa: PLR0913
    kind: ModelKind,
    examples: Sequence[Example],
    params: Params,
    seed: int,
    checkpoints: Path | None = None,
    *,
    first: Sequence[Example] = (),
) -> Model:
    """A model of this kind that has learned from the examples.

    Each kind of model is imported only when it is needed.

    Args:
        kind: the kind.
        examples: what it learns from.
        params: parameters of that kind.
        seed: seed of everything random.
        checkpoints: folder for checkpoints, from which an interrupted training goes on; only
            `bert` keeps any.
        first: what is learned from before the examples; only `bert` can.

    Raises:
        MissingExtra: the kind needs an extra that is not installed.
        InputError: something that the parameters name cannot be had.
    """
    match kind:
        case "rules":
            from fazhi.baselines._rules import RuleModel

            return RuleModel()
        case "crf":
            from fazhi.baselines._crf import CrfModel

            return CrfModel.fit(examples, CrfParams.model_validate(params))
        case "majority":
            from fazhi.baselines._majority import MajorityModel

            return MajorityModel.fit(examples)
        case "tfidf-svm":
            from fazhi.baselines._svm import SvmModel

            return SvmModel.fit(examples, SvmParams.model_validate(params), seed)
        case "bert":
            with needs_extra("neural"):
                from fazhi.baselines._neural import BertModel

            known = BertParams.model_validate(params)
            return BertModel.fit(examples, known, seed, checkpoints, first)


def restore_model(kind: ModelKind, files: Files, params: Params, *, bf16: bool = False) -> Model:
    """The model of this kind that gave these files.

    Args:
        kind: the kind.
        files: the files.
        params: parameters of that kind.
        bf16: whether a network computes with 16 bits (bfloat16); of no meaning to other kinds.
    """
    match kind:
        case "rules":
            from fazhi.baselines._rules import RuleModel

            return RuleModel()
        case "crf":
            from fazhi.baselines._crf import CrfModel

            return CrfModel.restore(files)
        case "majority":
            from fazhi.baselines._majority import MajorityModel

            return MajorityModel.restore(files)
        case "tfidf-svm":
            from fazhi.baselines._svm import SvmModel

            return SvmModel.restore(files, SvmParams.model_validate(params))
        case "bert":
            with needs_extra("neural"):
                from fazhi.baselines._neural import BertModel

            return BertModel.restore(files, BertParams.model_validate(params), bf16=bf16)


def restore_exported(files: Files, params: Params) -> Model:
    """The exported network that gave these files."""
    with needs_extra("onnx"):
        from fazhi.baselines._onnx import OnnxModel

    return OnnxModel.restore(files, BertParams.model_validate(params))


def export_network(files: Files, params: Params, precision: Precision) -> Model:
    """The network that gave these files, for ONNX Runtime.

    Args:
        files: the files of a model of the kind `bert`.
        params: its parameters.
        precision: of the encoder's weights.

    Raises:
        MissingExtra: `neural` or `onnx` is not installed.
    """
    with needs_extra("neural"):
        from fazhi.baselines._neural import BertModel

    model = BertModel.restore(files, BertParams.model_validate(params))
    with needs_extra("onnx"):
        exported = model.exported()
        return exported.quantised() if precision == "int8" else exported
