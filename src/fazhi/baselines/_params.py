"""The parameters of each kind of model, checked when a recipe is read."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from fazhi._record import Record

ModelKind = Literal["rules", "crf", "majority", "tfidf-svm"]
Value = int | float | str
Params = dict[str, Value]


class NoParams(Record):
    """The parameters of a model that has none."""


class CrfParams(Record):
    """The parameters of the CRF; see the manual of CRFsuite's L-BFGS trainer."""

    c1: float = Field(ge=0)
    """Weight of the L1 penalty."""
    c2: float = Field(ge=0)
    """Weight of the L2 penalty."""
    max_iterations: int = Field(ge=1)
    """Upper bound of the iterations of L-BFGS."""


class SvmParams(Record):
    """The parameters of the SVM."""

    ngram: int = Field(ge=1)
    """Length of the longest character n-gram."""
    min_count: int = Field(ge=1)
    """Number of segments that a term must occur in."""
    layout: float = Field(ge=0)
    """Weight of the role's layout features beside the terms, whose vector has length 1."""
    penalty: float = Field(gt=0)
    """C of the SVM: how much an error in training costs."""


PARAMS: Mapping[ModelKind, type[Record]] = {
    "rules": NoParams,
    "crf": CrfParams,
    "majority": NoParams,
    "tfidf-svm": SvmParams,
}
"""The record that checks the parameters of each kind of model."""
