"""The CRF layer against brute force: every tag sequence of short texts, one by one."""

from itertools import pairwise, product

import pytest
import torch

from fazhi.baselines._neural._crf import LinearChain
from fazhi.predictions._tags import illegal_places

TAGS = ("O", "B-X", "I-X", "B-Y", "I-Y")
SIZE = len(TAGS)


def chain(seed: int) -> LinearChain:
    """A chain with random transitions, in double precision."""
    made = LinearChain(TAGS).double()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for each in made.parameters():
            each.copy_(torch.randn(each.shape, generator=generator))
    return made


def emissions(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, SIZE, generator=torch.Generator().manual_seed(seed)).double()


def legal(length: int) -> list[tuple[int, ...]]:
    """All tag sequences without an I- that continues nothing."""
    return [
        path
        for path in product(range(SIZE), repeat=length)
        if not illegal_places([TAGS[tag] for tag in path])
    ]


def score(made: LinearChain, scores: torch.Tensor, path: tuple[int, ...]) -> float:
    """First score, emissions and transitions, added up one by one."""
    total = made.first[path[0]]
    for place, tag in enumerate(path):
        total = total + scores[place, tag]
    for left, right in pairwise(path):
        total = total + made.transitions[left, right]
    return float(total.detach())


def full(length: int) -> torch.Tensor:
    return torch.ones(1, length, dtype=torch.bool)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5])
class TestBruteForce:
    def test_the_likelihood_is_the_share_among_all_legal_sequences(self, length):
        made, scores = chain(length), emissions(10 + length, length)
        paths = legal(length)
        every = torch.tensor([score(made, scores, path) for path in paths], dtype=torch.float64)
        for path, expected in zip(paths, torch.logsumexp(every, 0) - every, strict=True):
            loss = made.loss(scores[None], torch.tensor([path]), full(length))
            assert loss.item() == pytest.approx(expected.item(), abs=1e-9)


class TestPadding:
    """A sequence in a batch is what it is alone, whatever stands on the padding."""

    LENGTHS = (4, 1, 3)

    @pytest.fixture
    def batch(self):
        mask = torch.arange(4) < torch.tensor(self.LENGTHS).unsqueeze(1)
        return chain(1), emissions(2, 3, 4) * 3, mask

    def test_the_loss(self, batch):
        made, scores, mask = batch
        tags = torch.tensor([[0, 1, 2, 0], [3, 0, 0, 0], [1, 2, 2, 4]])
        alone = [
            made.loss(scores[row : row + 1, :length], tags[row : row + 1, :length], full(length))
            for row, length in enumerate(self.LENGTHS)
        ]
        assert torch.allclose(made.loss(scores, tags, mask), torch.cat(alone))


def test_an_illegal_sequence_has_no_probability():
    made, scores = chain(3), emissions(4, 1, 2)
    for path in ([2, 0], [0, 2], [1, 4]):
        assert made.loss(scores, torch.tensor([path]), full(2)).item() == float("inf")


def test_gradients_are_finite_where_tags_are_impossible():
    made, scores = chain(5), emissions(6, 2, 6).requires_grad_()
    tags = torch.tensor([[0, 1, 2, 2, 0, 3]] * 2)
    made.loss(scores, tags, torch.ones(2, 6, dtype=torch.bool)).sum().backward()
    for each in (scores, *made.parameters()):
        assert torch.isfinite(each.grad).all()


def test_a_long_text_does_not_overflow():
    made, scores = chain(7).float(), emissions(8, 1, 3000).float() * 20
    path = torch.zeros(1, 3000, dtype=torch.long)
    loss = made.loss(scores, path, full(3000))
    assert torch.isfinite(loss).all()
