"""Entities that overlap: found, or resolved by a rule."""

from collections.abc import Iterator, Sequence

from fazhi.predictions._reading import Overlaps
from fazhi.predictions._records import PredictedEntity, PredictedSpan


def overlapping(
    spans: Sequence[PredictedSpan],
) -> Iterator[tuple[PredictedSpan, PredictedSpan]]:
    """Yields (span, an earlier one) for each span that overlaps one that starts no later."""
    ordered = sorted(spans, key=lambda each: (each.start, each.end))
    furthest: PredictedSpan | None = None
    for span in ordered:
        if furthest and span.start < furthest.end:
            yield span, furthest
        if furthest is None or span.end > furthest.end:
            furthest = span


def resolve(
    entities: Sequence[PredictedEntity], length: int, rule: Overlaps
) -> tuple[list[PredictedEntity], list[PredictedEntity]]:
    """The entities that a rule keeps, flat, and the others, both in the order as written.

    Args:
        entities: those of one segment, in range.
        length: number of characters of its text.
        rule: one that resolves.
    """
    taken = bytearray(length)
    kept: set[int] = set()
    for index in _ranked(entities, rule):
        entity = entities[index]
        if taken.find(1, entity.start, entity.end) < 0:
            taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
            kept.add(index)
    lost = [each for index, each in enumerate(entities) if index not in kept]
    return [entities[index] for index in sorted(kept)], lost


def _ranked(entities: Sequence[PredictedEntity], rule: Overlaps) -> Sequence[int]:
    """The places of the entities in the order in which the rule goes through them."""
    if rule == "first":
        return range(len(entities))

    def rank(index: int) -> tuple[float, int, int]:
        entity = entities[index]
        score = -1.0 if entity.score is None or rule == "longest" else entity.score
        return -score, entity.start - entity.end, entity.start

    return sorted(range(len(entities)), key=rank)
