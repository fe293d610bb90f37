"""What a trained CRF says of each character, before it is decoded: CRFsuite gives only the end.

The features are those of `_features`, but looked up for a whole text at once, n-grams and shapes
as numbers: written as strings they take most of the time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, reduce
from typing import NamedTuple

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from fazhi.baselines._features import OUTSIDE, list_features, shape_of
from fazhi.corpus import BIO_TAGS, Segment

Scores = NDArray[np.float32]
_MAGIC = b"lCRF"
_Numbers = NDArray[np.int64]
_TAG = {tag: number for number, tag in enumerate(BIO_TAGS)}
_SEEN = re.compile(r"(?P<stream>[cgs])(?P<start>-?\d)(?::\d)?=(?P<value>.+)", re.DOTALL)
"""A character, n-gram or shape, and where it begins, counted from the character in question."""
_EDGE = 3
"""Characters before and behind that a feature can name."""
_BITS = 21
"""Enough for every code point; three of them fit into a number."""


class _Place(NamedTuple):
    """Which features are looked up together."""

    stream: str
    """c: characters by themselves; g: characters of n-grams; s: shapes."""
    start: int
    """Where they begin."""
    size: int
    """How many follow each other."""


class _Column:
    """The rows of the features at one place."""

    def __init__(self, place: _Place, rows: Mapping[int, int]):
        """Takes the place, and the row of each feature by its key."""
        self.place = place
        self._keys = np.array(sorted(rows), np.int64)
        self._rows = np.array([rows[key] for key in sorted(rows)], np.int64)

    def find(self, codes: _Numbers) -> _Numbers:
        """The row at each character, 0 where none is known; codes have an edge on both sides."""
        length = len(codes) - 2 * _EDGE
        first = _EDGE + self.place.start
        steps = range(first, first + self.place.size)
        asked = _key(codes[step : step + length] for step in steps)
        places = self._keys.searchsorted(asked).clip(max=len(self._keys) - 1)
        return np.where(self._keys[places] == asked, self._rows[places], 0)


def _key(codes: Iterable[_Numbers]) -> _Numbers:
    """Codes that follow each other as one number."""
    found: _Numbers = reduce(lambda left, right: (left << _BITS) | right, codes)
    return found


def open_tagger(weights: bytes) -> pycrfsuite.Tagger:
    """The tagger of a model file of CRFsuite, which ends the process if the file is cut off.

    Raises:
        ValueError: it is no such file, or not all of it.
    """
    size = int.from_bytes(weights[4:8], "little")
    if weights[:4] != _MAGIC or size != len(weights):
        raise ValueError("the file of CRFsuite is damaged")
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    return tagger


class CrfScores:
    """The weights of a model file of CRFsuite, over the tags in the order of BIO_TAGS (K)."""

    def __init__(self, weights: bytes):
        """Takes the content of the file."""
        self.weights = weights
        self._known = open_tagger(weights).info()
        names = dict.fromkeys(name for name, _ in self._known.state_features)
        self._rows = {name: row for row, name in enumerate(names, start=1)}

    @cached_property
    def transitions(self) -> Scores:
        """The score of each tag after each other one, (K, K)."""
        found = np.zeros((len(BIO_TAGS), len(BIO_TAGS)), np.float32)
        for (left, right), weight in self._known.transitions.items():
            found[_TAG[left], _TAG[right]] = weight
        return found

    def emissions(self, segment: Segment) -> Scores:
        """The score of each tag at each character, (L, K)."""
        streams = self._streams(segment.text)
        rows = [column.find(streams[column.place.stream]) for column in self._columns]
        found = sum((self._table[each] for each in rows), start=self._words(segment))
        return found.astype(np.float32)

    def _streams(self, text: str) -> dict[str, _Numbers]:
        """What features are made of, as codes; beyond the ends no n-gram is known."""
        codes = np.array([ord(char) for char in text], np.int64)
        shapes = np.array([self._shapes.get(shape_of(char), 0) for char in text], np.int64)
        ends = {"c": ord(OUTSIDE), "g": 0, "s": self._shapes.get(OUTSIDE, 0)}
        return {
            stream: np.pad(shapes if stream == "s" else codes, _EDGE, constant_values=ends[stream])
            for stream in ("c", "g", "s")
        }

    def _words(self, segment: Segment) -> NDArray[np.float64]:
        """The scores of what is always there, and of kind, title and lists, (L, K)."""
        rows = [
            [self._rows[each] for each in ("bias", *row) if each in self._rows]
            for row in list_features(segment)
        ]
        found = self._table[[row for each in rows for row in each]].cumsum(axis=0)
        sums = np.concatenate([np.zeros((1, len(BIO_TAGS))), found])
        ends = np.cumsum([0, *map(len, rows)])
        scores: NDArray[np.float64] = sums[ends[1:]] - sums[ends[:-1]]
        return scores

    @cached_property
    def _shapes(self) -> dict[str, int]:
        """The code of each shape that a feature names."""
        seen = (match for name in self._rows if (match := _SEEN.fullmatch(name)))
        names = dict.fromkeys(each["value"] for each in seen if each["stream"] == "s")
        return {name: code for code, name in enumerate(names, start=1)}

    @cached_property
    def _columns(self) -> Sequence[_Column]:
        found: dict[_Place, dict[int, int]] = {}
        for name, row in self._rows.items():
            if match := _SEEN.fullmatch(name):
                stream, value = match["stream"], match["value"]
                codes = [self._shapes[value]] if stream == "s" else [ord(char) for char in value]
                place = _Place(stream, int(match["start"]), len(codes))
                key = _key(np.array([codes], np.int64).T)
                found.setdefault(place, {})[int(key[0])] = row
        return [_Column(place, rows) for place, rows in found.items()]

    @cached_property
    def _table(self) -> NDArray[np.float64]:
        """The weight of each feature for each tag, (1 + features, K); row 0 is nothing."""
        found = np.zeros((1 + len(self._rows), len(BIO_TAGS)))
        for (name, tag), weight in self._known.state_features.items():
            found[self._rows[name], _TAG[tag]] = weight
        return found
