"""The parameters of each kind of model, checked when a recipe is read."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StrictFloat, StrictInt, model_validator

from fazhi._record import Record

ModelKind = Literal["rules", "crf", "majority", "tfidf-svm", "bert"]
Value = StrictInt | StrictFloat | str
Params = dict[str, Value]
TaskName = Literal["entities", "sections", "facts"]
HeadName = Literal["softmax", "crf", "span"]
CueName = Literal["lists", "ngrams"]
Precision = Literal["int8", "fp32"]

RANDOM: frozenset[ModelKind] = frozenset({"tfidf-svm", "bert"})
"""The kinds of models whose training depends on the seed."""

Penalty = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
"""A weight that is zero or more."""
Rate = Annotated[float, Field(gt=0, le=1, strict=True)]
"""A learning rate."""


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


class BertParams(Record):
    """The parameters of a network over a BERT encoder."""

    encoder: str
    """`embedded`, a folder, or an id of the Hub."""
    revision: str = "main"
    """Branch, tag or commit on the Hub; a folder has none."""
    tasks: str
    """Tasks that share the encoder, with spaces between: entities, sections, facts."""
    head: HeadName = "crf"
    """What finds entities."""
    cues: str = ""
    """Character features that it sees beside the encoder, with spaces between: lists, ngrams."""
    crf_share: float = Field(default=0.0, ge=0, lt=1, strict=True)
    """What a CRF over features has to say beside a head that is a CRF; 0 for no such partner."""
    crf_c1: Penalty = 0.0
    """`c1` of the CRF that is its partner."""
    crf_c2: Penalty = 0.0
    """`c2` of it."""
    crf_iterations: StrictInt = Field(default=1, ge=1, le=100_000)
    """`max_iterations` of it."""
    window: StrictInt = Field(ge=16, le=512)
    """Tokens that the encoder reads at once."""
    overlap: StrictInt = Field(ge=0, le=256)
    """Characters that a window shares with the next, in texts that are longer."""
    epochs: StrictInt = Field(ge=1, le=1000)
    """Times that all examples are learned from."""
    most_steps: StrictInt | None = Field(default=None, ge=1)
    """Steps after which training ends even if the epochs have not; None for no such end."""
    later_epochs: StrictInt = Field(default=1, ge=1, le=1000)
    """`epochs` of what is learned after something else."""
    later_share: float = Field(default=1.0, gt=0, le=1, strict=True)
    """Share of the rates that is left for what is learned after something else."""
    batch: StrictInt = Field(ge=1, le=1024)
    """Texts in each step, on each device."""
    encoder_rate: Rate
    """Highest learning rate of the encoder."""
    head_rate: Rate
    """Highest learning rate of the heads."""
    warm_up: float = Field(ge=0, lt=1, strict=True)
    """Share of the steps in which the rates rise; then they fall to zero in a straight line."""
    decay: Penalty
    """Weight decay of AdamW."""
    dropout: float = Field(ge=0, lt=1, strict=True)
    """Share of the units that are dropped in training."""
    threads: StrictInt | None = Field(default=None, ge=1)
    """Threads that train on a processor, whose number changes rounding; None for one per core."""

    def partner(self) -> CrfParams:
        """The parameters of the CRF that is its partner."""
        return CrfParams(c1=self.crf_c1, c2=self.crf_c2, max_iterations=self.crf_iterations)

    def alone(self) -> Self:
        """The parameters of the network without its partner."""
        names = ("crf_share", "crf_c1", "crf_c2", "crf_iterations")
        none = {name: type(self).model_fields[name].default for name in names}
        return self.model_copy(update=none)

    def later(self) -> Self:
        """The parameters by which it learns after something else."""
        changed = {
            "epochs": self.later_epochs,
            "encoder_rate": self.encoder_rate * self.later_share,
            "head_rate": self.head_rate * self.later_share,
        }
        return self.model_copy(update=changed)

    @property
    def task_names(self) -> frozenset[str]:
        """The tasks."""
        return frozenset(self.tasks.split())

    @property
    def cue_names(self) -> frozenset[CueName]:
        """The groups of character features."""
        return frozenset(name for name in get_args(CueName) if name in self.cues.split())

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        known = get_args(TaskName)
        if not self.task_names or not self.task_names <= set(known):
            raise ValueError(f"tasks are {', '.join(known)}, with spaces between")
        if not set(self.cues.split()) <= set(get_args(CueName)):
            raise ValueError(f"cues are {', '.join(get_args(CueName))}, with spaces between")
        if self.crf_share and self.head != "crf":
            raise ValueError("only a head that is a crf can have a crf for a partner")
        if self.overlap >= self.window // 2:
            raise ValueError("the overlap must be less than half of the window")
        return self


PARAMS: Mapping[ModelKind, type[Record]] = {
    "rules": NoParams,
    "crf": CrfParams,
    "majority": NoParams,
    "tfidf-svm": SvmParams,
    "bert": BertParams,
}
"""The record that checks the parameters of each kind of model."""


def keeps_checkpoints(kind: ModelKind) -> bool:
    """Whether the training of a kind of model can go on from a checkpoint."""
    return kind == "bert"
