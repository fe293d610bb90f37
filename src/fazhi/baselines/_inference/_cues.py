"""Character features beside the encoder: what the lists know, and hashed n-grams.

Each feature has a number below `BUCKETS`, its hash: those of the lists come before `FIRST_GRAM`,
those of n-grams after; 0 is none. Hashing instead of a table needs
no vocabulary in the model (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask
Learning").
"""

from collections.abc import Iterator
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from fazhi.baselines._features import list_features
from fazhi.baselines._params import CueName
from fazhi.corpus import Segment

Numbers = NDArray[np.int64]
"""Numbers of features, one row per character, filled up with 0."""

BUCKETS = 2**15
FIRST_GRAM = 2**10
_GRAMS = (
    *((1, start) for start in range(-3, 4)),
    *((2, start) for start in (-2, -1, 0, 1)),
    *((3, start) for start in (-2, -1, 0)),
)
"""Size of each n-gram, and its first character counted from the one that it is a feature of."""
_MULTIPLIER = 1_000_003
_PRIME = 2**31 - 1


def cues_of(segment: Segment, names: frozenset[CueName]) -> Numbers:
    """The numbers of the features of each character, (L, F), F as wide as the text needs."""
    found = [_lists(segment)] if "lists" in names else []
    if "ngrams" in names:
        found.append(_grams(segment.text))
    return np.concatenate([np.zeros((len(segment.text), 1), np.int64), *found], axis=1)


def _lists(segment: Segment) -> Numbers:
    rows = [[_number(each) for each in row] for row in list_features(segment)]
    width = max(map(len, rows), default=0)
    return np.array([row + [0] * (width - len(row)) for row in rows], np.int64)


@cache
def _number(feature: str) -> int:
    return 1 + crc32(feature.encode("utf-8")) % (FIRST_GRAM - 1)


def _grams(text: str) -> Numbers:
    """The n-grams that hold a character or stand beside it; beyond the ends stands U+0000."""
    edge = 3
    codes = np.pad(np.array([ord(each) for each in text], np.int64), edge)
    return np.stack(list(_columns(codes, len(text), edge)), axis=1)


def _columns(codes: Numbers, length: int, edge: int) -> Iterator[Numbers]:
    for kind, (size, start) in enumerate(_GRAMS, start=1):
        value: Numbers = np.full(length, kind, np.int64)
        for place in range(edge + start, edge + start + size):
            value = (value * _MULTIPLIER + codes[place : place + length]) % _PRIME
        yield FIRST_GRAM + value % (BUCKETS - FIRST_GRAM)
