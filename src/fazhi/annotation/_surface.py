"""What several checks and readers look for in the surface of a span."""

import re

EDGE = frozenset(" \t\n\u00a0\u3000《》“”‘’\"'，。、；：！？,.;:!?")
_PAIRS = tuple(map(tuple, ("《》", "（）", "()", "〈〉", "<>", "“”", "‘’", "〔〕")))


def half_pairs(text: str) -> bool:
    """Whether a span holds one half of a pair of brackets or quotes without the other."""
    return any(text.count(left) != text.count(right) for left, right in _PAIRS)


def occurrences(needle: str, text: str) -> list[int]:
    """The offsets at which a piece of text begins, overlapping ones included."""
    return [match.start() for match in re.finditer(f"(?={re.escape(needle)})", text)]
