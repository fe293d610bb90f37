"""The parameters of each kind of model, checked when a recipe is read."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StrictFloat, StrictInt

from fazhi._record import Record

ModelKind = Literal["rules", "crf", "majority", "tfidf-svm"]
Value = StrictInt | StrictFloat | str
Params = dict[str, Value]

RANDOM: frozenset[ModelKind] = frozenset({"tfidf-svm"})
"""The kinds of models whose training depends on the seed."""

Penalty = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
"""A weight that is zero or more."""


class NoParams(Record):
    """The parameters of a model that has none."""


class CrfParams(Record):
    """The parameters of the CRF; see the manual of CRFsuite's L-BFGS trainer."""

    c1: Penalty
    """Weight of the L1 penalty."""
    c2: Penalty
    """Weight of the L2 penalty."""
    max_iterations: StrictInt = Field(ge=1, le=100_000)
    """Upper bound of the iterations of L-BFGS."""


class SvmParams(Record):
    """The parameters of the SVM."""

    ngram: StrictInt = Field(ge=1, le=10)
    """Length of the longest character n-gram."""
    min_count: StrictInt = Field(ge=1, le=20)
    """Number of segments that a term must occur in."""
    layout: Penalty
    """Weight of the role's layout features beside the terms, whose vector has length 1."""
    penalty: float = Field(gt=0, allow_inf_nan=False, strict=True)
    """C of the SVM: how much an error in training costs."""


PARAMS: Mapping[ModelKind, type[Record]] = {
    "rules": NoParams,
    "crf": CrfParams,
    "majority": NoParams,
    "tfidf-svm": SvmParams,
}
"""The record that checks the parameters of each kind of model."""
