"""Windows over a long text, and the one rule by which what they say is merged.

A text that is longer than the window is read in several windows that overlap. Each character is
taken from the window in which it stands furthest from an end that cuts the text. Heads see the
characters of the whole text, merged in this way, and know of no window: a span is never cut.
"""


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


def owners(length: int, found: list[tuple[int, int]]) -> list[int]:
    """For each character the window that it is taken from; the earlier of two equally good ones."""

    def room(place: int, window: tuple[int, int]) -> int:
        start, end = window
        before = place - start if start > 0 else length
        after = end - 1 - place if end < length else length
        return min(before, after)

    return [
        max(
            (number for number, (start, end) in enumerate(found) if start <= place < end),
            key=lambda number: room(place, found[number]),
        )
        for place in range(length)
    ]
