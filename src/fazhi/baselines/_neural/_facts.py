"""The fact head: where the indicator of a METRIC stands, which is marked in the text."""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

_FAR = 32
_PLACE = 32
_INNER = 128


class FactHead(nn.Module):
    """Points at the first and last character of the indicator, or at nothing.

    A character is scored by its state, by how far it stands from the METRIC, and by the METRIC's
    own state. Place 0 stands for no indicator, and place i + 1 for character i.
    """

    def __init__(self, width: int, dropout: float):
        super().__init__()
        self.mark = nn.Parameter(torch.empty(width).normal_(std=0.02))
        self.distance = nn.Embedding(2 * _FAR + 1, _PLACE)
        self.inner = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(2 * width + _PLACE, _INNER), nn.GELU()
        )
        self.ends = nn.Linear(_INNER, 2)
        self.none = nn.Linear(width, 2)

    def forward(self, states: Tensor, metric: Tensor, mask: Tensor) -> Tensor:
        """Scores of the places as first and as last one, (2, B, 1 + L).

        Args:
            states: of the characters, (B, L, width).
            metric: start and end of the METRIC, (B, 2).
            mask: true on the characters, (B, L).
        """
        distance, inside = _distances(metric, mask.shape[1])
        mean = (states * inside.unsqueeze(2)).sum(1) / inside.sum(1, keepdim=True)
        around = mean.unsqueeze(1).expand_as(states)
        read = self.inner(torch.cat([states, around, self.distance(distance)], dim=2))
        scores = self.ends(read).masked_fill((inside | ~mask).unsqueeze(2), float("-inf"))
        return torch.cat([self.none(mean).unsqueeze(1), scores], dim=1).permute(2, 0, 1)

    def loss(self, scores: Tensor, indicator: Tensor) -> Tensor:
        """The mean loss of the first and the last place; the target is (B, 2)."""
        return torch.stack(
            [cross_entropy(each, indicator[:, end]) for end, each in enumerate(scores)]
        ).sum()


def _distances(metric: Tensor, length: int) -> tuple[Tensor, Tensor]:
    """How far each character stands from the METRIC, as a class, and whether it is in it: (B, L).

    Characters before it are at -1, -2, …, those behind it at 1, 2, …; from 32 on all are one class.
    """
    places = torch.arange(length, device=metric.device).unsqueeze(0)
    start, end = metric[:, :1], metric[:, 1:]
    before, behind = (places - start).clamp(max=0), (places - end + 1).clamp(min=0)
    return (before + behind).clamp(-_FAR, _FAR) + _FAR, (places >= start) & (places < end)
