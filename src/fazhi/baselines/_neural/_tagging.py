"""Entity heads that tag characters with BIO: softmax, and a CRF over it."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from fazhi.baselines._neural._crf import LinearChain
from fazhi.corpus import BIO_TAGS, tags_to_spans


class Found(NamedTuple):
    """A span that a head has found in a text."""

    start: int
    """Offset in the text."""
    end: int
    """End offset, exclusive."""
    label: str
    """The entity type."""
    score: float
    """How probable the head finds it."""


class SoftmaxHead(nn.Module):
    """Each character's tag by itself; an I- tag that continues nothing belongs to no entity."""

    def __init__(self, width: int, dropout: float):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(width, len(BIO_TAGS))

    def emissions(self, states: Tensor) -> Tensor:
        """The score of each tag at each character, (B, L, K), from states (B, L, width)."""
        found: Tensor = self.output(self.dropout(states))
        return found

    def loss(self, states: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The mean negative log-likelihood of a character's tag; tags and mask are (B, L)."""
        return cross_entropy(self.emissions(states)[mask], tags[mask])

    def decode(self, states: Tensor, mask: Tensor) -> list[list[Found]]:
        """The entities of each text; the score is the least probable tag's."""
        shares = self.emissions(states).softmax(dim=2)
        paths = [row[keep].argmax(dim=1).tolist() for row, keep in zip(shares, mask, strict=True)]
        return _entities(paths, shares)


class CrfHead(SoftmaxHead):
    """The tags of a text together: only legal sequences are possible."""

    def __init__(self, width: int, dropout: float):
        super().__init__(width, dropout)
        self.chain = LinearChain(BIO_TAGS)

    def loss(self, states: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The negative log-likelihood of the tag sequences, per character."""
        tags = tags.clamp(min=0)
        return self.chain.loss(self.emissions(states), tags, mask).sum() / mask.sum()

    def decode(self, states: Tensor, mask: Tensor) -> list[list[Found]]:
        """The entities of the most probable tags; the score is the least marginal of its tags."""
        emissions = self.emissions(states)
        paths = self.chain.decode(emissions, mask)
        return _entities(paths, self.chain.marginals(emissions, mask))


def _entities(paths: list[list[int]], shares: Tensor) -> list[list[Found]]:
    """The entities of tag paths, and the probability of the least probable tag of each."""
    found = []
    for path, row in zip(paths, shares.cpu(), strict=True):
        taken = row[torch.arange(len(path)), torch.tensor(path)].tolist()
        found.append(
            [
                Found(start, end, label, min(taken[start:end]))
                for start, end, label in tags_to_spans([BIO_TAGS[index] for index in path])
            ]
        )
    return found
