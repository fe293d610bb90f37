"""Packages that only an extra brings."""

from collections.abc import Iterator
from contextlib import contextmanager

from fazhi.errors import MissingExtra


@contextmanager
def needs_neural() -> Iterator[None]:
    """Around the import of packages that only the extra `neural` brings.

    Raises:
        MissingExtra: one of them is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtra("neural", (error.name or "torch").partition(".")[0]) from None
