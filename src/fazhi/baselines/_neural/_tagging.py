"""Entity heads that tag characters with BIO: softmax, and a CRF over it."""

from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from fazhi.baselines._neural._crf import LinearChain
from fazhi.corpus import BIO_TAGS


class SoftmaxHead(nn.Module):
    """Each character's tag by itself; an I- tag that continues nothing belongs to no entity."""

    def __init__(self, width: int, dropout: float):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(width, len(BIO_TAGS))

    def scores(self, states: Tensor, mask: Tensor) -> Tensor:  # noqa: ARG002
        """The score of each tag at each character, (B, L, K), from states (B, L, width)."""
        found: Tensor = self.output(self.dropout(states))
        return found

    def loss(self, states: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The mean negative log-likelihood of a character's tag; tags and mask are (B, L)."""
        return cross_entropy(self.scores(states, mask)[mask], tags[mask])


class CrfHead(SoftmaxHead):
    """The tags of a text together: only legal sequences are possible."""

    def __init__(self, width: int, dropout: float):
        super().__init__(width, dropout)
        self.chain = LinearChain(BIO_TAGS)

    def loss(self, states: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The negative log-likelihood of the tag sequences, per character."""
        tags = tags.clamp(min=0)
        return self.chain.loss(self.scores(states, mask), tags, mask).sum() / mask.sum()
