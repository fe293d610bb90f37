"""Items that the network learns from or answers, and batches of them as tensors.

Every tensor of a batch has one row per item, so that a batch can be divided among devices.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from fazhi.baselines._layout import LAYOUT
from fazhi.baselines._neural._reading import Passage
from fazhi.baselines._neural._sections import IGNORED

Batch = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Item:
    """A passage and what is to be said of it; a task that it is not for has no target."""

    passage: Passage
    """What is read."""
    layout: list[float] | None = None
    """The layout of the segment; None if its section is not asked for."""
    metric: tuple[int, int] | None = None
    """The METRIC whose indicator is asked for."""
    tags: list[int] | None = None
    """Numbers of the BIO tags, one per character."""
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
        whether it is one, its tag; `layout` (B, features); `role`, `topic` (B,); `metric`,
        `indicator` (B, 2), the metric -1 where none is asked about.
    """
    depth = max(len(item.passage.windows) for item in items)
    width = max(len(window.ids) for item in items for window in item.passage.windows)
    length = max(len(item.passage.places) for item in items)
    tokens = {
        name: [
            [_pad(getattr(window, name), width, 0) for window in item.passage.windows]
            + [[0] * width] * (depth - len(item.passage.windows))
            for item in items
        ]
        for name in ("ids", "types", "marks")
    }
    real = [
        [_pad([1] * len(window.ids), width, 0) for window in item.passage.windows]
        + [[0] * width] * (depth - len(item.passage.windows))
        for item in items
    ]
    places = [
        _pad([window * width + place for window, place in item.passage.places], length, 0)
        for item in items
    ]
    lengths = [len(item.passage.places) for item in items]
    return {
        **{name: torch.tensor(rows) for name, rows in tokens.items()},
        "real": torch.tensor(real, dtype=torch.bool),
        "places": torch.tensor(places),
        "mask": torch.arange(length) < torch.tensor(lengths).unsqueeze(1),
        "tags": torch.tensor([_pad(item.tags or [], length, IGNORED) for item in items]),
        "layout": torch.tensor([item.layout or [0.0] * len(LAYOUT) for item in items]),
        "role": torch.tensor([item.role for item in items]),
        "topic": torch.tensor([item.topic for item in items]),
        "metric": torch.tensor([item.metric or (-1, -1) for item in items]),
        "indicator": torch.tensor([item.indicator for item in items]),
    }


def _pad(row: Sequence[int], width: int, filler: int) -> list[int]:
    return [*row, *[filler] * (width - len(row))]
