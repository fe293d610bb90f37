"""Where submissions come from: regular files, and their lines within stated limits."""

import os
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

from fazhi._files import decode, unreadable
from fazhi.errors import InputError

MAX_BYTES = 100_000_000
"""Size of a submission: a thousand times what the longest one of the corpus needs."""
MAX_LINE_BYTES = 1_000_000
"""Size of one of its lines."""
MAX_LINES = 5_000_000
"""Number of its lines."""
_SAMPLE_BYTES = 1_000_000
_SPLIT = "Hand in the predictions of one split, without other data"


def open_submission(path: Path) -> BinaryIO:
    """Opens a regular file, or a link to one, without waiting for whatever else it may be.

    Raises:
        InputError: the file is missing, unreadable, too large, or a folder, device or pipe.
    """
    try:
        stream = open(path, "rb", opener=_open_at_once)  # noqa: SIM115
    except OSError as error:
        raise unreadable(path, error) from None
    status = os.fstat(stream.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
        return stream
    stream.close()
    if stat.S_ISREG(status.st_mode):
        raise too_large(path)
    raise InputError("is no regular file", path=path, remedy="Save it to a file, and give that")


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # a pipe would wait for its writer


def too_large(source: Path | str) -> InputError:
    """The refusal of more bytes than are read."""
    return InputError(f"is larger than {MAX_BYTES:,} bytes", path=source, remedy=_SPLIT)


def numbered_lines(stream: BinaryIO, source: Path | str) -> Iterator[tuple[int, str]]:
    """Yields (number from 1, text with its line end) for each line of a UTF-8 submission.

    Args:
        stream: its bytes; only one line is held at a time.
        source: its name in messages.

    Raises:
        InputError: it is empty, not UTF-8, or exceeds a limit.
    """
    total = 0
    for number in count(1):
        line = stream.readline(MAX_LINE_BYTES + 1)
        total += len(line)
        if not line:
            break
        if total > MAX_BYTES:
            raise too_large(source)
        if len(line) > MAX_LINE_BYTES or number > MAX_LINES:
            limit = f"{MAX_LINES:,} lines" if number > MAX_LINES else f"{MAX_LINE_BYTES:,} bytes"
            raise InputError(f"goes beyond {limit}", path=source, line=number, remedy=_SPLIT)
        yield number, _text(line, number, stream, source)
    if not total:
        raise InputError("the file is empty", path=source, remedy="Give a file with content")


def _text(line: bytes, number: int, stream: BinaryIO, source: Path | str) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_text(number, stream, source) from None
    if "\0" in text:
        raise _not_text(number, stream, source)
    return text.removeprefix("\ufeff") if number == 1 else text


def _not_text(number: int, stream: BinaryIO, source: Path | str) -> InputError:
    """The refusal of another encoding, which is named where the first bytes tell it."""
    stream.seek(0)
    sample = stream.read(_SAMPLE_BYTES)
    if len(sample) == _SAMPLE_BYTES:  # not to end within a character
        sample = sample[: sample.rfind(b"\n") + 1]
    try:
        decode(sample, source)
    except InputError as error:
        return error
    return InputError(
        "is not UTF-8 text", path=source, line=number, remedy="Write the file as UTF-8"
    )
