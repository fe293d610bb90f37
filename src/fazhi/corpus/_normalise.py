"""From a raw report to its normalised text: layout is mended, language is left alone.

Normalisation only deletes. What goes: page furniture, field codes, indentation, spaces that
stand inside Chinese text, and the line breaks inside a title or a sentence. Every character
that stays stands for one character of the raw text, so the offset map is total and strictly
monotone; characters are equal on both sides, but for a break or space, which may be another
break or space in the raw text. One line of the result is one block of the report.
"""

import re
from dataclasses import dataclass

from fazhi.corpus import _layout as layout
from fazhi.corpus._furniture import furniture
from fazhi.corpus._offsets import OffsetMap

_LINE_BREAKS = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_FIELD_CODE = re.compile(r"\[bookmark: ?[A-Za-z0-9_.-]{1,40}\]")
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u2060\u00ad")
_TABLE_CELLS = 3


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A report's text after its layout has been mended."""

    text: str
    """One block (title, heading, paragraph, closing line) per line."""
    offsets: OffsetMap
    """Leads from every offset of `text` to the raw text."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line being built from one or more raw lines."""

    text: str
    """Its characters."""
    kept: tuple[int, ...]
    """Where each of them stands in the raw text."""
    end: int
    """Where the last raw line ends in the raw text."""
    tail: int
    """How many characters the last raw line has."""

    def __add__(self, other: "_Line") -> "_Line":
        # a number is broken over two lines more often than two numbers follow each other
        is_number = self.text[-1:].isdecimal() and other.text[:1].isdecimal()
        gap = "" if is_number else _gap(self.text, other.text)
        joint = (self.end,) if gap else ()
        text, kept = self.text + gap + other.text, self.kept + joint + other.kept
        return _Line(text, kept, other.end, other.tail)


def normalise(raw: str) -> NormalisedText:
    r"""Mends the layout of a raw report.

    Args:
        raw: the whole report as found, with any line ends.

    Returns:
        The blocks joined by "\n"; empty if the raw text holds only furniture and space.
    """
    lines = [line for line in _lines(raw) if line.text]
    dropped = furniture([line.text for line in lines])
    blocks = _join_blocks([line for i, line in enumerate(lines) if i not in dropped])
    kept: list[int] = []
    for index, block in enumerate(blocks):
        kept.extend(block.kept)
        if index + 1 < len(blocks):
            kept.append(block.end)
    return NormalisedText("\n".join(block.text for block in blocks), OffsetMap.from_kept(kept))


def _lines(raw: str) -> list[_Line]:
    breaks = [match.span() for match in _LINE_BREAKS.finditer(raw)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(raw)]
    return [_tidy(raw, start, end) for start, end in zip(starts, ends, strict=True)]


def _tidy(raw: str, start: int, end: int) -> _Line:
    """One raw line without field codes, invisible characters and superfluous spaces."""
    codes = {
        offset
        for code in _FIELD_CODE.finditer(raw, start, end)
        for offset in range(code.start(), code.end())
    }
    in_table = _cells(raw[start:end]) >= _TABLE_CELLS
    text: list[str] = []
    kept: list[int] = []
    space = -1
    for offset in range(start, end):
        char = raw[offset]
        if offset in codes or char in _INVISIBLE:
            continue
        if char.isspace():
            space = offset if space < 0 or char == "\t" else space
            continue
        if space >= 0 and text:
            gap = "\t" if in_table and raw[space] == "\t" else _gap(text[-1], char)
            text.extend(gap)
            kept.extend([space] * len(gap))
        text.append(char)
        kept.append(offset)
        space = -1
    return _Line("".join(text), tuple(kept), end, len(text))


def _cells(line: str) -> int:
    """How many pieces of a line, parted by tabs, hold something that can be seen."""
    visible = "".join(char for char in line if char not in _INVISIBLE)
    return sum(bool(cell.strip()) for cell in visible.split("\t"))


def _gap(left: str, right: str) -> str:
    """The space that must stay between two pieces of text: only ASCII words need one."""
    before, after = left[-1:], right[:1]
    if not (before.isascii() and after.isascii()):
        return ""
    if before.isalnum() and after.isalnum():
        return " "
    is_word = (before in ",.;:!?)" and after.isalpha()) or (before.isalpha() and after == "(")
    return " " if is_word else ""


def _join_blocks(lines: list[_Line]) -> list[_Line]:
    """Lines to blocks: the title made whole, sentences made whole, closing lines left alone."""
    texts = [line.text for line in lines]
    start, end = layout.title_span(texts)
    closing = len(lines) - layout.closing_length(texts)
    body = lines[end:closing]
    unfinished = [len(line.text) for line in body if layout.is_unfinished(line.text)]
    width = layout.wrap_width(unfinished)
    blocks = [*lines[:start], *_join_all(lines[start:end])]
    head = len(blocks)
    for line in body:
        if len(blocks) > head and _continues(blocks[-1], line.text, width):
            blocks[-1] += line
        else:
            blocks.append(line)
    return blocks + lines[max(end, closing) :]


def _join_all(lines: list[_Line]) -> list[_Line]:
    if not lines:
        return []
    whole = lines[0]
    for line in lines[1:]:
        whole += line
    return [whole]


def _continues(block: _Line, line: str, width: int | None) -> bool:
    """Whether `line` is the rest of the sentence or heading that `block` has begun.

    In a wrapped text a heading goes on if its line is full. Where lines were not wrapped, a
    heading stands on one line, unless that line ends in a comma.
    """
    if layout.opens_block(line) or not layout.is_unfinished(block.text):
        return False
    stands_alone = layout.could_be_heading(block.text)
    if layout.heading_length(block.text) == len(block.text) or stands_alone:
        full = width is not None and block.tail >= width
        return full or block.text.endswith(("，", ",", "、"))
    return True
