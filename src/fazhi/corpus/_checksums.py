"""`checksums`: the SHA-256 of every data file, as sha256sum writes it, verified on load."""

import re
from pathlib import Path

from fazhi._files import read_bytes, read_text, sha256, write_text
from fazhi.errors import InputError, MismatchError

CHECKSUMS = "checksums"
"""The file's name; from its folder, `sha256sum --check checksums` compares, too."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^/]+)")
_REMEDY = "Restore it, or install fazhi again; where the change is meant, run: fazhi corpus build"


def write_checksums(folder: Path) -> None:
    """Writes the checksums of a folder's Parquet files as they are now."""
    write_text(folder / CHECKSUMS, _render(folder))


def check_checksums(folder: Path) -> None:
    """Compares the file with the Parquet files that lie beside it.

    Raises:
        InputError: the file is missing.
        MismatchError: a checksum is another, missing or superfluous.
    """
    path = folder / CHECKSUMS
    if read_text(path) != _render(folder):
        raise MismatchError(f"{path} is out of date. Run: fazhi corpus build")


def _render(folder: Path) -> str:
    files = sorted(folder.glob("*.parquet"))
    return "".join(f"{sha256(read_bytes(file))}  {file.name}\n" for file in files)


def read_verified(path: Path) -> bytes:
    """The bytes of a data file, which are those that `checksums` beside it names.

    Raises:
        InputError: the file or the checksums are missing or malformed.
        MismatchError: the bytes are others, or no checksum is recorded.
    """
    checksums = path.parent / CHECKSUMS
    for each in (path, checksums):
        if not each.exists():
            raise InputError("there is no such file", path=each, remedy=_REMEDY)
    data, due = read_bytes(path), _read(checksums).get(path.name)
    if due is None:
        raise MismatchError(f"{path} has no checksum in {CHECKSUMS}. {_REMEDY}")
    if due != sha256(data):
        raise MismatchError(
            f"{path}: its SHA-256 is not the one in {CHECKSUMS}, so it has changed. {_REMEDY}"
        )
    return data


def _read(path: Path) -> dict[str, str]:
    """The checksums by file name."""
    found = {}
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if not match:
            raise InputError("is no checksum and name", path=path, line=number, remedy=_REMEDY)
        found[match[2]] = match[1]
    return found
