"""What the encoder reads of a segment: its windows, and where each character is found in them."""

from dataclasses import dataclass

from fazhi.baselines._neural._vocabulary import Vocabulary
from fazhi.baselines._neural._windows import owners, windows
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
    places: list[tuple[int, int]]
    """For each character the window that it is taken from, and its place in it."""


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
        marked = [int(mark is not None and mark.start <= i < mark.end) for i in range(len(ids))]
        found = owners(len(ids), spans)
        return Passage(
            windows=[self._window(ids[a:b], marked[a:b], context) for a, b in spans],
            places=[(number, 1 + i - spans[number][0]) for i, number in enumerate(found)],
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
