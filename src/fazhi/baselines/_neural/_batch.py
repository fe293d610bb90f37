"""Items that the network learns from or answers, and batches of them as tensors.

Every tensor of a batch has one row per item, so that a batch can be divided among devices.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from fazhi.baselines._layout import LAYOUT
from fazhi.baselines._neural._cues import Numbers
from fazhi.baselines._neural._reading import Passage, Window
from fazhi.baselines._neural._sections import IGNORED

Batch = dict[str, Tensor]
Value = TypeVar("Value")


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


def collate(items: Sequence[Item]) -> Batch:
    """The batch of some items.

    Returns:
        `ids`, `types`, `marks`, `real` (B, W, T): tokens of the windows, `real` false on padding;
        `places`, `mask`, `tags` (B, L): for each character its place among the W * T tokens,
        whether it is one, its tag; `cues` (B, L, F): the numbers of its features; `layout` (B,
        features); `role`, `topic` (B,); `metric`, `indicator` (B, 2), the metric -1 where none is
        asked about.
    """
    return {**_tokens(items), **_characters(items), **_whole(items)}


def _tokens(items: Sequence[Item]) -> Batch:
    """What has a value per token."""
    depth = max(len(item.passage.windows) for item in items)
    width = _width(items)

    def padded(values: Callable[[Window], list[int]]) -> Tensor:
        empty = Window([], [], [])
        return torch.tensor(
            [
                [_pad(values(each), width, 0) for each in _pad(item.passage.windows, depth, empty)]
                for item in items
            ]
        )

    return {
        "ids": padded(lambda window: window.ids),
        "types": padded(lambda window: window.types),
        "marks": padded(lambda window: window.marks),
        "real": padded(lambda window: [1] * len(window.ids)).bool(),
    }


def _characters(items: Sequence[Item]) -> Batch:
    """What has a value per character."""
    width = _width(items)
    length = max(len(item.passage.places) for item in items)
    places = [[window * width + place for window, place in item.passage.places] for item in items]
    return {
        "places": torch.tensor([_pad(row, length, 0) for row in places]),
        "mask": torch.tensor([_pad([True] * len(row), length, False) for row in places]),
        "tags": torch.tensor([_pad(item.tags, length, IGNORED) for item in items]),
        "cues": _cues([item.cues for item in items], length),
    }


def _cues(rows: Sequence[Numbers | None], length: int) -> Tensor:
    width = max(0 if row is None else row.shape[1] for row in rows)
    found = np.zeros((len(rows), length, width), np.int64)
    for place, row in zip(found, rows, strict=True):
        if row is not None:
            place[: row.shape[0], : row.shape[1]] = row
    return torch.from_numpy(found)


def _whole(items: Sequence[Item]) -> Batch:
    """What has a value per item."""
    return {
        "layout": torch.tensor([item.layout or (0.0,) * len(LAYOUT) for item in items]),
        "role": torch.tensor([item.role for item in items]),
        "topic": torch.tensor([item.topic for item in items]),
        "metric": torch.tensor([item.metric for item in items]),
        "indicator": torch.tensor([item.indicator for item in items]),
    }


def _width(items: Sequence[Item]) -> int:
    """Tokens of the longest window."""
    return max(len(window.ids) for item in items for window in item.passage.windows)


def _pad(row: Sequence[Value], width: int, filler: Value) -> list[Value]:
    return [*row, *[filler] * (width - len(row))]
