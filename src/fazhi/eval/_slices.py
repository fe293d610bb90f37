"""Parts of the entities by what their surface tells, so that either side falls into them alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

import numpy as np

from fazhi._resample import Counts
from fazhi.corpus import ENTITY_LABELS, Example
from fazhi.eval._count import histogram, present
from fazhi.eval._spans import Ints, Spans
from fazhi.eval._tally import EntityTally

Surfaces = Set[tuple[str, str]]
"""Labels and surfaces of entities."""

Classify = Callable[[Spans], Ints]
"""The number of the part that each span falls into."""

_LENGTHS = {
    "1-3 characters": 3,
    "4-5 characters": 5,
    "6-10 characters": 10,
    "11-20 characters": 20,
    "over 20 characters": 2**62,
}
"""The last length of each class."""
_NOVELTY = ("seen in train", "unseen in train")


def surfaces_of(examples: Sequence[Example]) -> Surfaces:
    """What the entities of examples are called."""
    return {(entity.label, entity.text) for each in examples for entity in each.gold.entities}


def count_slices(
    entities: EntityTally, texts: Sequence[str], seen: Surfaces | None
) -> Mapping[str, Counts]:
    """The strict counts of each part, by name: (segments, 3).

    Args:
        entities: the entities of both sides.
        texts: the text of each segment.
        seen: the entities of the training data; None where a system has seen others.
    """
    parts: list[tuple[Sequence[str], Callable[[Spans], Ints]]] = [
        (tuple(_LENGTHS), _length_classes)
    ]
    if seen is not None:
        known = seen
        parts.append((_NOVELTY, lambda spans: _novelty(spans, texts, known)))
    return {
        name: counts
        for names, classify in parts
        for name, counts in _split(names, classify, entities, len(texts))
    }


def _split(
    names: Sequence[str], classify: Classify, entities: EntityTally, segments: int
) -> Iterator[tuple[str, Counts]]:
    gold, predicted = entities.gold, entities.predicted
    found = present(gold, predicted, len(ENTITY_LABELS))
    cells = segments, len(names)
    columns = [
        histogram(spans.sequence, classify(spans), cells, where)
        for spans, where in ((gold, None), (predicted, None), (gold, found))
    ]
    stacked = np.stack(columns, axis=-1)
    return ((name, stacked[:, number]) for number, name in enumerate(names))


def _length_classes(spans: Spans) -> Ints:
    return np.searchsorted(np.array(list(_LENGTHS.values())), spans.end - spans.start).astype(
        np.int64
    )


def _novelty(spans: Spans, texts: Sequence[str], seen: Surfaces) -> Ints:
    rows = zip(spans.sequence, spans.start, spans.end, spans.label, strict=True)
    unseen = [
        (ENTITY_LABELS[label], texts[number][start:end]) not in seen
        for number, start, end, label in rows
    ]
    return np.array(unseen, dtype=np.int64)
