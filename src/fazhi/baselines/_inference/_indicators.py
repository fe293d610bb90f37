"""Indicators from what a head has scored: the place of both ends, or none."""

import numpy as np

from fazhi.baselines._inference._batch import Array


def decode_indicators(scores: Array, metric: Array) -> list[tuple[int, int] | None]:
    """The best (start, end) of each indicator on one side of its METRIC; None if there is none.

    Args:
        scores: of the places as first and as last one, (2, B, 1 + L); place 0 stands for none.
        metric: start and end of the METRICs, (B, 2).
    """
    return [
        _decode(first, last, int(start))
        for first, last, start in zip(*scores, metric[:, 0], strict=True)
    ]


def _decode(first: Array, last: Array, start: int) -> tuple[int, int] | None:
    pairs = first[1:, None] + last[None, 1:]
    before = np.arange(len(pairs)) < start
    one_side = np.triu(before[:, None] == before[None])
    pairs = np.where(one_side, pairs, -np.inf)
    here, there = divmod(int(pairs.argmax()), len(pairs))
    if first[0] + last[0] >= pairs[here, there]:
        return None
    return here, there + 1
