"""From a normalised report to its segments, the unit of every task."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.corpus import _layout as layout
from fazhi.corpus._records import Segment, SegmentKind

_ORDER = "一二三四五六七八九十"
_BOUNDARY = "(?:^|(?<=[。！？；：，!?;:,]))"
_NUMERAL = f"[{_ORDER}]{{1,3}}"
_MARKS = (
    re.compile(rf"{_BOUNDARY}({_NUMERAL})是"),
    re.compile(rf"{_BOUNDARY}[（(]({_NUMERAL}|\d{{1,2}})[）)]"),
    re.compile(rf"{_BOUNDARY}(\d{{1,2}})[.．、](?!\d)"),
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one block, before it gets its id and its headings."""

    start: int
    end: int
    kind: SegmentKind
    level: int = 0


def segment(report: str, text: str) -> list[Segment]:
    """Cuts a normalised report into segments.

    Args:
        report: the report's id, which begins every segment's id.
        text: the normalised text, one block per line.

    Returns:
        Segments in order. They tile the text: only the line breaks between blocks are in
        none of them.
    """
    segments: list[Segment] = []
    path: list[tuple[int, str]] = []
    for number, piece in enumerate(_pieces(text), start=1):
        surface = text[piece.start : piece.end]
        if piece.kind == "heading":
            path = [above for above in path if above[0] < piece.level]
        segments.append(
            Segment(
                id=f"{report}-s{number:03d}",
                report=report,
                kind=piece.kind,
                start=piece.start,
                end=piece.end,
                text=surface,
                heading_path=() if piece.kind == "closing" else tuple(text for _, text in path),
            )
        )
        if piece.kind == "heading":
            path.append((piece.level, surface))
    return segments


def _pieces(text: str) -> Iterator[_Piece]:
    lines = text.split("\n") if text else []
    title = layout.title_length(lines)
    closing = len(lines) - layout.closing_length(lines)
    start = 0
    for index, line in enumerate(lines):
        end = start + len(line)
        if index < title:
            yield _Piece(start, end, "title")
        elif index >= closing:
            yield _Piece(start, end, "closing")
        elif _is_bare_heading(lines, index):
            yield _Piece(start, end, "heading", level=1)
        else:
            yield from _split_block(line, start)
        start = end + 1


def _is_bare_heading(lines: list[str], index: int) -> bool:
    """A short line without punctuation between two finished blocks, but not the last one."""
    line = lines[index]
    if layout.heading_level(line) or index + 1 == len(lines):
        return False
    return layout.is_bare_heading(line)


def _split_block(line: str, offset: int) -> Iterator[_Piece]:
    length = layout.heading_length(line)
    if length:
        yield _Piece(offset, offset + length, "heading", layout.heading_level(line))
    if length < len(line):
        yield from _split_items(line[length:], offset + length)


def _split_items(block: str, offset: int) -> Iterator[_Piece]:
    starts = _item_starts(block)
    if not starts:
        yield _Piece(offset, offset + len(block), "paragraph")
        return
    if starts[0] > 0:
        yield _Piece(offset, offset + starts[0], "paragraph")
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        yield _Piece(offset + start, offset + end, "item")


def _item_starts(block: str) -> list[int]:
    """Offsets of the items of the enumeration that opens first in a block.

    A mark counts only as the next of its own series, so that 一是 in a sentence or a year
    in brackets starts no item. A series may begin again at one, and a writer may give two
    items the same number.
    """
    best: list[int] = []
    for mark in _MARKS:
        starts: list[int] = []
        last = 0
        for match in mark.finditer(block):
            value = _value(match.group(1))
            if value in (1, last, last + 1):
                starts.append(match.start())
                last = value
        if last >= 2 and (not best or starts[0] < best[0]):
            best = starts
    return best


def _value(numeral: str) -> int:
    """The value of an item number up to 19, written in digits or in Chinese."""
    if numeral.isdigit():
        return int(numeral)
    if len(numeral) > 1 and numeral[0] == "十":
        return 10 + _ORDER.index(numeral[1]) + 1
    return _ORDER.index(numeral) + 1 if len(numeral) == 1 else 0
