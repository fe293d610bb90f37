"""The report that a web page carries, without the page round it.

trafilatura tells which sentences are the page's own text. It is not asked for the text itself,
since it drops what looks like a repetition, often the title, and tables where it does not expect
them: the lines of the page are taken from the first of those sentences to the last.
"""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi.corpus._document import needs_collect
from fazhi.corpus._lines import PageLine, page_lines, parse_page
from fazhi.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_RUNNING_MIN = 300
_LINKED_MAX = 0.2
_CORE = 0.5
_TRUSTED = 0.5
_TITLE_MIN = 8
_TITLE_LINES = 5


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as its lines, the report among them."""

    lines: list[PageLine]
    """All that a browser shows."""
    body: range
    """Which of the lines hold the report's text."""
    names: list[str]
    """What the page says it is called, without spaces."""


def page_text(page: str, origin: str) -> str:
    """The text of the report on a page, title first, one block per line.

    A page is taken for a report if it has 300 characters of running text: in lines with a
    sentence mark (。！？；) that are not mostly links, the links not counted. It is taken for a
    list all the same if the links that stand among that text come to more than a fifth of it, as
    they do where each headline of a list has its summary.

    Args:
        page: the HTML.
        origin: where it is from, for the message.

    Raises:
        InputError: the page holds no such text.
        MissingExtra: trafilatura is not installed.
    """
    read = _read(page)
    body = [read.lines[index] for index in read.body]
    running = [index for index in read.body if read.lines[index].running]
    size = _size(read.lines, running)
    among = read.lines[running[0] : running[-1]] if running else []
    if size < _RUNNING_MIN or sum(line.linked for line in among) > _LINKED_MAX * size:
        raise InputError(
            "the page holds links and menus but no report",
            path=origin,
            remedy="Give the address of the report itself, or of the file attached to the page; "
            "where a browser does show the report there, give what it shows as a text file",
        )
    shown = [line for line in body if not line.is_link]
    return "\n".join(line.text for line in [*_title(read), *shown])


def _read(page: str) -> _Page:
    with needs_collect("trafilatura"):
        from trafilatura import extract

    tree, names = parse_page(page)
    lines = list(page_lines(tree))
    found = extract(tree, include_comments=False) or ""
    keys = ["".join(line.split()) for line in found.split("\n")]
    return _Page(lines, _body(lines, keys), names)


def _body(lines: list[PageLine], found: list[str]) -> range:
    """From the first to the last line of the report, given the lines that trafilatura found.

    Covers the running lines among these, all of the element that holds most of them, and what
    was found next to it, so that no heading, table or signature is lost. Where less than half of
    the page's running text was found, all of it counts as found. Where no element but the page
    itself holds the text, it covers all running lines and what belongs to them on both sides.
    """
    running = [index for index, line in enumerate(lines) if line.running]
    text = "".join(found)
    kept = [index for index in running if lines[index].key in text]
    trusted = _size(lines, kept) >= _TRUSTED * _size(lines, running)
    kept = kept if trusted else running
    if not kept:
        return range(0)
    core = _core([lines[index] for index in kept])
    is_bare = core.tag == "body"

    def belongs(line: PageLine) -> bool:
        return line.key in found if trusted else is_bare and not line.is_link

    inside = [index for index, line in enumerate(lines) if core in line.above]
    covered = running if is_bare else kept + inside
    start, end = min(covered), max(covered) + 1
    while is_bare and start > 0 and belongs(lines[start - 1]):
        start -= 1
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return range(start, end)


def _size(lines: list[PageLine], which: list[int]) -> int:
    return sum(lines[index].running for index in which)


def _core(kept: list[PageLine]) -> "HtmlElement":
    """The innermost element that holds more than half of some running text."""
    weights: Counter[HtmlElement] = Counter()
    for line in kept:
        for element in line.above:
            weights[element] += line.running
    due = _CORE * sum(line.running for line in kept)
    holders = [element for element, weight in weights.items() if weight > due]
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()))


def _title(read: _Page) -> list[PageLine]:
    """The lines of the title, where it stands above the report's text and not in it.

    They are the longest line that the page's name contains with those next to it that it
    contains too, or else the nearest first-level heading.
    """
    above = read.lines[: read.body.start]
    named = [not line.is_link and any(line.key in name for name in read.names) for line in above]
    sizes = [len(line.key) if yes else 0 for line, yes in zip(above, named, strict=True)]
    if max(sizes, default=0) >= _TITLE_MIN:
        start = end = sizes.index(max(sizes))
        while start > 0 and named[start - 1]:
            start -= 1
        while end < len(above) and named[end]:
            end += 1
        title = above[start:end]
    else:
        headings = [each for line in above for each in line.above if each.tag == "h1"]
        title = [line for line in above if headings and headings[-1] in line.above]
    opening = read.lines[read.body.start : read.body.start + _TITLE_LINES]
    repeated = "".join(line.key for line in title) in "".join(line.key for line in opening)
    return [] if repeated else title
