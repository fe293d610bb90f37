"""What the checks of an annotation report, and what several of them look for."""

from dataclasses import dataclass

EDGE = frozenset(" \t\n\u00a0\u3000《》“”‘’\"'，。、；：！？,.;:!?")
_PAIRS = tuple(map(tuple, ("《》", "（）", "()", "〈〉", "<>", "“”", "‘’", "〔〕")))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader has to look at."""

    check: str
    """The check that found it."""
    segment: str
    """Id of the segment; empty where it concerns the whole corpus."""
    text: str
    """The words concerned."""
    message: str
    """What is wrong and what to do."""


def half_pairs(text: str) -> bool:
    """Whether a span holds one half of a pair of brackets or quotes without the other."""
    return any(text.count(left) != text.count(right) for left, right in _PAIRS)
