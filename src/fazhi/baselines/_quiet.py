"""Other packages' advice, which is none to users of this one."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet(logger: str | None) -> Iterator[None]:
    """Without what a logger says below errors; None for the root of all."""
    log = logging.getLogger(logger)
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
