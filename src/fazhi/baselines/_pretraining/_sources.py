"""The texts that an encoder is trained on, as documents."""

import lzma
from dataclasses import dataclass
from hashlib import sha256 as hasher
from math import ceil
from pathlib import Path

from fazhi._files import decode, load_json, read_bytes, sha256
from fazhi._record import Record, to_record
from fazhi.baselines._pretraining._recipe import TextSource
from fazhi.errors import InputError, MismatchError


class _Line(Record):
    """A line of a file of texts."""

    text: str
    """The text as found."""
    path: str | None = None
    """Its file in its repository; a part of an archive follows a `!` or `#`."""
    repo: str | None = None
    """Its repository."""
    commit: str | None = None
    """The commit of the repository."""
    title: str | None = None
    """Its title."""
    province: str | None = None
    """The province that issued it."""
    source_url: str | None = None
    """The page that it was found on."""
    published: str | None = None
    """The day of that page."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with a name of its own."""

    id: str
    """Unique in its source."""
    text: str
    """The text as found."""


def read_source(source: TextSource, folder: Path) -> list[Document]:
    """The documents of a source, its content verified first.

    Raises:
        InputError: the file is missing or no xz file of JSON lines.
        MismatchError: it is another file than the recipe names.
    """
    path = folder / source.file
    try:
        data = lzma.decompress(read_bytes(path))
    except lzma.LZMAError as error:
        raise InputError(
            f"it cannot be unpacked ({error})", path=path, remedy="Give a file made with xz"
        ) from None
    check_content(data, source, path)
    lines = decode(data, path).split("\n")
    return [_document(line, path, n) for n, line in enumerate(lines, start=1) if line.strip()]


def check_content(data: bytes, source: TextSource, path: Path) -> None:
    """Checks that the unpacked content of a file is what the recipe names.

    Raises:
        MismatchError: it is not.
    """
    if sha256(data) != source.sha256:
        raise MismatchError(
            f"{path}: the SHA-256 of its content is not the one in the recipe. "
            "Give the file that the recipe names, or record the checksum if the change is meant"
        )


def _document(line: str, path: Path, number: int) -> Document:
    remedy = f"Its keys are {', '.join(_Line.model_fields)}"
    found = to_record(_Line, load_json(line, path, number), path=path, remedy=remedy, line=number)
    parts = (found.repo, found.path, found.province)
    return Document("/".join(part for part in parts if part) or str(number), found.text)


def held_out_ids(documents: list[Document], share: float) -> set[str]:
    """The ids of the share of documents, at least one, whose ids have the smallest hashes."""
    ids = sorted((document.id for document in documents), key=_hash)
    return set(ids[: ceil(share * len(ids))])


def _hash(name: str) -> bytes:
    return hasher(name.encode("utf-8")).digest()
