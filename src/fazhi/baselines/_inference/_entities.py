"""Entities from what a head has scored: tags of characters, or spans."""

from collections.abc import Mapping
from math import exp
from typing import NamedTuple, Protocol

import numpy as np

from fazhi.baselines._inference._batch import Array
from fazhi.baselines._inference._chain import Chain
from fazhi.baselines._params import BertParams
from fazhi.corpus import BIO_TAGS, ENTITY_LABELS, EntityLabel, tags_to_spans

_LABELS: dict[str, EntityLabel] = {name: name for name in ENTITY_LABELS}


class Found(NamedTuple):
    """A span that a head has found in a text."""

    start: int
    """Offset in the text."""
    end: int
    """End offset, exclusive."""
    label: EntityLabel
    """The entity type."""
    score: float
    """How probable the head finds it."""


class Decoder(Protocol):
    """Reads entities out of scores."""

    at_once: int
    """How many batches are best decoded together."""

    def __call__(self, scores: Array, mask: Array) -> list[list[Found]]:
        """The entities of each text; the mask (B, L) is true on the characters."""


def decoder_of(params: BertParams, chain: Mapping[str, Array]) -> Decoder:
    """What reads entities out of the scores of the head that the parameters name.

    Args:
        params: the parameters.
        chain: `transitions` (K, K) and `first` (K,) of a CRF; empty for other heads.
    """
    if chain:
        return ChainDecoder(chain["transitions"], chain["first"])
    return SpanDecoder() if params.head == "span" else TagDecoder()


class TagDecoder:
    """Each character's best tag by itself, from scores (B, L, K).

    An I- tag that continues nothing belongs to no entity. The score of an entity is that of its
    least probable tag.
    """

    at_once = 1

    def __call__(self, scores: Array, mask: Array) -> list[list[Found]]:
        """The entities of each text."""
        weights = np.exp(scores - scores.max(axis=2, keepdims=True))
        return _entities(scores.argmax(axis=2), weights / weights.sum(axis=2, keepdims=True), mask)


class ChainDecoder:
    """The tags of a text together, from scores (B, L, K): only legal sequences are possible.

    The score of an entity is the least marginal of its tags.
    """

    at_once = 16  # a step of many texts costs little more than one of few

    def __init__(self, transitions: Array, first: Array):
        self._chain = Chain(BIO_TAGS, transitions, first)

    def __call__(self, scores: Array, mask: Array) -> list[list[Found]]:
        """The entities of each text."""
        paths = self._chain.best(scores, mask)
        some = np.flatnonzero(np.any(paths * mask, axis=1))  # O is tag 0
        found: list[list[Found]] = [[] for _ in paths]
        if len(some):
            shares = self._chain.marginals(scores[some], mask[some])
            rows = _entities(paths[some], shares, mask[some])
            for number, row in zip(some.tolist(), rows, strict=True):
                found[number] = row
        return found


def _entities(paths: Array, shares: Array, mask: Array) -> list[list[Found]]:
    """The entities of tag paths, and the probability of the least probable tag of each."""
    taken = np.take_along_axis(shares, paths[:, :, None], axis=2)[:, :, 0]
    found = []
    for path, row, length in zip(paths, taken, mask.sum(axis=1), strict=True):
        tags = [BIO_TAGS[index] for index in path[:length].tolist()]
        found.append(
            [
                Found(start, end, _LABELS[label], float(row[start:end].min()))
                for start, end, label in tags_to_spans(tags)
            ]
        )
    return found


class SpanDecoder:
    """The spans that score above zero, from scores (B, types, L, L), the last one included.

    Where two overlap, the higher one is kept. No span off the mask scores above zero.
    """

    at_once = 1

    def __call__(self, scores: Array, mask: Array) -> list[list[Found]]:  # noqa: ARG002
        """The entities of each text."""
        return [_flat(each) for each in scores]


def _flat(scores: Array) -> list[Found]:
    """The spans of one text, from scores (types, L, L)."""
    places = np.argwhere(scores > 0)
    values = scores[tuple(places.T)]
    ranked = sorted(zip((-values).tolist(), places.tolist(), strict=True))
    kept: list[Found] = []
    for score, (kind, start, last) in ranked:
        if all(last < other.start or other.end <= start for other in kept):
            kept.append(Found(start, last + 1, ENTITY_LABELS[kind], 1 / (1 + exp(score))))
    return sorted(kept)
