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
        size: characters that a window holds.
        overlap: least number of characters that a window shares with the next, below `size`.

    Returns:
        Windows in order; together they cover the text. All but a single one have full size: the
        last one is moved back to the end of the text.
    """
    last = max(0, length - size)
    starts = [*range(0, last, size - overlap), last]
    return [(start, min(start + size, length)) for start in starts]


def owners(length: int, found: list[tuple[int, int]]) -> NDArray[np.int64]:
    """For each character the window that it is taken from; the earlier of two equally good ones."""
    starts, ends = np.array(found)[:, :1].T, np.array(found)[:, 1:].T
    places = np.arange(length)[:, None]
    before = np.where(starts > 0, places - starts, length)
    after = np.where(ends < length, ends - 1 - places, length)
    best: NDArray[np.int64] = np.minimum(before, after).argmax(axis=1)
    return best
