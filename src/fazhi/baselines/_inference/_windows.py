"""Windows over a long text, and the one rule by which what they say is merged.

A text that is longer than the window is read in several windows that overlap. Each character is
taken from the window in which it stands furthest from an end that cuts the text. Heads see the
characters of the whole text, merged in this way, and know of no window: a span is never cut.
"""

import numpy as np
from numpy.typing import NDArray


def windows(length: int, size: int, overlap: int) -> list[tuple[int, int]]:
    """The (start, end) of the windows over a text.

    Args:
        length: characters of the text, at least 1.
        size: characters that a window can hold.
        overlap: least number of characters that a window shares with the next, below `size`.

    Returns:
        Windows in order, as few as can be and of equal size; together they cover the text.
    """
    if length <= size:
        return [(0, length)]
    steps = -(-(length - size) // (size - overlap))
    even = -(-(length + overlap * steps) // (steps + 1))
    starts = (number * (length - even) // steps for number in range(steps + 1))
    return [(start, start + even) for start in starts]


def owners(length: int, found: list[tuple[int, int]]) -> NDArray[np.int64]:
    """For each character the window that it is taken from; the earlier of two equally good ones.

    Args:
        length: characters of the text.
        found: the windows over it, in order and of equal size.
    """
    starts, ends = np.array(found).T
    firsts = (ends[:-1] - 1 + starts[1:]) // 2 + 1
    best: NDArray[np.int64] = np.searchsorted(firsts, np.arange(length), side="right")
    return best
