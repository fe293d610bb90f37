"""What several checks look for in the surface of a span."""

EDGE = frozenset(" \t\n\u00a0\u3000《》“”‘’\"'，。、；：！？,.;:!?")
_PAIRS = tuple(map(tuple, ("《》", "（）", "()", "〈〉", "<>", "“”", "‘’", "〔〕")))


def half_pairs(text: str) -> bool:
    """Whether a span holds one half of a pair of brackets or quotes without the other."""
    return any(text.count(left) != text.count(right) for left, right in _PAIRS)
