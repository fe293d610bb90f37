"""The CRF layer against brute force: every tag sequence of short texts, one by one."""

from itertools import pairwise, product

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

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

    def test_the_decoded_sequence_is_the_best_of_all(self, length):
        made, scores = chain(20 + length), emissions(30 + length, length)
        best = max(legal(length), key=lambda path: score(made, scores, path))
        assert made.decode(scores[None], full(length)) == [list(best)]

    def test_a_marginal_is_the_sum_over_the_sequences_with_that_tag(self, length):
        made, scores = chain(40 + length), emissions(50 + length, length)
        paths = legal(length)
        every = [score(made, scores, path) for path in paths]
        shares = torch.tensor(every, dtype=torch.float64).softmax(0)
        expected = torch.zeros(length, SIZE).double()
        for path, share in zip(paths, shares, strict=True):
            for place, tag in enumerate(path):
                expected[place, tag] += share
        assert torch.allclose(made.marginals(scores[None], full(length))[0], expected)


class TestPadding:
    """A sequence in a batch is what it is alone, whatever stands on the padding."""

    LENGTHS = (4, 1, 3)

    @pytest.fixture
    def batch(self):
        mask = torch.arange(4) < torch.tensor(self.LENGTHS).unsqueeze(1)
        return chain(1), emissions(2, 3, 4) * 3, mask

    def test_decoding(self, batch):
        made, scores, mask = batch
        alone = [
            made.decode(scores[row : row + 1, :length], full(length))[0]
            for row, length in enumerate(self.LENGTHS)
        ]
        assert made.decode(scores, mask) == alone
        assert [len(path) for path in alone] == [4, 1, 3]

    def test_the_loss(self, batch):
        made, scores, mask = batch
        tags = torch.tensor([[0, 1, 2, 0], [3, 0, 0, 0], [1, 2, 2, 4]])
        alone = [
            made.loss(scores[row : row + 1, :length], tags[row : row + 1, :length], full(length))
            for row, length in enumerate(self.LENGTHS)
        ]
        assert torch.allclose(made.loss(scores, tags, mask), torch.cat(alone))

    def test_marginals_are_zero_on_padding_and_sum_to_one_elsewhere(self, batch):
        made, scores, mask = batch
        assert torch.allclose(made.marginals(scores, mask).sum(dim=2), mask.double())


@given(st.integers(0, 2**31), st.floats(0, 1000))
def test_what_is_decoded_is_legal_however_strongly_an_illegal_tag_is_preferred(seed, force):
    scores = emissions(seed, 2, 9) * 5
    scores[:, :, [2, 4]] += force
    for path in chain(seed + 1).decode(scores, torch.ones(2, 9, dtype=torch.bool)):
        assert illegal_places([TAGS[tag] for tag in path]) == []


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
    path = made.decode(scores, full(3000))
    loss = made.loss(scores, torch.tensor(path), full(3000))
    assert torch.isfinite(loss).all()
