"""The prediction format: JSON Lines, one line per segment, each task optional.

    {"id": "…", "entities": [{"start": 0, "end": 3, "label": "AGENCY"}], "role": "…", "topic": "…"}

A task that a system does not attempt is left out of every line. Baselines write the format
and the scorer reads it; it belongs to neither.
"""

from pydantic import Field, StrictInt

from fazhi._record import Record
from fazhi.corpus import EntityLabel, Placed, Role, Topic, Value


class PredictedSpan(Placed, Record):
    """A piece of a segment's text."""

    start: StrictInt = Field(ge=0)
    """Offset in the segment's text."""
    end: StrictInt
    """End offset, exclusive."""


class PredictedEntity(PredictedSpan):
    """A span that a system predicts."""

    label: EntityLabel
    """The entity type."""
    score: float | None = Field(default=None, ge=0, le=1, strict=True)
    """How probable the system finds it; None for a system that cannot tell."""


class PredictedFact(Record):
    """What a system says of a METRIC."""

    metric: PredictedSpan
    """The span of the METRIC."""
    indicator: PredictedSpan | None = None
    """The span that names what is measured; None where the system finds none."""
    value: Value | None = None
    """The normalised value; None where the system gives none."""


class Prediction(Record):
    """What a system says of one segment; None for a task that it does not attempt."""

    id: str
    """Id of the segment."""
    entities: tuple[PredictedEntity, ...] | None = None
    """Flat spans, none overlapping another."""
    role: Role | None = None
    """The predicted role."""
    topic: Topic | None = None
    """The predicted topic; it is scored where gold has one."""
    facts: tuple[PredictedFact, ...] | None = None
    """At most one for each predicted METRIC, found end to end."""
    facts_on_gold: tuple[PredictedFact, ...] | None = None
    """At most one for each METRIC of the gold, which the system was told."""
