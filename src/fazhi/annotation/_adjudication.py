"""`adjudication.jsonl`: every decision on what two annotators said, and the check of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from fazhi._names import listed
from fazhi._record import Record, read_jsonl_records
from fazhi.corpus import Annotation, format_value
from fazhi.errors import MismatchError

About = Literal["span", "role", "topic", "indicator", "value"]
Origin = Literal["difference", "doubt", "reread", "rule"]
Cause = Literal["slip", "judgement", "unclear rule", "missing rule"]

Place = tuple[str, About, int | None]
"""Segment, what is decided, and the offset where it stands; None for role and topic."""


class Decision(Record):
    """One decision of the adjudication."""

    segment: str
    """Id of the segment."""
    about: About
    """What is decided."""
    place: str
    """The surface of the span or metric; empty for role and topic."""
    start: int | None = Field(ge=0)
    """Where it begins in the segment; None for role and topic."""
    a: str | None
    """What the first annotator said: a label, a surface or a value; None for nothing."""
    b: str | None
    """What the second annotator said."""
    gold: str | None
    """What was decided."""
    origin: Origin
    """Why it was looked at: a difference, a recorded doubt, a second reading, a changed rule."""
    cause: Cause
    """Why it needed a decision."""
    reason: str = Field(min_length=1)
    """Why it was decided so."""
    guideline: str | None
    """The rule that holds it now; None where none is needed."""


def read_decisions(path: Path) -> list[Decision]:
    """The decisions, in the file's order.

    Raises:
        InputError: a line is malformed.
    """
    return read_jsonl_records(Decision, path)


@dataclass(frozen=True, slots=True)
class _Saying:
    """What an annotation says at a place."""

    surface: str
    """The surface of the span or metric; empty for role and topic."""
    said: str | None
    """A label, a surface or a value; None for nothing."""
    where: int | None = None
    """Where an indicator begins."""


_Said = Mapping[Place, _Saying]
"""What a layer says, by place."""


def _statements(annotations: Iterable[Annotation]) -> _Said:
    return dict(item for each in annotations for item in _sayings(each))


def _sayings(annotation: Annotation) -> Iterator[tuple[Place, _Saying]]:
    name = annotation.id
    yield (name, "role", None), _Saying("", annotation.role)
    yield (name, "topic", None), _Saying("", annotation.topic)
    for entity in annotation.entities:
        label = f"{entity.label}.{entity.kind}"
        yield (name, "span", entity.start), _Saying(entity.text, label)
    for fact in annotation.facts:
        metric, indicator = fact.metric, fact.indicator
        value = _Saying(metric.text, format_value(fact.value))
        nothing = _Saying(metric.text, None)
        named = indicator and _Saying(metric.text, indicator.text, indicator.start)
        yield (name, "indicator", metric.start), named or nothing
        yield (name, "value", metric.start), value


def check_decisions(
    decisions: Sequence[Decision],
    a: Sequence[Annotation],
    b: Sequence[Annotation],
    gold: Sequence[Annotation],
) -> None:
    """Checks that decisions account for all that differs, and say what the layers say.

    Raises:
        MismatchError: a place where the layers or the gold differ has no decision, or a decision
            says otherwise than the layers; lists every such place.
    """
    said = [_statements(each) for each in (a, b, gold)]
    problems = [*_undecided(decisions, said), *_contradictions(decisions, said)]
    if problems:
        raise MismatchError(f"the decisions do not account for the layers:{listed(problems)}")


def _undecided(decisions: Iterable[Decision], said: Sequence[_Said]) -> Iterator[str]:
    decided = {_place(each) for each in decisions}
    for place in sorted(set().union(*said) - decided, key=str):
        if len({each.get(place) for each in said}) > 1:
            yield f"{_name(place)} differs without a decision"


def _contradictions(decisions: Iterable[Decision], said: Sequence[_Said]) -> Iterator[str]:
    seen: set[Place] = set()
    for decision in decisions:
        place = _place(decision)
        sayings = [each.get(place) for each in said]
        found = [each and each.said for each in sayings]
        surfaces = sorted({each.surface for each in sayings if each})
        if place in seen:
            yield f"{_name(place)} is decided twice"
        if found != [decision.a, decision.b, decision.gold]:
            yield f"{_name(place)} is {found}"
        if surfaces and decision.place not in surfaces:
            yield f"{_name(place)} stands at {' or '.join(surfaces)!r}, not {decision.place!r}"
        seen.add(place)


def _place(decision: Decision) -> Place:
    return decision.segment, decision.about, decision.start


def _name(place: Place) -> str:
    segment, about, start = place
    return f"{segment}: {about} of {start}" if start is not None else f"{segment}: {about}"
