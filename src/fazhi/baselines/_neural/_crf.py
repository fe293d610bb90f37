"""A linear-chain CRF over BIO tags: only legal tag sequences have a probability.

The score of a tag sequence is the sum of its emissions and of its transitions (Lafferty,
McCallum and Pereira 2001). An I-X that follows neither B-X nor I-X has no probability, in training
and in decoding (`fazhi.baselines._inference`), so that no repair is ever needed.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from fazhi.baselines._inference import may_follow


class LinearChain(nn.Module):
    """Transitions between K tags; sequences are padded on the right.

    Emissions have shape (B, L, K), tags and masks (B, L); a mask is true on the characters, and
    the first character of each sequence is one.
    """

    illegal: Tensor
    illegal_first: Tensor

    def __init__(self, tags: Sequence[str]):
        super().__init__()
        size = len(tags)
        self.transitions = nn.Parameter(torch.zeros(size, size))
        self.first = nn.Parameter(torch.zeros(size))
        pairs = [[not may_follow(left, right) for right in tags] for left in tags]
        self.register_buffer("illegal", torch.tensor(pairs), persistent=False)
        first = [not may_follow("O", tag) for tag in tags]
        self.register_buffer("illegal_first", torch.tensor(first), persistent=False)

    def loss(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The negative log-likelihood of each tag sequence, (B,)."""
        return self._log_partition(emissions, mask) - self._score(emissions, tags, mask)

    def _scores(self) -> tuple[Tensor, Tensor]:
        """Transitions and first scores, the illegal ones at minus infinity."""
        never = float("-inf")
        return (
            self.transitions.masked_fill(self.illegal, never),
            self.first.masked_fill(self.illegal_first, never),
        )

    def _log_partition(self, emissions: Tensor, mask: Tensor) -> Tensor:
        steps, first = self._scores()
        alpha = first + emissions[:, 0]
        for step in range(1, emissions.shape[1]):
            reached = torch.logsumexp(alpha.unsqueeze(2) + steps, dim=1) + emissions[:, step]
            alpha = torch.where(mask[:, step].unsqueeze(1), reached, alpha)
        return torch.logsumexp(alpha, dim=1)

    def _score(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        steps, first = self._scores()
        emitted = emissions.gather(2, tags.unsqueeze(2)).squeeze(2)
        moved = steps[tags[:, :-1], tags[:, 1:]]
        return (
            first[tags[:, 0]]
            + emitted.masked_fill(~mask, 0).sum(dim=1)
            + moved.masked_fill(~mask[:, 1:], 0).sum(dim=1)
        )
