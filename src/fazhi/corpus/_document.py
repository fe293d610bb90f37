"""A file that somebody found a report in, as bytes, and what kind of file it is."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fazhi._files import read_bytes
from fazhi.errors import InputError, MissingExtra

Media = Literal["text", "html", "pdf", "docx"]

_HEAD = 4096
_UNPACKED_MAX = 200_000_000
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|div|table|p|br|span|h[1-6])(?=[\s/>])",
    re.I,
)
_PDF = re.compile(rb"[\s\xef\xbb\xbf\x00]*%PDF-")
_BY_SUFFIX: dict[str, Media] = {
    ".htm": "html",
    ".html": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
_MAIN_PARTS = {
    "OFD.xml": ("an OFD document", "Save it as PDF with the program that opens it"),
    "xl/workbook.xml": ("an Excel table", "Save the report itself as .docx or as text"),
    "content.xml": ("an OpenDocument file", "Save it as .docx or as text"),
}
_SAVE_AS_DOCX = "Open it in a word processor and save it as .docx without a password"
_READ_IMAGE = "Recognise its text with an OCR program and give the text"
_UNPACK = "Unpack it and give the file that holds the report"
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc) or encrypted", _SAVE_AS_DOCX),
    (b"{\\rtf", "a Rich Text file (.rtf)", _SAVE_AS_DOCX),
    (b"\x89PNG", "an image (PNG)", _READ_IMAGE),
    (b"\xff\xd8\xff", "an image (JPEG)", _READ_IMAGE),
    (b"GIF8", "an image (GIF)", _READ_IMAGE),
    (b"II*\x00", "an image (TIFF)", _READ_IMAGE),
    (b"MM\x00*", "an image (TIFF)", _READ_IMAGE),
    (b"Rar!", "an archive (RAR)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)", _UNPACK),
    (b"\x1f\x8b", "an archive (gzip)", _UNPACK),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was found, before its text is taken out."""

    data: bytes
    """Its bytes."""
    media: Media
    """What kind of file it is."""
    charset: str | None
    """The encoding that the server declared, None for a file or where nothing was declared."""
    origin: str
    """The path, or the address that it came from in the end."""


def read_document(path: Path) -> Document:
    """Reads a file that holds a report.

    Raises:
        InputError: the file is missing, empty, or of a kind that no text can be taken from.
    """
    data = read_bytes(path)
    return Document(
        data, media_of(data, _BY_SUFFIX.get(path.suffix.lower()), path), None, str(path)
    )


def media_of(data: bytes, claimed: Media | None, origin: Path | str) -> Media:
    """What kind of file some bytes are: told by the content, and else by what it claims to be.

    Args:
        data: the whole file.
        claimed: the kind that its suffix or its content type stands for.
        origin: where it is from, for the message.

    Raises:
        InputError: it is of a kind that no text can be taken from, or not what it claims to be.
    """
    for start, name, remedy in _REFUSED:
        if data.startswith(start):
            raise InputError(f"it is {name}", path=origin, remedy=remedy)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _media_of_zip(data, origin)
    if _PDF.match(data):
        return "pdf"
    # UTF-16 has a zero byte beside each character of a tag
    if _TAG.search(data[:_HEAD].replace(b"\x00", b"")):
        return "html"
    if claimed in ("pdf", "docx"):
        raise InputError(
            f"it claims to be {claimed} but its content is something else",
            path=origin,
            remedy="Open it to see what it holds, and download or save it again",
        )
    return claimed or "text"


def _media_of_zip(data: bytes, origin: Path | str) -> Media:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise InputError(
            "it is a broken .docx or archive", path=origin, remedy="Download or save it again"
        ) from None
    if sum(sizes.values()) > _UNPACKED_MAX:
        raise InputError(
            f"it unpacks to more than {_UNPACKED_MAX // 1_000_000} MB",
            path=origin,
            remedy="Take the images out, or give the text alone",
        )
    if "word/document.xml" in sizes:
        return "docx"
    known = (found for part, found in _MAIN_PARTS.items() if part in sizes)
    name, remedy = next(known, ("an archive (zip)", _UNPACK))
    raise InputError(f"it is {name}", path=origin, remedy=remedy)


@contextmanager
def needs_collect(module: str) -> Iterator[None]:
    """Around the import of a package that only the extra `collect` brings.

    Raises:
        MissingExtra: the package, or one that it needs itself, is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtra("collect", (error.name or module).partition(".")[0]) from None
