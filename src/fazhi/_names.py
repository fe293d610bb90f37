"""Parts of messages: names matched against those that there are, and lists of problems."""

from collections.abc import Iterable
from typing import TypeVar

from fazhi.errors import UnknownName

Name = TypeVar("Name", bound=str)


def known_name(kind: str, name: str, known: Iterable[Name]) -> Name:
    """The known name that equals `name`, with the type of the known ones.

    Raises:
        UnknownName: there is none.
    """
    names = tuple(known)
    for each in names:
        if each == name:
            return each
    raise UnknownName(kind, name, names)


def listed(problems: Iterable[str], most: int | None = None) -> str:
    """Problems as the end of a message, each on a line of its own; of many the first are shown."""
    found = list(problems)
    hidden = len(found[most:]) if most is not None else 0
    more = [f"and {hidden} more"] if hidden else []
    return "".join(f"\n  {problem}" for problem in [*found[:most], *more])
