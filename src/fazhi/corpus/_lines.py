"""A web page as the lines that a browser shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi.corpus._document import needs_collect

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = ("script", "style", "noscript", "template", "head", "select", "button", "textarea")
_HIDDEN = "//*[contains(translate(@style, ' ', ''), 'display:none')]"
_NAMES = "//title/text() | //meta[@name='ArticleTitle']/@content"
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|center|d[dlt]|details|div|fieldset|figcaption|figure|"
    "footer|form|h[1-6r]|header|html|li|main|nav|ol|p|pre|section|summary|"
    "t(?:able|body|d|foot|h|head|r)|ul"
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SENTENCE_END = re.compile("[。！？；]")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page."""

    text: str
    """Its characters; the cells of a table row are parted by tabs."""
    linked: int
    """How many characters of it, without spaces, are links."""
    above: "tuple[HtmlElement, ...]"
    """The elements that it begins in, from the outermost."""

    @property
    def key(self) -> str:
        """Its characters without spaces, to find it in another rendering of the page."""
        return "".join(self.text.split())

    @property
    def is_link(self) -> bool:
        """Whether more than half of it is a link."""
        return 2 * self.linked > len(self.key)

    @property
    def running(self) -> int:
        """How many characters of running text it holds: none if it is no sentence, or a link."""
        if self.is_link or not _SENTENCE_END.search(self.text):
            return 0
        return len(self.key) - self.linked


class _Reader:
    """Walks through a page and gathers the line that it is in."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._linked = 0
        self._elements: list[HtmlElement] = []
        self._above: tuple[HtmlElement, ...] = ()
        self._links = 0
        self._verbatim = 0

    def enter(self, element: "HtmlElement") -> Iterator[PageLine]:
        if _is_block(element):
            yield from self._close()
        self._elements.append(element)
        self._links += _is_link(element)
        self._verbatim += element.tag == "pre"
        self._add(element.text)

    def leave(self, element: "HtmlElement") -> Iterator[PageLine]:
        if _is_block(element) or element.tag == "br":
            yield from self._close()
        self._elements.pop()
        self._links -= _is_link(element)
        self._verbatim -= element.tag == "pre"
        self._add(element.tail)

    def row(self, row: "HtmlElement") -> PageLine:
        """A table row that is one line."""
        cells = [_SPACES.sub(" ", _CONTROL.sub("", cell.text_content())).strip(" ") for cell in row]
        linked = "".join(link.text_content() for link in row.iter("a") if _is_link(link))
        return PageLine("\t".join(cells), len("".join(linked.split())), tuple(self._elements))

    def _add(self, text: str | None) -> None:
        clean = _CONTROL.sub("", text or "")
        if clean.strip() and not self._above:
            self._above = tuple(self._elements)
        self._pieces.append(clean if self._verbatim else _SPACES.sub(" ", clean))
        self._linked += len("".join(clean.split())) if self._links else 0

    def _close(self) -> Iterator[PageLine]:
        for text in "".join(self._pieces).split("\n"):
            if text.strip():
                yield PageLine(_SPACES.sub(" ", text).strip(" "), self._linked, self._above)
        self._pieces, self._linked, self._above = [], 0, ()


def parse_page(page: str) -> "tuple[HtmlElement, list[str]]":
    """The tree of a page without what no browser shows, and the names that it gives itself.

    Raises:
        MissingExtra: lxml is not installed.
    """
    with needs_collect("lxml"):
        from lxml import etree, html

    # as bytes, since lxml refuses a str with an XML declaration
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return html.Element("html"), []
    names = ["".join(name.split()) for name in tree.xpath(_NAMES)]
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for element in tree.xpath(_HIDDEN):
        if element.getparent() is not None:
            element.drop_tree()
    return tree, names


def page_lines(tree: "HtmlElement") -> Iterator[PageLine]:
    """The lines of a page in order: what stands between two line breaks, or a table row.

    A row of a table that only lays out the page, with several lines in a cell, is no line.
    """
    from lxml import etree

    reader = _Reader()
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            yield from reader.leave(element)
            continue
        yield from reader.enter(element)
        if element.tag == "tr" and _is_data(element):
            yield reader.row(element)
            walker.skip_subtree()


def _is_block(element: "HtmlElement") -> bool:
    return _BLOCK.fullmatch(element.tag) is not None


def _is_link(element: "HtmlElement") -> bool:
    return element.tag == "a" and element.get("href") is not None


def _is_data(row: "HtmlElement") -> bool:
    """Whether a table row has several cells with one line in each."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    breaks = (sum(each.tag == "br" or _is_block(each) for each in cell.iter()) for cell in cells)
    # a cell is itself a block, and often holds one paragraph
    return len(cells) > 1 and all(count <= 2 for count in breaks)
