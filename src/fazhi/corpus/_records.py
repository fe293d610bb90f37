"""The domain nouns of the corpus as typed records.

Offsets everywhere are Python code points, half-open: `text[start:end]`.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from fazhi._record import Record
from fazhi.corpus._labels import EntityLabel, Kind, Role, Topic, check_kind, topic_is_due
from fazhi.corpus._values import Value

SegmentKind = Literal["title", "heading", "paragraph", "item", "closing"]
"""What a segment is by its layout; `closing` is a signature or date line."""

Offset = Annotated[int, Field(ge=0, strict=True)]


class Segment(Record):
    """A title, heading, paragraph, enumerated item or closing line of a report."""

    id: str
    """`<report>-s<number from 001>`."""
    report: str
    """Id of the report."""
    kind: SegmentKind
    """What it is by its layout."""
    start: Offset
    """Offset in the report's normalised text."""
    end: Offset
    """End offset in the report's normalised text."""
    text: str
    """The text itself; never empty and without a line break."""
    heading_path: tuple[str, ...]
    """The headings above it, outermost first; a heading is not in its own path."""


class Placed:
    """What begins and ends in a segment's text, whichever side says so."""

    start: int
    end: int

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.start, self.end

    def overlaps(self, other: "Placed") -> bool:
        """Whether it shares a character with another one of the segment."""
        return self.start < other.end and other.start < self.end


class Span(Placed, Record):
    """A piece of a segment's text."""

    start: Offset
    """Offset in the segment's text."""
    end: Offset
    """End offset in the segment's text."""
    text: str
    """The surface; always equals `segment.text[start:end]`."""


class Entity(Span):
    """A labelled span of a segment."""

    label: EntityLabel
    """The entity type."""
    kind: Kind
    """The kind, one of those that the type has."""

    @model_validator(mode="after")
    def _kind_belongs_to_label(self) -> Self:
        check_kind(self.label, self.kind)
        return self

    @property
    def span(self) -> Span:
        """The span without its label."""
        return Span(start=self.start, end=self.end, text=self.text)


class Fact(Record):
    """What a METRIC states: what it measures, and its value."""

    metric: Span
    """The span of the METRIC entity."""
    indicator: Span | None
    """The span that names what is measured; it may overlap entities and other indicators."""
    value: Value
    """The normalised value."""


class Annotation(Record):
    """What one annotator says of one segment."""

    id: str
    """Id of the segment."""
    entities: tuple[Entity, ...]
    """Flat spans in order, none overlapping another."""
    facts: tuple[Fact, ...] = ()
    """At most one for each METRIC, in the order of the METRICs."""
    role: Role
    """What the segment does in the report."""
    topic: Topic | None
    """What it is about; None for the roles that have no topic."""

    @model_validator(mode="after")
    def _topic_fits_role(self) -> Self:
        if topic_is_due(self.role) != (self.topic is not None):
            due = "needs a topic" if self.topic is None else "has no topic"
            raise ValueError(f"role {self.role!r} {due}")
        return self

    @property
    def metrics(self) -> tuple[Entity, ...]:
        """The METRIC entities, in order."""
        return tuple(each for each in self.entities if each.label == "METRIC")


class Example(Record):
    """A segment with its gold annotation: what a model learns from and is scored on."""

    segment: Segment
    """The segment."""
    gold: Annotation
    """Its gold annotation."""
