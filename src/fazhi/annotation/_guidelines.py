"""The guidelines' own version."""

import re
from pathlib import Path

from fazhi._files import read_text
from fazhi.errors import InputError

_SEGMENT = re.compile(r"[a-z]+-\d{4}-s\d{3}")
_VERSION = re.compile(r"^> 版本 (\d+\.\d+)。", re.MULTILINE)


def guidelines_version(path: Path) -> str:
    """The version that the guidelines state.

    Raises:
        InputError: they state none.
    """
    match = _VERSION.search(read_text(path))
    if not match:
        raise InputError("no version is stated", path=path, remedy="Write a line: > 版本 1.0。")
    return match[1]


def quoted_segments(path: Path) -> set[str]:
    """The ids of the segments that the guidelines quote as examples."""
    return set(_SEGMENT.findall(read_text(path)))
