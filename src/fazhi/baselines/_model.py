"""What every baseline can do, and the kinds of them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from fazhi.baselines._params import CrfParams, ModelKind, Params, SvmParams
from fazhi.corpus import Example, Segment
from fazhi.predictions import Prediction

Files = Mapping[str, bytes]
"""What a model has learned, as files: names and contents."""


class Model(Protocol):
    """A fitted baseline."""

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """One prediction per segment, in order."""

    def files(self) -> Files:
        """What it has learned; nothing is pickled."""


def fit_model(kind: ModelKind, examples: Sequence[Example], params: Params, seed: int) -> Model:
    """A model of this kind that has learned from the examples.

    Each kind of model is imported only when it is needed.
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


def restore_model(kind: ModelKind, files: Files, params: Params) -> Model:
    """The model of this kind that gave these files."""
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
