"""Packages that only an extra brings."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from fazhi.errors import MissingExtra


@contextmanager
def needs_extra(extra: Literal["neural", "onnx"]) -> Iterator[None]:
    """Around the import of packages that only an extra brings.

    Raises:
        MissingExtra: one of them is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtra(extra, (error.name or extra).partition(".")[0]) from None
