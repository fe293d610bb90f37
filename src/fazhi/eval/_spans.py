"""Spans of many sequences as integer arrays, and the keys by which they are matched.

Ends are exclusive: spans that touch, which is the rule in Chinese, do not overlap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
"""Whole numbers."""
Flags = NDArray[np.bool_]
"""Truth values."""

CHUNK = 2_000
"""Sequences that are worked on at once: the arrays of many more do not fit into the cache."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Labelled spans of sequences, ordered by sequence and start; none overlaps another."""

    sequence: Ints
    """The number of each span's sequence, (spans,)."""
    start: Ints
    """Where it begins, (spans,)."""
    end: Ints
    """Where it ends, exclusive, (spans,)."""
    label: Ints
    """The number of its label, (spans,)."""

    def __len__(self) -> int:
        return len(self.sequence)


def make_spans(rows: Iterable[tuple[int, int, int, int]]) -> Spans:
    """Spans from (sequence, start, end, label) in any order."""
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 4)
    return Spans(*(np.ascontiguousarray(column) for column in table.T))


def spans_of_tags(sequences: Sequence[Sequence[str]], labels: Sequence[str]) -> Spans:
    """The entities of tagged sequences under strict IOB2: each begins with its B tag.

    An I tag that continues no entity of its label belongs to none, as in seqeval with
    mode="strict" and scheme=IOB2.

    Args:
        sequences: the tags of each sequence: O, B-label and I-label.
        labels: the labels; a span's label is the number of its place among them.

    Raises:
        KeyError: a tag is none of these.
    """
    codes = {"O": 0}
    for number, label in enumerate(labels):
        codes |= {f"B-{label}": 2 * number + 1, f"I-{label}": 2 * number + 2}
    parts = [
        _decode(sequences[start : start + CHUNK], start, codes)
        for start in range(0, len(sequences), CHUNK)
    ]
    return _joined(parts)


def _decode(sequences: Sequence[Sequence[str]], first: int, codes: dict[str, int]) -> Spans:
    lengths = np.fromiter(map(len, sequences), np.int64, len(sequences))
    tags = np.frombuffer(bytes(map(codes.__getitem__, chain.from_iterable(sequences))), np.uint8)
    offsets = np.cumsum(lengths) - lengths
    begins = np.flatnonzero(tags & 1)
    # an empty sequence begins where the next one does: the last of them is the one with tags
    sequence = np.searchsorted(offsets, begins, side="right") - 1
    start = begins - offsets[sequence]
    end = start + _ends(tags, begins, offsets) - begins
    return Spans(sequence + first, start, end, (tags[begins] >> 1).astype(np.int64))


def _ends(tags: NDArray[np.uint8], begins: Ints, offsets: Ints) -> Ints:
    """Where the entity that begins at each place ends: at the next tag that does not go on."""
    follows = np.zeros(len(tags) + 1, dtype=bool)
    # an I tag has an even code; it goes on after itself and after its B, whose code is one less
    step = tags[1:] - tags[:-1]
    follows[1:-1] = (tags[1:] & 1 == 0) & (step < 2) & (tags[1:] > 0)
    follows[offsets] = False
    inside = np.append(False, tags > 0)
    stops = np.flatnonzero(inside & ~follows)
    return stops[np.searchsorted(stops, begins, side="right")]


def _joined(parts: Sequence[Spans]) -> Spans:
    if not parts:
        return make_spans([])
    fields = ("sequence", "start", "end", "label")
    return Spans(*(np.concatenate([getattr(part, name) for part in parts]) for name in fields))


def span_keys(spans: Spans, width: int, labels: int = 1) -> Ints:
    """One number for each span, ascending; equal for equal spans alone.

    Args:
        spans: the spans.
        width: more than the length of every sequence.
        labels: the number of labels; 1 leaves the label out of the key.

    Raises:
        OverflowError: the sequences are so many and long that 64 bits do not hold a key.
    """
    last = int(spans.sequence[-1]) + 1 if len(spans) else 0
    if last * width * width * labels >= 2**63:
        raise OverflowError(f"{last} sequences of up to {width} characters are too many to number")
    keys = spans.sequence * width
    for factor, part in ((width, spans.start), (labels, spans.end)):
        keys += part
        keys *= factor
    return keys if labels == 1 else keys + spans.label


def among(keys: Ints, others: Ints) -> Flags:
    """Whether each key is one of the others, which are in ascending order."""
    if not len(others):
        return np.zeros(len(keys), dtype=bool)
    places = np.searchsorted(others, keys)
    found: Flags = others[np.minimum(places, len(others) - 1)] == keys
    return found


def width_of(*sides: Spans) -> int:
    """A number greater than every end."""
    return 1 + max((int(side.end.max()) for side in sides if len(side)), default=0)
