"""What a trained CRF says of each character, before it is decoded: CRFsuite gives only the end."""

from functools import cached_property
from itertools import chain

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from fazhi.baselines._features import features
from fazhi.corpus import BIO_TAGS, Segment

Scores = NDArray[np.float32]
_NUMBER = {tag: number for number, tag in enumerate(BIO_TAGS)}


class CrfScores:
    """The weights of a model file of CRFsuite, over the tags in the order of BIO_TAGS (K)."""

    def __init__(self, weights: bytes):
        """Takes the content of the file."""
        self.weights = weights
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(weights)
        self._known = tagger.info()

    @cached_property
    def transitions(self) -> Scores:
        """The score of each tag after each other one, (K, K)."""
        found = np.zeros((len(BIO_TAGS), len(BIO_TAGS)), np.float32)
        for (left, right), weight in self._known.transitions.items():
            found[_NUMBER[left], _NUMBER[right]] = weight
        return found

    def emissions(self, segment: Segment) -> Scores:
        """The score of each tag at each character, (L, K)."""
        rows = [
            [self._rows[each] for each in row if each in self._rows] for row in features(segment)
        ]
        found = self._table[list(chain.from_iterable(rows))].cumsum(axis=0, dtype=np.float64)
        sums = np.concatenate([np.zeros((1, len(BIO_TAGS))), found])
        ends = np.cumsum([0, *map(len, rows)])
        summed: Scores = (sums[ends[1:]] - sums[ends[:-1]]).astype(np.float32)
        return summed

    @cached_property
    def _rows(self) -> dict[str, int]:
        """The row of each feature in the table."""
        names = dict.fromkeys(name for name, _ in self._known.state_features)
        return {name: row for row, name in enumerate(names)}

    @cached_property
    def _table(self) -> Scores:
        """The weight of each feature for each tag, (features, K)."""
        found = np.zeros((len(self._rows), len(BIO_TAGS)), np.float32)
        for (name, tag), weight in self._known.state_features.items():
            found[self._rows[name], _NUMBER[tag]] = weight
        return found
