"""What reading a submission gives: predictions, or everything that is wrong with it."""

from dataclasses import dataclass
from typing import Literal

from fazhi.predictions._records import Prediction

MAX_PROBLEMS = 1_000
"""Reading stops at this many problems."""

Overlaps = Literal["refuse", "first", "longest", "score"]
"""What becomes of entities of one segment that overlap, duplicates included.

`refuse`: they are a problem. The other rules keep an entity if it overlaps none that is
already kept, and differ in the order in which they go through the entities of a line:

- `first`: as they are written.
- `longest`: longer ones first; among equals the one that starts first, then as written.
- `score`: higher scores first, those without a score last; among equals as in `longest`.
"""

Repair = Literal["error", "conlleval", "discard"]
"""What becomes of an I-X tag that follows neither B-X nor I-X.

- `error`: it is a problem.
- `conlleval`: it begins an entity, as in the script of the CoNLL shared tasks.
- `discard`: it belongs to no entity, nor do the I-X tags after it, as in seqeval's strict IOB2.
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which defects of a submission are put right, and how."""

    overlaps: Overlaps = "refuse"
    """What becomes of entities that overlap."""
    repair: Repair = "error"
    """What becomes of illegal tags."""
    allow_missing: bool = False
    """Whether a segment that the submission leaves out counts as one where nothing was found."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a submission."""

    line: int | None
    """Number of the line, or of a function's item, from 1; None where it is in no one line."""
    what: str
    """What is wrong, strings of the submission quoted and shortened."""
    remedy: str
    """What to do about it."""

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line is not None else ""
        return f"{place}{self.what}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A span that was left out of the predictions by a rule of the policy."""

    line: int
    """Where it stands."""
    id: str
    """Id of the segment."""
    start: int
    """Offset in the segment's text."""
    end: int
    """End offset, exclusive."""
    label: str
    """The entity type."""
    rule: Literal["first", "longest", "score", "discard", "fact"]
    """The rule; `fact` for the fact of a METRIC that was left out, which goes with it."""


@dataclass(frozen=True, slots=True)
class Truncated:
    """A segment whose tags end before its text does; what follows is tagged O."""

    id: str
    """Id of the segment."""
    covered: int
    """Number of characters up to the end of the last tagged token."""
    length: int
    """Number of characters of the text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A submission as it was read."""

    predictions: tuple[Prediction, ...]
    """One per segment, in the order of the segments; none at all if there are problems."""
    problems: tuple[Problem, ...] = ()
    """Everything that is wrong, up to 1,000 problems; what concerns the whole comes first."""
    missing: tuple[str, ...] = ()
    """Ids of the segments that the submission leaves out, in the order of the segments."""
    resolved: tuple[Dropped, ...] = ()
    """What was left out, and by which rule."""
    illegal: int = 0
    """Number of I-X tags that follow neither B-X nor I-X."""
    truncated: tuple[Truncated, ...] = ()
    """Segments whose tags end early."""

    @property
    def stopped(self) -> bool:
        """Whether there were so many problems that the rest was not read."""
        return len(self.problems) >= MAX_PROBLEMS
