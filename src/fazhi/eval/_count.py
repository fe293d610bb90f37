"""Counts that add up: over segments, documents, resamples and systems."""

from collections.abc import Sequence

import numpy as np

from fazhi._resample import Counts
from fazhi.eval._align import ERRORS, Alignment
from fazhi.eval._spans import Flags, Ints, Spans, among, span_keys, width_of

GOLD, PREDICTED, CORRECT = range(3)
"""The columns of every count of spans: gold ones, predicted ones, and those that are both."""


def correct_spans(gold: Spans, predicted: Spans, labels: int) -> tuple[Flags, Flags]:
    """Which gold spans were predicted, and which predicted spans are gold, label included."""
    width = width_of(gold, predicted)
    ours, theirs = (span_keys(each, width, labels) for each in (gold, predicted))
    return among(ours, theirs), among(theirs, ours)


def count_strict(gold: Spans, predicted: Spans, groups: Ints, labels: int) -> Counts:
    """What strict scores are made of, (groups, labels, 3).

    Args:
        gold: the gold spans.
        predicted: the predicted spans.
        groups: the group of each sequence, (sequences,): its document, or the sequence itself.
        labels: the number of labels.
    """
    found, _ = correct_spans(gold, predicted, labels)
    cells = int(groups.max(initial=-1)) + 1, labels
    columns = [
        histogram(groups[side.sequence], side.label, cells, where)
        for side, where in ((gold, None), (predicted, None), (gold, found))
    ]
    return np.stack(columns, axis=-1)


def histogram(
    groups: Ints, numbers: Ints, cells: tuple[int, int], where: Flags | None = None
) -> Counts:
    """How often each number occurs in each group, (groups, numbers)."""
    places = groups * cells[1] + numbers
    chosen = places if where is None else places[where]
    return np.bincount(chosen, minlength=cells[0] * cells[1]).reshape(cells)


def count_errors(
    gold: Spans, predicted: Spans, aligned: Alignment, groups: Ints, labels: int
) -> Counts:
    """Errors by the type of the gold entity, or else of the predicted one.

    Returns:
        (groups, labels, errors), the errors in the order of `ERRORS`.
    """
    cells = int(groups.max(initial=-1)) + 1, labels
    unit, label = groups[gold.sequence[aligned.gold]], gold.label[aligned.gold]
    kinds = [
        histogram(unit, label, cells, aligned.rank == rank)
        for rank in range(1, 1 + ERRORS.index("both") + 1)
    ]
    for side, left in ((gold, aligned.missed), (predicted, aligned.spurious)):
        kinds.append(histogram(groups[side.sequence[left]], side.label[left], cells))
    return np.stack(kinds, axis=-1)


def count_confusion(gold: Spans, predicted: Spans, aligned: Alignment, labels: int) -> Counts:
    """Gold types in rows, predicted ones in columns, last for none: (labels + 1, labels + 1)."""
    pairs = [
        (gold.label[aligned.gold], predicted.label[aligned.predicted]),
        (gold.label[aligned.missed], np.full(len(aligned.missed), labels)),
        (np.full(len(aligned.spurious), labels), predicted.label[aligned.spurious]),
    ]
    rows, columns = (np.concatenate(each) for each in zip(*pairs, strict=True))
    return histogram(rows, columns, (labels + 1, labels + 1))


def count_labels(
    gold: Sequence[int], predicted: Sequence[int], groups: Ints, labels: int
) -> Counts:
    """Segments by gold and predicted label, (groups, labels, labels + 1), last for no label.

    Args:
        gold: the number of each segment's gold label; -1 where it has none and is not counted.
        predicted: the number of each segment's predicted label; `labels` where it has none.
        groups: the group of each segment.
        labels: the number of labels.
    """
    ours, theirs = np.array(gold, dtype=np.int64), np.array(predicted, dtype=np.int64)
    cells = int(groups.max(initial=-1)) + 1, labels * (labels + 1)
    flat = histogram(groups, ours * (labels + 1) + theirs, cells, ours >= 0)
    return flat.reshape(-1, labels, labels + 1)


def hits_of(confusion: Counts) -> Counts:
    """Gold, predicted and correct segments of each label: (…, labels, 3)."""
    gold, predicted = confusion.sum(axis=-1), confusion[..., :-1].sum(axis=-2)
    return np.stack([gold, predicted, np.diagonal(confusion, axis1=-2, axis2=-1)], axis=-1)
