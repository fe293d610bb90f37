"""The span-based entity head: every (start, end) of a text is scored for every entity type.

Efficient GlobalPointer (Su et al. 2022, arXiv 2208.03054): whether a span is an entity is the
inner product of its ends under rotary position embedding, which all types share; what type it has
is a sum of two terms of its ends. The loss is the one of that paper for several labels at once.
"""

import torch
from torch import Tensor, nn

from fazhi.corpus import BIO_TAGS, ENTITY_LABELS, tags_to_spans

_WIDTH = 64
_NEVER = -1e4


class SpanHead(nn.Module):
    """Scores spans: those above zero are entities."""

    def __init__(self, width: int, dropout: float):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.ends = nn.Linear(width, 2 * _WIDTH)
        self.types = nn.Linear(2 * _WIDTH, 2 * len(ENTITY_LABELS))

    def scores(self, states: Tensor, mask: Tensor) -> Tensor:
        """The score of each span as each type, (B, types, L, L), the last character included.

        Args:
            states: of the characters, (B, L, width).
            mask: true on the characters, (B, L).
        """
        ends = self.ends(self.dropout(states))
        first, last = _rotate(ends[..., :_WIDTH]), _rotate(ends[..., _WIDTH:])
        shared = first @ last.transpose(1, 2) / _WIDTH**0.5
        starts, stops = (self.types(ends).transpose(1, 2) / 2).chunk(2, dim=1)
        found: Tensor = shared.unsqueeze(1) + starts.unsqueeze(3) + stops.unsqueeze(2)
        possible = (mask.unsqueeze(2) & mask.unsqueeze(1)).triu()
        return found.masked_fill(~possible.unsqueeze(1), _NEVER)

    def loss(self, states: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The mean loss of a text and type; tags and mask are (B, L)."""
        scores = self.scores(states, mask)
        gold = torch.zeros_like(scores, dtype=torch.bool)
        for number, row in enumerate(tags.tolist()):
            names = [BIO_TAGS[tag] for tag in row if tag >= 0]
            for start, end, label in tags_to_spans(names):
                gold[number, ENTITY_LABELS.index(label), start, end - 1] = True
        scores, gold = scores.flatten(2), gold.flatten(2)
        missed = _log_of_one_and(-scores.masked_fill(~gold, -_NEVER))
        wrong = _log_of_one_and(scores.masked_fill(gold, _NEVER))
        return (missed + wrong).mean()


def _log_of_one_and(exponents: Tensor) -> Tensor:
    """log(1 + sum of exp) over the last dimension."""
    return torch.logsumexp(torch.cat([torch.zeros_like(exponents[..., :1]), exponents], -1), -1)


def _rotate(vectors: Tensor) -> Tensor:
    """Rotary position embedding (Su et al. 2021, arXiv 2104.09864) of vectors (B, L, width)."""
    length, width = vectors.shape[1:]
    powers = torch.arange(0, width, 2, device=vectors.device) / width
    angles = torch.outer(torch.arange(length, device=vectors.device), 10_000.0**-powers)
    even, odd = vectors[..., ::2], vectors[..., 1::2]
    cos, sin = angles.cos(), angles.sin()
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1).flatten(2)
