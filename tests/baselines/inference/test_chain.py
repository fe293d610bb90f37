"""Decoding of the CRF against brute force: every tag sequence of short texts, one by one."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._inference._chain import Chain
from fazhi.predictions._tags import illegal_places

TAGS = ("O", "B-X", "I-X", "B-Y", "I-Y")
SIZE = len(TAGS)


class Scored:
    """A chain with random transitions, and what it decodes by."""

    def __init__(self, seed: int):
        generator = np.random.default_rng(seed)
        self.transitions = generator.normal(size=(SIZE, SIZE))
        self.first = generator.normal(size=SIZE)
        self.chain = Chain(TAGS, self.transitions, self.first)

    def score(self, emissions: np.ndarray, path: tuple[int, ...]) -> float:
        """First score, emissions and transitions, added up one by one."""
        total = self.first[path[0]] + sum(emissions[place, tag] for place, tag in enumerate(path))
        return total + sum(self.transitions[left, right] for left, right in pairwise(path))


def emissions(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(*shape, SIZE))


def legal(length: int) -> list[tuple[int, ...]]:
    """All tag sequences without an I- that continues nothing."""
    return [
        path
        for path in product(range(SIZE), repeat=length)
        if not illegal_places([TAGS[tag] for tag in path])
    ]


def full(length: int) -> np.ndarray:
    return np.ones((1, length), dtype=bool)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5])
class TestBruteForce:
    def test_the_decoded_sequence_is_the_best_of_all(self, length):
        made, scores = Scored(20 + length), emissions(30 + length, length)
        best = max(legal(length), key=lambda path: made.score(scores, path))
        assert made.chain.best(scores[None], full(length)).tolist() == [list(best)]

    def test_a_marginal_is_the_sum_over_the_sequences_with_that_tag(self, length):
        made, scores = Scored(40 + length), emissions(50 + length, length)
        paths = legal(length)
        weights = np.exp([made.score(scores, path) for path in paths])
        expected = np.zeros((length, SIZE))
        for path, share in zip(paths, weights / weights.sum(), strict=True):
            for place, tag in enumerate(path):
                expected[place, tag] += share
        assert made.chain.marginals(scores[None], full(length))[0] == pytest.approx(expected)


class TestPadding:
    """A sequence in a batch is what it is alone, whatever stands on the padding."""

    LENGTHS = (4, 1, 3)

    @pytest.fixture
    def batch(self):
        return (
            Scored(1).chain,
            emissions(2, 3, 4) * 3,
            np.arange(4) < np.array(self.LENGTHS)[:, None],
        )

    def test_decoding(self, batch):
        chain, scores, mask = batch
        found = chain.best(scores, mask)
        for row, length in enumerate(self.LENGTHS):
            alone = chain.best(scores[row : row + 1, :length], full(length))
            assert found[row, :length].tolist() == alone[0].tolist()

    def test_marginals(self, batch):
        chain, scores, mask = batch
        found = chain.marginals(scores, mask)
        assert found.sum(axis=2) == pytest.approx(mask.astype(float))
        for row, length in enumerate(self.LENGTHS):
            alone = chain.marginals(scores[row : row + 1, :length], full(length))
            assert found[row, :length] == pytest.approx(alone[0])


@given(st.integers(0, 2**31), st.floats(0, 1000))
def test_what_is_decoded_is_legal_however_strongly_an_illegal_tag_is_preferred(seed, force):
    scores = emissions(seed, 2, 9) * 5
    scores[:, :, [2, 4]] += force
    chain, mask = Scored(seed + 1).chain, np.ones((2, 9), dtype=bool)
    for path in chain.best(scores, mask):
        assert illegal_places([TAGS[tag] for tag in path]) == []
    assert np.isfinite(chain.marginals(scores, mask)).all()


def test_a_long_text_does_not_overflow():
    scores = emissions(8, 1, 3000).astype(np.float32) * 20
    found = Scored(7).chain.marginals(scores, full(3000))
    assert found.sum(axis=2) == pytest.approx(np.ones((1, 3000)))
