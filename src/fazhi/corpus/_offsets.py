"""The map between offsets of a normalised text and offsets of its raw text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that normalisation kept whole."""

    start: int
    """Offset of the stretch in the normalised text."""
    raw_start: int
    """Offset of the stretch in the raw text."""
    length: int
    """Number of code points."""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Total and strictly monotone: every normalised character stands for one raw character."""

    runs: tuple[Run, ...]
    """The kept stretches in order; together they are the normalised text."""

    @classmethod
    def from_kept(cls, kept: Sequence[int]) -> "OffsetMap":
        """The map of a text made of the raw characters at the ascending offsets `kept`."""
        runs: list[Run] = []
        for index, raw in enumerate(kept):
            last = runs[-1] if runs else None
            if last and raw == last.raw_start + last.length:
                runs[-1] = Run(last.start, last.raw_start, last.length + 1)
            else:
                runs.append(Run(index, raw, 1))
        return cls(tuple(runs))

    def __len__(self) -> int:
        return self.runs[-1].start + self.runs[-1].length if self.runs else 0

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span from the first to the last character of a normalised span.

        Raises:
            IndexError: the span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self):
            raise IndexError(f"span {start}:{end} is empty or outside a text of {len(self)}")
        return self._raw_of(start), self._raw_of(end - 1) + 1

    def to_normalised(self, start: int, end: int) -> tuple[int, int]:
        """The normalised span of the characters kept from a raw span; empty if none was."""
        return self._count_before(start), self._count_before(end)

    def _raw_of(self, offset: int) -> int:
        run = self.runs[bisect_right(self.runs, offset, key=lambda run: run.start) - 1]
        return run.raw_start + offset - run.start

    def _count_before(self, raw: int) -> int:
        index = bisect_left(self.runs, raw, key=lambda run: run.raw_start) - 1
        if index < 0:
            return 0
        run = self.runs[index]
        return run.start + min(raw - run.raw_start, run.length)
