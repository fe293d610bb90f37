"""Decoding of a linear-chain CRF over BIO tags, for all texts of a batch at once.

The best path is Viterbi's; marginals are those of the forward-backward algorithm, the sums scaled
at each character so that no text is too long (Rabiner 1989).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fazhi.baselines._inference._batch import Array

_LEAST = -200.0
"""A tag that is e^200 times less probable than another one is as good as impossible."""


def may_follow(left: str, right: str) -> bool:
    """Whether a tag may stand after another one; O before the first character."""
    return right[0] != "I" or left[1:] == right[1:]


class Chain:
    """Scores of K tags by what stands before them; the illegal ones are minus infinity.

    Emissions have shape (B, L, K), masks (B, L); a mask is true on the characters, and the first
    character of each text is one.
    """

    def __init__(self, tags: Sequence[str], transitions: Array, first: Array):
        """Takes the scores of transitions (K, K), and of tags at the beginning (K,)."""
        legal = np.array([[may_follow(left, right) for right in tags] for left in tags])
        legal_first = np.array([may_follow("O", tag) for tag in tags])
        self._transitions = np.where(legal, transitions, -np.inf)
        self._first = np.where(legal_first, first, -np.inf)

    def best(self, emissions: Array, mask: Array) -> NDArray[np.int64]:
        """The most probable tags, (B, L); those on padding mean nothing."""
        best = self._first + emissions[:, 0]
        same = np.arange(best.shape[1])
        pointers = np.empty(emissions.shape, dtype=np.int64)
        steps = self._transitions.T
        for place in range(1, emissions.shape[1]):
            reached = best[:, None, :] + steps
            pointer = reached.argmax(axis=2)
            running = mask[:, place, None]
            best = np.where(running, reached.max(axis=2) + emissions[:, place], best)
            pointers[:, place] = np.where(running, pointer, same)
        path = np.empty(mask.shape, dtype=np.int64)
        rows = np.arange(len(path))
        path[:, -1] = best.argmax(axis=1)
        for place in range(mask.shape[1] - 1, 0, -1):
            path[:, place - 1] = pointers[rows, place, path[:, place]]
        return path

    def marginals(self, emissions: Array, mask: Array) -> NDArray[np.float64]:
        """The probability of each tag at each character, (B, L, K); zero on padding."""
        emitted = emissions - emissions.max(axis=2, keepdims=True)
        emitted = np.exp(np.maximum(emitted.astype(np.float64), _LEAST))
        steps = np.exp(self._transitions - self._transitions.max())
        first = np.exp(self._first - self._first.max())
        forward = np.empty(emissions.shape)
        forward[:, 0] = _share(first * emitted[:, 0])
        for place in range(1, mask.shape[1]):
            forward[:, place] = _share(forward[:, place - 1] @ steps * emitted[:, place])
        product = forward
        after = np.ones(first.shape)[None].repeat(len(mask), axis=0)
        for place in range(mask.shape[1] - 2, -1, -1):
            reached = _share((after * emitted[:, place + 1]) @ steps.T)
            after = np.where(mask[:, place + 1, None], reached, 1.0)
            product[:, place] = _share(product[:, place] * after)
        return product * mask[:, :, None]


def _share(weights: Array) -> Array:
    """Weights as shares of their sum, for each row."""
    shares: Array = weights / weights.sum(axis=1, keepdims=True)
    return shares
