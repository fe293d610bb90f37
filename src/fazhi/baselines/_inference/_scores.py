"""What the heads of a network say of texts, before it is decoded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from fazhi.baselines._inference._batch import Array, Batch


@dataclass(frozen=True, slots=True)
class Scores:
    """What is said of some texts; None where the network has no such head."""

    mask: Array
    """True on the characters, (B, L)."""
    entities: Array | None = None
    """Of tags (B, L, K), or of spans (B, types, L, L)."""
    roles: Array | None = None
    """Of roles, (B, classes)."""
    topics: Array | None = None
    """Of topics, (B, classes)."""


class Scorer(Protocol):
    """A network that scores batches."""

    at_once: int
    """How many batches it is given at the same time."""

    def texts(self, batch: Batch) -> Scores:
        """The scores of entities, roles and topics."""

    def indicators(self, batch: Batch) -> Array:
        """The scores of the ends of indicators, (2, B, 1 + L)."""


def joined(scores: Sequence[Scores]) -> Scores:
    """The scores of several batches as those of one; entities by tags, or of one batch alone."""
    if len(scores) == 1:
        return scores[0]
    return Scores(
        mask=_padded([each.mask for each in scores]),
        entities=_joined([each.entities for each in scores]),
        roles=_joined([each.roles for each in scores]),
        topics=_joined([each.topics for each in scores]),
    )


def _joined(arrays: Sequence[Array | None]) -> Array | None:
    there = [each for each in arrays if each is not None]
    return _padded(there) if there else None


def _padded(arrays: Sequence[Array]) -> Array:
    """Arrays (B, N, …) below each other, their second axes padded with zeros."""
    rows, width = sum(map(len, arrays)), max(each.shape[1] for each in arrays)
    found = np.zeros((rows, width, *arrays[0].shape[2:]), dtype=arrays[0].dtype)
    start = 0
    for each in arrays:
        found[start : start + len(each), : each.shape[1]] = each
        start += len(each)
    return found
