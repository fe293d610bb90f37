"""Which documents of the pretraining texts share more with the reports than fixed expressions."""

from collections.abc import Iterable
from dataclasses import dataclass

WINDOW = 20
"""Letters, figures and Chinese characters of a window; all others are left out."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a document shares with the reports."""

    windows: int
    """How many of its windows are also in a report."""
    longest: int
    """The characters of the longest passage that is made of such windows."""


def report_windows(texts: Iterable[str]) -> frozenset[str]:
    """All windows of some texts."""
    return frozenset(window for text in texts for window in _windows(_bare(text)))


def overlap(text: str, windows: frozenset[str]) -> Overlap:
    """What a text shares with the texts that the windows are from."""
    shared = run = longest = 0
    for window in _windows(_bare(text)):
        run = run + 1 if window in windows else 0
        shared += run > 0
        longest = max(longest, run)
    return Overlap(shared, longest + WINDOW - 1 if longest else 0)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _windows(bare: str) -> Iterable[str]:
    return (bare[i : i + WINDOW] for i in range(len(bare) - WINDOW + 1))
