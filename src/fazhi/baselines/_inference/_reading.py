"""What the encoder reads of a segment: its windows, and where each character is found in them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fazhi.baselines._inference._vocabulary import Vocabulary
from fazhi.baselines._inference._windows import owners, windows
from fazhi.corpus import Placed, Segment


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder: [CLS] text [SEP], and context [SEP] where there is one."""

    ids: list[int]
    """The ids of its tokens."""
    types: list[int]
    """0 for the text, 1 for the context."""
    marks: list[int]
    """1 on the METRIC that is asked about, otherwise 0."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole text as the encoder reads it."""

    windows: list[Window]
    """Its windows, in order."""
    places: NDArray[np.int64]
    """For each character the window that it is taken from, and its place in it, (L, 2)."""

    @property
    def width(self) -> int:
        """Tokens of the longest window."""
        return max(len(each.ids) for each in self.windows)


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns segments into passages."""

    vocabulary: Vocabulary
    """What characters are read by."""
    size: int
    """Tokens that a window holds."""
    overlap: int
    """Characters that a window shares with the next."""

    def read(
        self, segment: Segment, *, headings: bool = False, mark: Placed | None = None
    ) -> Passage:
        """The passage of a segment.

        Args:
            segment: the segment.
            headings: whether the headings above it are its context; they take at most a quarter
                of the window, the nearest ones last and kept.
            mark: the METRIC that is asked about.
        """
        context = self._context(segment) if headings else []
        space = self.size - 2 - len(context)
        spans = windows(len(segment.text), space, min(self.overlap, space - 1))
        ids = self.vocabulary.ids(segment.text)
        start, end = mark.place if mark else (0, 0)
        marked = [0] * start + [1] * (end - start) + [0] * (len(ids) - end)
        return Passage(
            windows=[self._window(ids[a:b], marked[a:b], context) for a, b in spans],
            places=_places(len(ids), spans),
        )

    def _context(self, segment: Segment) -> list[int]:
        """The ids of the headings, each but the last followed by a separator, and the end's."""
        ids = [
            each
            for heading in segment.heading_path
            for each in (*self.vocabulary.ids(heading), self.vocabulary.separator)
        ]
        return (ids or [self.vocabulary.separator])[-(self.size // 4) :]

    def _window(self, ids: list[int], marks: list[int], context: list[int]) -> Window:
        return Window(
            ids=[self.vocabulary.first, *ids, self.vocabulary.separator, *context],
            types=[0] * (len(ids) + 2) + [1] * len(context),
            marks=[0, *marks, 0] + [0] * len(context),
        )


def _places(length: int, spans: list[tuple[int, int]]) -> NDArray[np.int64]:
    """Window and place in it of each character; a window's first token is no character."""
    found = owners(length, spans)
    starts = np.array([start for start, _ in spans])
    return np.stack([found, 1 + np.arange(length) - starts[found]], axis=1)
