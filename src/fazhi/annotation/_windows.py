"""Windows of characters: what made-up reports share with real ones, and with each other.

A text is taken without its white space, and full-width marks and figures as half-width ones
(NFKC). A window is every run of so many characters of it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from fazhi.annotation._finding import Finding
from fazhi.corpus import Report

_LONG = 20
_SHORT = 12
_MOST = 0.15
_CUT = "…"


@dataclass(frozen=True, slots=True)
class _Text:
    """A report's text without white space, of one width."""

    chars: str
    """Its characters."""
    owners: tuple[str, ...]
    """The segment that each of them stands in."""

    def windows(self, length: int) -> set[str]:
        """Every run of so many characters."""
        return {self.chars[i : i + length] for i in range(len(self.chars) - length + 1)}


def _text(report: Report) -> _Text:
    parts = [(each.id, _folded(each.text)) for each in report.segments]
    return _Text(
        "".join(text for _, text in parts), tuple(name for name, text in parts for _ in text)
    )


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _cut(text: _Text, expressions: re.Pattern[str]) -> _Text:
    """The text with one character in the place of each expression."""
    chars: list[str] = []
    owners: list[str] = []
    last = 0
    for match in expressions.finditer(text.chars):
        chars += [text.chars[last : match.start()], _CUT]
        owners += [*text.owners[last : match.start()], text.owners[match.start()]]
        last = match.end()
    return _Text("".join([*chars, text.chars[last:]]), (*owners, *text.owners[last:]))


def shared_windows(
    made_up: Iterable[Report], real: Iterable[Report], expressions: Sequence[str]
) -> Iterator[Finding]:
    """What a made-up report has in common with a real one, from twenty characters on.

    Args:
        made_up: the made-up reports.
        real: the real ones.
        expressions: what both may hold, fixed formulas and titles; each counts as a character.
    """
    ours, theirs = ([_text(each) for each in part] for part in (made_up, real))
    folded = {expression: _folded(expression) for expression in expressions}
    longest_first = sorted(folded.values(), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
    known = {window for text in theirs for window in _cut(text, pattern).windows(_LONG)}
    for text in ours:
        yield from _shared(_cut(text, pattern), known)
    for expression, sought in folded.items():
        if not all(any(sought in each.chars for each in part) for part in (ours, theirs)):
            message = "no made-up report shares it with a real one. Drop it"
            yield Finding("window", "", expression, message)


def _shared(text: _Text, known: set[str]) -> Iterator[Finding]:
    """A finding for each stretch of a text that is made of known windows."""
    starts = range(len(text.chars) - _LONG + 1)
    found = {at for at in starts if text.chars[at : at + _LONG] in known}
    firsts = sorted(at for at in found if at - 1 not in found)
    lasts = sorted(at for at in found if at + 1 not in found)
    for first, last in zip(firsts, lasts, strict=True):
        shown = text.chars[first : last + _LONG]
        message = f"a real report has these {len(shown)} characters, too. Reword them"
        yield Finding("window", text.owners[first], shown, message)


def alike_reports(made_up: Sequence[Report]) -> Iterator[Finding]:
    """Pairs of made-up reports that share too much.

    The share is of the different windows of twelve characters of that one of the two that has
    fewer of them.
    """
    windows = {each.source.id: _text(each).windows(_SHORT) for each in made_up}
    for (left, ours), (right, theirs) in combinations(windows.items(), 2):
        share = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
        if share > _MOST:
            message = (
                f"they share {share:.0%} of their windows of {_SHORT} characters, "
                f"and may share {_MOST:.0%}. Reword one of them"
            )
            yield Finding("alike", "", f"{left}, {right}", message)
