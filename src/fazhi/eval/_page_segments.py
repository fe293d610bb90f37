"""Segments as they are shown, and what they can be filtered by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fazhi.corpus import Example
from fazhi.eval._page_facts import FactRow, fact_rows
from fazhi.eval._page_marks import Marks, Piece, marks_of, pieces
from fazhi.eval._tally import Pairs, Tally
from fazhi.predictions import Prediction

ANY = "any"
"""The token of a segment in which anything is wrong."""
_NO_MARKS = Marks((), ())
_FACTS = {"facts": "Facts of predicted METRICs", "facts_on_gold": "Facts of gold METRICs"}


@dataclass(frozen=True, slots=True)
class LabelLine:
    """Role or topic of a segment."""

    task: str
    """Which of the two."""
    gold: str | None
    """The gold label; None where there is none."""
    said: str | None
    """The predicted one."""
    right: bool | None
    """Whether they are equal; None where gold has none, which is not scored."""


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment with what the two sides say of it."""

    example: Example
    """The segment and its gold."""
    gold: tuple[Piece, ...]
    """The text with its gold entities; bare where entities are not attempted."""
    predicted: tuple[Piece, ...] | None
    """The text with its predicted entities; None where they are not attempted."""
    labels: tuple[LabelLine, ...]
    """Role and topic, where they are attempted."""
    facts: dict[str, tuple[FactRow, ...]]
    """Facts by what they are of; empty where there are none."""
    tokens: tuple[str, ...]
    """What it can be filtered by: `type`, `error`, and `error:type`."""


def segment_views(tally: Tally, pairs: Pairs) -> list[SegmentView]:
    """A view for each segment, of the tasks that are attempted."""
    entities = tally.entities
    marks = marks_of(entities, pairs) if entities else [_NO_MARKS] * len(pairs)
    return [
        _view(tally, example, said, found)
        for (example, said), found in zip(pairs, marks, strict=True)
    ]


def _view(tally: Tally, example: Example, said: Prediction, marks: Marks) -> SegmentView:
    text = example.segment.text
    labels = tuple(_labels(tally, example, said))
    facts = dict(_facts(tally, example, said))
    rows = [row for table in facts.values() for row in table]
    return SegmentView(
        example=example,
        gold=pieces(text, marks.gold),
        predicted=pieces(text, marks.predicted) if tally.entities else None,
        labels=labels,
        facts=facts,
        tokens=_tokens(marks, labels, rows),
    )


def _labels(tally: Tally, example: Example, said: Prediction) -> Iterator[LabelLine]:
    for task in ("role", "topic"):
        if getattr(tally, task) is not None:
            ours, theirs = getattr(example.gold, task), getattr(said, task)
            yield LabelLine(task, ours, theirs, None if ours is None else ours == theirs)


def _facts(
    tally: Tally, example: Example, said: Prediction
) -> Iterator[tuple[str, tuple[FactRow, ...]]]:
    for task, title in _FACTS.items():
        if getattr(tally, task) is not None:
            given = getattr(said, task) or ()
            rows = fact_rows(example.segment.text, example.gold.facts, given)
            if rows:
                yield title, rows


def _tokens(marks: Marks, labels: Sequence[LabelLine], facts: Sequence[FactRow]) -> tuple[str, ...]:
    """What a segment can be filtered by.

    An error belongs to the type by which it is counted, a wrong role or topic to every type that
    the segment has.
    """
    types = {mark.label for mark in (*marks.gold, *marks.predicted)}
    errors = {*_entity_errors(marks), *_fact_errors(facts)}
    wrong = {line.task for line in labels if line.right is False}
    tokens = {*types, *wrong, *(f"{task}:{label}" for task in wrong for label in types)}
    for error, label in errors:
        tokens |= {error, f"{error}:{label}", f"{ANY}:{label}"}
    return tuple(sorted(tokens | ({ANY} if errors or wrong else set())))


def _entity_errors(marks: Marks) -> Iterator[tuple[str, str]]:
    for mark in marks.gold:
        if mark.error:
            yield mark.error, mark.label
    for mark in marks.predicted:
        if mark.error == "spurious":
            yield mark.error, mark.label


def _fact_errors(facts: Iterable[FactRow]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        if not fact.indicator_right:
            yield "indicator", "METRIC"
        if fact.value_right is False:
            yield "value", "METRIC"
