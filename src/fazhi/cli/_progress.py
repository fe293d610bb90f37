"""How far predicting has come: a bar on a terminal, and a line at the end everywhere."""

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi.corpus import Segment
    from fazhi.predictions import Prediction


class Progress:
    """Counts the characters of segments as their predictions come."""

    def __init__(self, show: Callable[[int, float], None]):
        """Takes what shows characters that are done, and how many of them a second takes."""
        self.segments = 0
        self.characters = 0
        self._show = show
        self._began = monotonic()
        self._ahead: deque[int] = deque()

    @property
    def rate(self) -> float:
        """Characters per second."""
        return self.characters / max(monotonic() - self._began, 1e-9)

    def reading(self, segments: "Iterable[Segment]") -> "Iterator[Segment]":
        """The segments as they are read, ahead of their predictions."""
        for segment in segments:
            self._ahead.append(len(segment.text))
            yield segment

    def telling(self, predictions: "Iterable[Prediction]") -> "Iterator[Prediction]":
        """The predictions of these segments as they come, in the same order."""
        for prediction in predictions:
            self.segments += 1
            self.characters += self._ahead.popleft()
            self._show(self.characters, self.rate)
            yield prediction

    def summary(self) -> str:
        """What was done."""
        return (
            f"Predicted {self.segments:,} segments, {self.characters:,} characters, "
            f"{self.rate:,.0f} per second"
        )


@contextmanager
def progress(total: int | None) -> Iterator[Progress]:
    """Progress, with a bar where the standard error is a terminal.

    Args:
        total: characters that are to be predicted; None if that is not known.
    """
    if not sys.stderr.isatty():
        yield Progress(lambda *_: None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    of_total = "" if total is None else f" of {total:,}"
    text = TextColumn(f"{{task.completed:,}}{of_total} characters, {{task.fields[rate]:,.0f}}/s")
    with Bar(BarColumn(), text, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total, rate=0.0)
        yield Progress(lambda done, rate: bar.update(task, completed=done, rate=rate))
