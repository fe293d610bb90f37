"""Counts that add up: over segments, documents, resamples and systems."""

from collections.abc import Sequence

import numpy as np

from fazhi._resample import Counts
from fazhi.eval._align import ERRORS, Alignment
from fazhi.eval._spans import (
    CHUNK,
    Flags,
    Ints,
    Spans,
    among,
    span_keys,
    spans_of_tags,
    width_of,
)

GOLD, PREDICTED, CORRECT = range(3)
"""The columns of every count of spans: gold ones, predicted ones, and those that are both."""


def present(spans: Spans, others: Spans, labels: int) -> Flags:
    """Which spans are among the others, label included."""
    width = width_of(spans, others)
    return among(span_keys(spans, width, labels), span_keys(others, width, labels))


def count_strict(gold: Spans, predicted: Spans, groups: Ints, labels: int) -> Counts:
    """What strict scores are made of, (groups, labels, 3).

    Args:
        gold: the gold spans.
        predicted: the predicted spans.
        groups: the group of each sequence, (sequences,): its document, or the sequence itself.
        labels: the number of labels.
    """
    cells = int(groups.max(initial=-1)) + 1, labels
    ours, theirs = (groups[side.sequence] * labels + side.label for side in (gold, predicted))
    correct = ours[present(gold, predicted, labels)]
    return np.stack([_tally(places, cells) for places in (ours, theirs, correct)], axis=-1)


def count_tags(
    gold: Sequence[Sequence[str]],
    predicted: Sequence[Sequence[str]],
    groups: Ints,
    labels: Sequence[str],
) -> Counts:
    """What strict scores of tagged sequences are made of, (groups, labels, 3).

    Time grows with the data, and memory with the number of groups alone: sequences are decoded
    and counted a few at a time.

    Args:
        gold: the gold tags of each sequence, decoded as by `spans_of_tags`.
        predicted: the predicted tags, as many sequences.
        groups: the group of each sequence, (sequences,): its document.
        labels: the labels.

    Raises:
        KeyError: a tag is none of O, B-label and I-label.
        ValueError: the sides differ in their number of sequences.
    """
    if len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} gold sequences and {len(predicted)} predicted ones")
    counts = np.zeros((int(groups.max(initial=-1)) + 1, len(labels), 3), dtype=np.int64)
    for start in range(0, len(gold), CHUNK):
        part = slice(start, start + CHUNK)
        ours, theirs = (spans_of_tags(side[part], labels) for side in (gold, predicted))
        here, local = np.unique(groups[part], return_inverse=True)
        counts[here] += count_strict(ours, theirs, local, len(labels))
    return counts


def histogram(
    groups: Ints, numbers: Ints, cells: tuple[int, int], where: Flags | None = None
) -> Counts:
    """How often each number occurs in each group, (groups, numbers)."""
    places = groups * cells[1] + numbers
    return _tally(places if where is None else places[where], cells)


def _tally(places: Ints, cells: tuple[int, int]) -> Counts:
    return np.bincount(places, minlength=cells[0] * cells[1]).reshape(cells)


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
