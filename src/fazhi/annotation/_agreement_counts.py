"""What two annotations of a segment have in common, as counts that add up over documents.

The documents are on the first axis of every array.
"""

from collections.abc import Callable, Sequence

import numpy as np

from fazhi._resample import Counts
from fazhi.corpus import ENTITY_LABELS, Annotation, Entity, Fact, Span

Pair = tuple[Annotation, Annotation]
"""Two annotations of the same segment."""
Documents = Sequence[Sequence[Pair]]
Rule = Callable[[Sequence[Entity], Sequence[Entity]], tuple[int, int]]
"""How many spans of either side the other side has, too."""


def _count(
    documents: Documents, shape: tuple[int, ...], count: Callable[[Annotation, Annotation], Counts]
) -> Counts:
    counts = np.zeros((len(documents), *shape), dtype=np.int64)
    for row, pairs in zip(counts, documents, strict=True):
        for left, right in pairs:
            row += count(left, right)
    return counts


def count_spans(documents: Documents, rule: Rule) -> Counts:
    """Spans, whatever their type, (documents, 4): found on either side, present on either."""
    return _count(documents, (4,), lambda left, right: _spans(left.entities, right.entities, rule))


def count_typed_spans(documents: Documents, rule: Rule) -> Counts:
    """Spans of each type among themselves, (documents, types, 4)."""

    def per_type(left: Annotation, right: Annotation) -> Counts:
        return np.array(
            [_spans(_of(label, left), _of(label, right), rule) for label in ENTITY_LABELS]
        )

    return _count(documents, (len(ENTITY_LABELS), 4), per_type)


def _of(label: str, annotation: Annotation) -> list[Entity]:
    return [each for each in annotation.entities if each.label == label]


def _spans(left: Sequence[Entity], right: Sequence[Entity], rule: Rule) -> Counts:
    return np.array([*rule(left, right), len(left), len(right)])


def same_place(left: Sequence[Entity], right: Sequence[Entity]) -> tuple[int, int]:
    """Spans that begin and end alike."""
    shared = len({each.place for each in left} & {each.place for each in right})
    return shared, shared


def same_kind(left: Sequence[Entity], right: Sequence[Entity]) -> tuple[int, int]:
    """Spans that begin and end alike and are of the same kind."""
    kinds = [{(each.place, each.kind) for each in side} for side in (left, right)]
    shared = len(kinds[0] & kinds[1])
    return shared, shared


def overlapping(left: Sequence[Entity], right: Sequence[Entity]) -> tuple[int, int]:
    """Spans that share a character with a span of the other side."""
    return _touched(left, right), _touched(right, left)


def _touched(spans: Sequence[Entity], others: Sequence[Entity]) -> int:
    return sum(any(each.overlaps(other) for other in others) for each in spans)


def confusion(
    documents: Documents, names: Sequence[str], label: Callable[[Annotation], str | None]
) -> Counts:
    """Segments that have a label on both sides, (documents, left label, right label)."""
    size = len(names)
    matrices = np.zeros((len(documents), size, size), dtype=np.int64)
    for matrix, pairs in zip(matrices, documents, strict=True):
        for left, right in ((label(left), label(right)) for left, right in pairs):
            if left is not None and right is not None:
                matrix[names.index(left), names.index(right)] += 1
    return matrices


def count_shared_metrics(documents: Documents) -> int:
    """METRICs that begin and end alike on both sides, whether or not a fact is given."""
    return sum(
        same_place(left.metrics, right.metrics)[0] for pairs in documents for left, right in pairs
    )


def count_facts(documents: Documents, agree: Callable[[Fact, Fact], bool]) -> Counts:
    """Pairs of facts about the same METRIC, (documents, 2): those that agree, and all."""

    def pairs(left: Annotation, right: Annotation) -> Counts:
        facts = _facts(left, right)
        return np.array([sum(agree(*pair) for pair in facts), len(facts)])

    return _count(documents, (2,), pairs)


def same_indicator(left: Fact, right: Fact) -> bool:
    """Whether the indicators begin and end alike, or neither fact has one."""
    return left.indicator == right.indicator


def same_value(left: Fact, right: Fact) -> bool:
    """Whether the values are equal, unit and approximator included."""
    return left.value == right.value


def same_bounds(left: Fact, right: Fact) -> bool:
    """Whether the values have the same bounds."""
    return (left.value.low, left.value.high) == (right.value.low, right.value.high)


def count_indicator_characters(documents: Documents) -> Counts:
    """Characters of paired facts' indicators, (documents, 4): shared, shared, left, right."""

    def characters(left: Annotation, right: Annotation) -> Counts:
        counts = np.zeros(4, dtype=np.int64)
        for ours, theirs in _facts(left, right):
            counts += _characters(ours.indicator, theirs.indicator)
        return counts

    return _count(documents, (4,), characters)


def _characters(left: Span | None, right: Span | None) -> Counts:
    ours, theirs = (set(range(*each.place) if each else ()) for each in (left, right))
    shared = len(ours & theirs)
    return np.array([shared, shared, len(ours), len(theirs)])


def _facts(left: Annotation, right: Annotation) -> list[tuple[Fact, Fact]]:
    theirs = {fact.metric.place: fact for fact in right.facts}
    return [(fact, theirs[fact.metric.place]) for fact in left.facts if fact.metric.place in theirs]
