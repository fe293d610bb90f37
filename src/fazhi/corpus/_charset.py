"""Bytes of a page or a text as characters, whatever encoding they are in.

Chinese government pages declare encodings that they are not in: a server's default over a page
in GB18030, gb2312 over characters that only GB18030 has. So what the bytes themselves say goes
before what is said of them.
"""

import codecs
import re
from collections.abc import Iterator

from fazhi.corpus._document import Document, needs_collect
from fazhi.errors import InputError

_MARKS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096
_DECLARED = re.compile(
    rb"""(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_READ_AS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5",
    "cp950": "cp950",
    "big5hkscs": "big5hkscs",
}
_GUESSES = ["gb18030", "big5", "big5hkscs", "utf_16_le", "utf_16_be"]
_EXPECTED = re.compile(r"[\s!-~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]")
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_NOT_IN_PAGES = re.compile(r"\x00")


def decode_document(document: Document) -> str:
    r"""The characters of a text or HTML document, every line end as "\n".

    The encoding is the first of these that fits every byte: that of a byte-order mark; UTF-8;
    what the page declares; what the server declared; what charset-normalizer takes it for.
    gb2312 and gbk are read as gb18030, which contains both. A declaration of an encoding that is
    not for Chinese counts for nothing, since Latin-1 fits any bytes.

    Raises:
        InputError: no encoding fits, or the content is no text.
        MissingExtra: the encoding must be guessed and charset-normalizer is not installed.
    """
    text = next(_readings(document), None)
    if text is None:
        raise InputError(
            "its encoding cannot be told, or it is damaged",
            path=document.origin,
            remedy="Open it in an editor or browser that shows it well, and save it as UTF-8",
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _readings(document: Document) -> Iterator[str]:
    """The document as each encoding reads it in which it is text, the likeliest first."""
    forbidden = _NOT_IN_PAGES if document.media == "html" else _NOT_IN_TEXT
    for encoding in _encodings(document):
        try:
            text = document.data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not forbidden.search(text):
            yield text


def _encodings(document: Document) -> Iterator[str]:
    data = document.data
    yield from (encoding for mark, encoding in _MARKS if data.startswith(mark))
    yield "utf-8"
    declared = _DECLARED.findall(data[:_HEAD]) if document.media == "html" else []
    names = [name.decode("ascii", "replace") for name in declared]
    yield from filter(None, map(_usable, [*names, document.charset or ""]))
    yield from filter(None, [_guess(data)])


def _usable(declared: str) -> str | None:
    """The encoding to try for a declared name; None for one that is not for Chinese."""
    try:
        return _READ_AS.get(codecs.lookup(declared.strip()).name)
    except (LookupError, ValueError):
        return None


def _guess(data: bytes) -> str | None:
    with needs_collect("charset_normalizer"):
        from charset_normalizer import from_bytes
    best = from_bytes(data, cp_isolation=_GUESSES).best()
    if best is None:
        return None
    text = data.decode(best.encoding)
    return best.encoding if len(_EXPECTED.findall(text)) > 0.9 * len(text) else None
