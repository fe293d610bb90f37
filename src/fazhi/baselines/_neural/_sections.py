"""The section head: role and topic of a segment, from one reading of its text and headings."""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from fazhi.baselines._inference import IGNORED
from fazhi.baselines._layout import LAYOUT
from fazhi.corpus import ROLE_NAMES, TOPIC_NAMES


class SectionHead(nn.Module):
    """Two classifiers over the mean state of the text, that of the headings, and the layout."""

    def __init__(self, width: int, dropout: float):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.scale = width**0.5  # a state has about this length; one feature would be outweighed
        self.role = nn.Linear(2 * width + len(LAYOUT), len(ROLE_NAMES))
        self.topic = nn.Linear(2 * width, len(TOPIC_NAMES))

    def forward(self, text: Tensor, headings: Tensor, layout: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of roles and topics, (B, classes).

        Args:
            text: mean state of the characters, (B, width).
            headings: mean state of the headings, (B, width).
            layout: what the segment is by its layout, (B, features); it has no bearing on what
                the segment is about.
        """
        read = self.dropout(torch.cat([text, headings], dim=1))
        seen = torch.cat([read, self.scale * layout], dim=1)
        return self.role(seen), self.topic(read)

    def loss(self, scores: tuple[Tensor, Tensor], role: Tensor, topic: Tensor) -> Tensor:
        """The mean loss of roles, and of topics where there is one; targets are (B,)."""
        losses = [cross_entropy(scores[0], role, ignore_index=IGNORED)]
        if (topic != IGNORED).any():
            losses.append(cross_entropy(scores[1], topic, ignore_index=IGNORED))
        return torch.stack(losses).sum()
