"""Files written whole or not at all: to a temporary name beside them, which is then renamed."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from fazhi.errors import InputError


@contextmanager
def replacing(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A stream to a new file, which takes its place when all is written.

    Args:
        path: the file.
        mode: who may read it.

    Raises:
        InputError: the place cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                yield stream
            temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> InputError:
    """What is raised where a file cannot be written."""
    return InputError(
        f"cannot be written ({error.strerror or error})",
        path=path,
        remedy="Give a place that you may write to",
    )


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes UTF-8 lines whole or not at all, and holds one of them at a time.

    Raises:
        InputError: the place cannot be written to.
    """
    with replacing(path) as stream:
        stream.writelines(f"{line}\n".encode() for line in lines)
