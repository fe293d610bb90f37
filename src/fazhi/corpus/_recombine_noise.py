"""Noise that leaves labels as they are: other punctuation marks, and the layout of a page."""

from fazhi.corpus._recombine_quantities import Random

_COMMAS = {"，": ","}
_BRACKETS = {"（": "(", "）": ")"}
_COLONS = {"：": ":", "；": ";"}
_PERCENT = {"%": "％"}
_HABITS: tuple[dict[str, str], ...] = (
    *({},) * 8,
    _COMMAS,
    _BRACKETS,
    _COLONS,
    _PERCENT,
    {**_BRACKETS, **_COLONS},
    {**_COMMAS, **_BRACKETS, **_COLONS},
)
_INDENT = "\u3000\u3000"
_PAGE = 18


def habit(random: Random) -> dict[int, str]:
    """Which punctuation marks a report writes half as wide, or a percent sign twice as wide."""
    return str.maketrans(_HABITS[int(random() * len(_HABITS))])


def laid_out(text: str, random: Random) -> str:
    """A report as a page carries it: indented, in other line ends, with blank lines and numbers.

    `normalise` gives the text back, and with it the map of the offsets.
    """
    lines = text.split("\n")
    ends = "\r\n" if random() < 0.3 else "\n"
    gap = ends * 2 if random() < 0.4 else ends
    indent = _INDENT if random() < 0.7 else ""
    first = 1 + int(random() * _PAGE)
    pages = random() < 0.5
    raw = [lines[0]]
    for number, line in enumerate(lines[1:], start=1):
        if pages and number % _PAGE == first % _PAGE:
            raw.append(f"- {1 + number // _PAGE} -")
        raw.append(indent + line + (" " if random() < 0.05 else ""))
    return gap.join(raw) + ends
