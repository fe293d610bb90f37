"""Every error that fazhi raises on purpose.

    FazhiError
    ├── InputError      a file that was handed in cannot be used as it is
    ├── UnknownName     a report, segment, recipe, label or column that does not exist
    ├── MarkError       inline annotation marks that do not fit the text they annotate
    ├── MismatchError   stored data or figures differ from what they should equal
    ├── MissingExtra    an optional dependency is not installed
    ├── MissingFont     no font that has Chinese characters is installed
    └── ServerError     a server (Label Studio, the Hub) cannot be reached, or answers with an error

A message says what is wrong, where, and what to do; the command line prints it as
one line and exits with 2.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from fazhi._text import printable

__all__ = [
    "FazhiError",
    "InputError",
    "MarkError",
    "MismatchError",
    "MissingExtra",
    "MissingFont",
    "ServerError",
    "UnknownName",
]


class FazhiError(Exception):
    """Base of the tree: catch this to catch everything that fazhi raises on purpose."""


class InputError(FazhiError):
    """A file that was handed in cannot be used: names the file, the line and the remedy."""

    def __init__(self, what: str, *, path: Path | str, remedy: str, line: int | None = None):
        self.path = Path(path)
        self.line = line
        self.remedy = remedy
        name = printable(str(path))
        place = f"{name}, line {line}" if line is not None else name
        super().__init__(f"{place}: {what}. {remedy}")


class UnknownName(FazhiError):
    """A name that is not among the known ones: names the nearest known ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str]):
        self.name = name
        names = sorted(known)
        near = get_close_matches(name[:80], names, n=3, cutoff=0.5) or names[:6]
        super().__init__(f"no {kind} is called {name[:80]!r}. Did you mean: {', '.join(near)}?")


class MarkError(FazhiError):
    """Inline marks that are malformed, or whose stripped text is not the segment's text."""


class MismatchError(FazhiError):
    """Committed data or a published figure differs from what was computed just now."""


class MissingExtra(FazhiError):
    """An optional dependency is not installed: names the extra that brings it."""

    def __init__(self, extra: str, module: str):
        self.extra = extra
        super().__init__(
            f"this needs the package {module!r}, which is not installed. "
            f"Install it: pip install 'fazhi[{extra}]'"
        )


class MissingFont(FazhiError):
    """No font that has Chinese characters is installed: names a package, and fonts that do."""

    def __init__(self, package: str, families: Iterable[str]):
        super().__init__(
            "no font with Chinese characters is installed. "
            f"Install one: apt-get install {package}; or any of {', '.join(families)}"
        )


class ServerError(FazhiError):
    """A Label Studio server or the Hub cannot be reached, refuses the key, or fails."""
