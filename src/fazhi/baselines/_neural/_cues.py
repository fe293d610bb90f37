"""Vectors of the features that stand beside the encoder."""

import torch
from torch import Tensor, nn

from fazhi.baselines._inference import BUCKETS, FIRST_GRAM

_WIDTH = 32
_DROPPED = 0.3


class CueLayer(nn.Module):
    """The sum of the vectors of a character's features.

    In training some n-grams are dropped, so that what is rare is not learned by heart.
    """

    width = _WIDTH

    def __init__(self) -> None:
        super().__init__()
        self.vectors = nn.EmbeddingBag(BUCKETS, _WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.vectors.weight, std=0.02)
        with torch.no_grad():
            self.vectors.weight[0] = 0

    def forward(self, cues: Tensor) -> Tensor:
        """Vectors (B, L, width) of numbers (B, L, F)."""
        if self.training:
            kept = torch.rand(cues.shape, device=cues.device) >= _DROPPED
            cues = cues * (kept | (cues < FIRST_GRAM))
        found: Tensor = self.vectors(cues.flatten(0, 1))
        return found.view(*cues.shape[:2], _WIDTH)
