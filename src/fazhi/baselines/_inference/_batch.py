"""Items that a network learns from or answers, and batches of them as arrays.

Every array of a batch has one row per item, so that a batch can be divided among devices.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fazhi.baselines._inference._cues import Numbers
from fazhi.baselines._inference._reading import Passage
from fazhi.baselines._layout import LAYOUT

Array = NDArray[Any]
Batch = Mapping[str, Array]

IGNORED = -100
"""The target of what is not learned from."""


@dataclass(frozen=True, slots=True)
class Item:
    """A passage and what is to be said of it; a task that it is not for has no target."""

    passage: Passage
    """What is read."""
    layout: tuple[float, ...] = ()
    """The layout of the segment; empty if its section is not asked for."""
    metric: tuple[int, int] = (-1, -1)
    """The METRIC whose indicator is asked for; negative if there is none."""
    cues: Numbers | None = None
    """Numbers of the features of each character, (L, F); None if there are none."""
    tags: tuple[int, ...] = ()
    """Numbers of the BIO tags, one per character; empty if entities are not learned from it."""
    role: int = IGNORED
    """Number of the role."""
    topic: int = IGNORED
    """Number of the topic."""
    indicator: tuple[int, int] = (IGNORED, IGNORED)
    """First and last place of the indicator as the fact head counts them."""


def batches(items: Sequence[Item], tokens: int) -> Iterator[list[int]]:
    """Yields the numbers of items that are read at once, the shortest ones first.

    Args:
        items: the items.
        tokens: how many a batch has at the most, padding included; an item that has more is a
            batch of its own.
    """
    widths = [item.passage.width for item in items]
    order = sorted(range(len(items)), key=lambda n: (len(items[n].passage.windows), widths[n]))
    batch: list[int] = []
    windows = width = 0
    for number in order:
        windows += len(items[number].passage.windows)
        width = max(width, widths[number])
        if batch and windows * width > tokens:
            yield batch
            batch, windows, width = [], len(items[number].passage.windows), widths[number]
        batch.append(number)
    if batch:
        yield batch


def collate(items: Sequence[Item]) -> dict[str, Array]:
    """The batch of some items.

    Returns:
        `ids`, `types`, `marks`, `real` (B, W, T): tokens of the windows, `real` false on padding;
        `places`, `mask`, `tags` (B, L): for each character its place among the W * T tokens,
        whether it is one, its tag; `cues` (B, L, F): the numbers of its features; `layout` (B,
        features); `role`, `topic` (B,); `metric`, `indicator` (B, 2), the metric -1 where none is
        asked about.
    """
    return {**_tokens(items), **_characters(items), **_whole(items)}


def _tokens(items: Sequence[Item]) -> dict[str, Array]:
    """What has a value per token."""
    depth = max(len(item.passage.windows) for item in items)
    shape = (len(items), depth, _width(items))
    names = ("ids", "types", "marks")
    found: dict[str, Array] = {name: np.zeros(shape, dtype=np.int64) for name in names}
    real = np.zeros(shape, dtype=np.bool_)
    for row, item in enumerate(items):
        for number, window in enumerate(item.passage.windows):
            place = (row, number, slice(len(window.ids)))
            found["ids"][place], found["types"][place] = window.ids, window.types
            found["marks"][place], real[place] = window.marks, True
    return {**found, "real": real}


def _characters(items: Sequence[Item]) -> dict[str, Array]:
    """What has a value per character."""
    width = _width(items)
    shape = (len(items), max(len(item.passage.places) for item in items))
    places = np.zeros(shape, dtype=np.int64)
    mask = np.zeros(shape, dtype=np.bool_)
    tags = np.full(shape, IGNORED)
    for row, item in enumerate(items):
        found = item.passage.places
        places[row, : len(found)] = found[:, 0] * width + found[:, 1]
        mask[row, : len(found)] = True
        tags[row, : len(item.tags)] = item.tags
    cues = _cues([item.cues for item in items], shape[1])
    return {"places": places, "mask": mask, "tags": tags, "cues": cues}


def _cues(rows: Sequence[Numbers | None], length: int) -> Numbers:
    width = max(0 if row is None else row.shape[1] for row in rows)
    found = np.zeros((len(rows), length, width), np.int64)
    for place, row in zip(found, rows, strict=True):
        if row is not None:
            place[: row.shape[0], : row.shape[1]] = row
    return found


def _whole(items: Sequence[Item]) -> dict[str, Array]:
    """What has a value per item."""
    layouts = [item.layout or (0.0,) * len(LAYOUT) for item in items]
    return {
        "layout": np.array(layouts, dtype=np.float32),
        "role": np.array([item.role for item in items]),
        "topic": np.array([item.topic for item in items]),
        "metric": np.array([item.metric for item in items]),
        "indicator": np.array([item.indicator for item in items]),
    }


def _width(items: Sequence[Item]) -> int:
    """Tokens of the longest window."""
    return max(item.passage.width for item in items)
