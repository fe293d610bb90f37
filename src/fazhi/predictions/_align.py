"""Tokens in the text that they were cut from."""

from collections.abc import Sequence

UNKNOWN = "[UNK]"
"""The token that stands for one character which is not in a tokenizer's vocabulary."""


def align(tokens: Sequence[str], text: str) -> tuple[list[tuple[int, int]], int | None]:
    """Finds each token in a text, from left to right.

    Between tokens the text may have white space. `[UNK]` stands for one character that is no
    white space, unless the text has those five characters there.

    Returns:
        (start, end) of each token up to the first that does not fit, and the number of that
        one; None if all fit.
    """
    places: list[tuple[int, int]] = []
    at = 0
    for index, token in enumerate(tokens):
        start = at
        while start < len(text) and text[start].isspace() and not text.startswith(token, start):
            start += 1
        if text.startswith(token, start):
            at = start + len(token)
        elif token == UNKNOWN and start < len(text):
            at = start + 1
        else:
            return places, index
        places.append((start, at))
    return places, None
