"""The text of a document, whatever kind of file it is; layout is mended elsewhere."""

import io
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from fazhi.corpus._charset import decode_document
from fazhi.corpus._document import Document, Media, needs_collect
from fazhi.corpus._page import page_text
from fazhi.errors import InputError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_HAN = re.compile("[\u3400-\u9fff]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# what pdfium gives for a hyphen at the end of a line, and the line break with it
_HYPHEN = {0x02: "-", 0xFFFE: "-"}
_RADICALS = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_SCANNED = "Recognise its text with an OCR program and give the text"


def extract_text(document: Document) -> str:
    r"""The text of a document, its blocks parted by "\n".

    Text and HTML: decoded by what the bytes say rather than by what is declared. HTML: the
    report alone, without the page round it. PDF: page after page, each line of the page a line.
    DOCX: paragraphs and tables in order, a table row as its cells parted by tabs; text boxes
    follow the paragraph that they are anchored to. Not in the text: headers, footers and notes,
    deleted passages, and the numbers that Word itself puts before the paragraphs of a list,
    which the file does not hold.

    Raises:
        InputError: the file is broken, encrypted, scanned, in an unknown encoding, a page
            without a report, or empty.
        MissingExtra: a package of the extra `collect` is not installed.
    """
    readers: dict[Media, Callable[[Document], str]] = {
        "text": decode_document,
        "html": lambda page: page_text(decode_document(page), page.origin),
        "pdf": _pdf_text,
        "docx": _docx_text,
    }
    text = readers[document.media](document)
    if not text.strip():
        raise _refusal(document, "it holds no text", "Give a file that holds the report")
    return text


def _refusal(document: Document, problem: str, remedy: str) -> InputError:
    return InputError(problem, path=document.origin, remedy=remedy)


def _pdf_text(document: Document) -> str:
    with needs_collect("pypdfium2"):
        from pypdfium2 import PdfDocument, PdfiumError
        from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        with PdfDocument(document.data) as pdf:
            pages = list(_pages(pdf))
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise _refusal(
                document, "it is encrypted", "Save it without a password, and give that file"
            ) from None
        raise _refusal(
            document, "it is a broken PDF", "Download it again, or print it to a new PDF"
        ) from None
    scanned = [number for number, page in enumerate(pages, start=1) if page is None]
    if scanned:
        where = ", ".join(map(str, scanned[:5])) + (" and more" if len(scanned) > 5 else "")
        raise _refusal(document, f"it is scanned: no text layer on page {where}", _SCANNED)
    text = "\n".join(page for page in pages if page)
    if text.strip() and not _HAN.search(text):
        raise _refusal(document, "its text layer holds no Chinese characters", _SCANNED)
    return text


def _pages(pdf: "PdfDocument") -> Iterator[str | None]:
    """The text of each page; None for a page that is an image without text.

    Some fonts of PDF files name the radical ⼀ (U+2F00) where the page shows the character 一
    (U+4E00): such radicals are read as the characters that they look like.
    """
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    for page in pdf:
        lines = page.get_textpage().get_text_bounded().replace("\r\n", "\n")
        text = _NOT_IN_TEXT.sub("", lines.translate(_HYPHEN | _RADICALS))
        has_image = any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))
        yield None if has_image and not text.strip() else text


def _docx_text(document: Document) -> str:
    with needs_collect("docx"):
        import docx

    try:
        body = docx.Document(io.BytesIO(document.data)).element.body
        return "\n".join(_docx_lines(body))
    # python-docx lets through whatever zipfile, lxml and its own look-ups raise
    except Exception as error:
        raise _refusal(
            document,
            f"it is a broken Word file ({type(error).__name__})",
            "Open it in a word processor and save it as .docx again",
        ) from None


def _docx_lines(parent: Any) -> Iterator[str]:
    """The lines of everything in a body, a table cell, a text box or a content control."""
    for child in parent:
        name = _local(child)
        if name == "p":
            yield "".join(_paragraph(child))
            for box in _boxes(child):
                yield from _docx_lines(box)
        elif name == "tbl":
            for row in _all(child, "tr"):
                yield from _row(row)
        else:
            yield from _docx_lines(child)


def _row(row: Any) -> Iterator[str]:
    """A table row as one line; but the row of a table with one cell, as its lines.

    A cell merged over several columns is one cell in the file. One merged over several rows is
    given in the first of them; in the others it is an empty cell.
    """
    cells = [[] if _goes_on(cell) else list(_docx_lines(cell)) for cell in _all(row, "tc")]
    if len(cells) == 1:
        yield from cells[0]
    else:
        yield "\t".join(" ".join(filter(None, lines)) for lines in cells)


def _goes_on(cell: Any) -> bool:
    """Whether a table cell is the continuation of the one above."""
    from docx.oxml.ns import qn

    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _all(parent: Any, name: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, also those in a content control."""
    for child in parent:
        if _local(child) == name:
            yield child
        elif _local(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _all(child, name)


def _paragraph(element: Any) -> Iterator[str]:
    """The characters of a paragraph, also in links, insertions and smart tags."""
    for child in element:
        name = _local(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "noBreakHyphen"):
            yield "\t" if name == "tab" else "-"
        elif name in ("br", "cr"):
            yield "\n"
        elif name not in ("del", "moveFrom", "rt", "txbxContent"):
            yield from _paragraph(child)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, without the copies for old versions of Word."""
    for child in element:
        if _local(child) == "txbxContent":
            yield child
        elif _local(child) != "Fallback":
            yield from _boxes(child)


def _local(element: Any) -> str:
    """An element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
