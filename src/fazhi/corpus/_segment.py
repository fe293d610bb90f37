"""From a normalised report to its segments, the unit of every task."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.corpus import _layout as layout
from fazhi.corpus._records import Segment, SegmentKind

_ORDER = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BOUNDARY = "(?:^|(?<=[。！？；：，!?;:,]))"
MARKS = (
    re.compile(rf"{_BOUNDARY}({layout.NUMERAL})[是要]"),
    re.compile(rf"{_BOUNDARY}第({layout.NUMERAL})[，,、]"),
    re.compile(rf"{_BOUNDARY}[（(]?({layout.NUMERAL}|\d{{1,2}})[）)]"),
    re.compile(rf"{_BOUNDARY}(\d{{1,2}})[.．、](?!\d)"),
    re.compile(rf"{_BOUNDARY}({layout.NUMERAL})、"),
    re.compile(rf"{_BOUNDARY}([{_CIRCLED}])"),
)
"""The numbers that open an item, each kind a series of its own."""


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
    title, body = layout.title_span(lines)
    closing = len(lines) - layout.closing_length(lines)
    start = 0
    for index, line in enumerate(lines):
        end = start + len(line)
        if title <= index < body:
            yield _Piece(start, end, "title")
        elif index >= closing:
            yield _Piece(start, end, "closing")
        elif body < index < closing - 1 and _is_bare_heading(lines[index - 1], line):
            yield _Piece(start, end, "heading", level=1)
        else:
            yield from _split_block(line, start)
        start = end + 1


def _is_bare_heading(above: str, line: str) -> bool:
    """A short line without a number or a sentence mark, under a paragraph that is finished."""
    is_paragraph = layout.heading_length(above) < len(above)
    if layout.heading_level(line) or not is_paragraph or layout.is_unfinished(above):
        return False
    return layout.could_be_heading(line)


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
    in brackets starts no item; one mark alone counts only at the start of the block. A series
    may begin again at one, may go on from an earlier block, and a writer may give two items
    the same number.
    """
    series = [_series(mark, block) for mark in MARKS]
    lists = [starts for starts in series if len(starts) > 1]
    return min(lists, key=lambda starts: starts[0]) if lists else [0] if [0] in series else []


def _series(mark: re.Pattern[str], block: str) -> list[int]:
    starts: list[int] = []
    last = 0
    for match in mark.finditer(block):
        value = _value(match.group(1))
        if value in (1, last, last + 1) or match.start() == 0:
            starts.append(match.start())
            last = value
    return starts


def _value(numeral: str) -> int:
    """The value of an item number, in digits, circled, or in Chinese up to nineteen; else 0."""
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1
    if numeral.isdigit():
        return int(numeral)
    if len(numeral) == 1:
        return _ORDER.index(numeral) + 1
    is_teen = numeral[0] == "十" and len(numeral) == 2
    return 10 + _ORDER.index(numeral[1]) + 1 if is_teen else 0
