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
from fazhi.corpus._offsets import OffsetMap

_LINE_BREAKS = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_FIELD_CODE = re.compile(r"\[bookmark:[^\]\r\n]*\]")
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u2060\u00ad")


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A report's text after its layout has been mended."""

    text: str
    """One block (title, heading, paragraph, closing line) per line."""
    offsets: OffsetMap
    """Leads from every offset of `text` to the raw text."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line being built: its characters, and where each stands in the raw text."""

    text: str
    kept: tuple[int, ...]

    def __add__(self, other: "_Line") -> "_Line":
        gap = _gap(self.text, other.text)
        joint = (self.kept[-1] + 1,) if gap else ()
        return _Line(self.text + gap + other.text, self.kept + joint + other.kept)


def normalise(raw: str) -> NormalisedText:
    r"""Mends the layout of a raw report.

    Args:
        raw: the whole report as found, with any line ends.

    Returns:
        The blocks joined by "\n"; empty if the raw text holds only furniture and space.
    """
    lines = [line for line in _lines(raw) if line.text and not layout.is_furniture(line.text)]
    blocks = _join_paragraphs(_join_title(lines))
    kept: list[int] = []
    for block in blocks:
        if kept:
            kept.append(_break_after(raw, kept[-1]))
        kept.extend(block.kept)
    return NormalisedText("\n".join(block.text for block in blocks), OffsetMap.from_kept(kept))


def _lines(raw: str) -> list[_Line]:
    bounds = [(match.start(), match.end()) for match in _LINE_BREAKS.finditer(raw)]
    starts = [0, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(raw)]
    return [_tidy(raw, start, end) for start, end in zip(starts, ends, strict=True)]


def _tidy(raw: str, start: int, end: int) -> _Line:
    """One raw line without field codes, invisible characters and superfluous spaces."""
    codes = {
        offset
        for code in _FIELD_CODE.finditer(raw, start, end)
        for offset in range(code.start(), code.end())
    }
    text: list[str] = []
    kept: list[int] = []
    space = -1
    for offset in range(start, end):
        char = raw[offset]
        if offset in codes or char in _INVISIBLE:
            continue
        if char.isspace():
            space = offset if space < 0 else space
            continue
        if space >= 0 and text and _gap(text[-1], char):
            text.append(" ")
            kept.append(space)
        text.append(char)
        kept.append(offset)
        space = -1
    return _Line("".join(text), tuple(kept))


def _gap(left: str, right: str) -> str:
    """The space that must stay between two pieces of text: only ASCII words need one."""
    before, after = left[-1:], right[:1]
    if not (before.isascii() and after.isascii()):
        return ""
    if before.isalnum() and after.isalnum():
        return " "
    is_word = (before in ",.;:!?)" and after.isalpha()) or (before.isalpha() and after == "(")
    return " " if is_word else ""


def _join_title(lines: list[_Line]) -> list[_Line]:
    count = layout.title_length([line.text for line in lines])
    if count < 2:
        return lines
    title = lines[0]
    for line in lines[1:count]:
        title += line
    return [title, *lines[count:]]


def _join_paragraphs(lines: list[_Line]) -> list[_Line]:
    texts = [line.text for line in lines]
    first = layout.title_length(texts)
    last = len(lines) - layout.closing_length(texts)
    blocks = lines[:first]
    for line in lines[first:last]:
        if len(blocks) > first and _continues(blocks[-1].text, line.text):
            blocks[-1] += line
        else:
            blocks.append(line)
    return blocks + lines[max(first, last) :]


def _continues(block: str, line: str) -> bool:
    """Whether `line` is the rest of the paragraph that `block` has begun."""
    if layout.opens_block(line) or not layout.is_unfinished(block):
        return False
    return layout.heading_length(block) != len(block) and not layout.is_bare_heading(block)


def _break_after(raw: str, offset: int) -> int:
    match = _LINE_BREAKS.search(raw, offset + 1)
    assert match is not None, "two blocks always have a line break between them"
    return match.end() - 1
