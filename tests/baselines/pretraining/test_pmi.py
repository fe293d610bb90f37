"""Embeddings from mutual information."""

import numpy as np
import pytest

from fazhi.baselines._pretraining._pmi import (
    NORM,
    _neighbours,
    _positive_pmi,
    pmi_embeddings,
)

A, B, C, D = 5, 6, 7, 8


def tokens(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.uint16)


def test_neighbours_within_three_are_counted_both_ways():
    counts = _neighbours([tokens(A, B, C, D, A)], 9).toarray()
    assert counts[A, B] == counts[B, A] == pytest.approx(1 + 0.33)  # at 1, and D-A's B at 3
    assert counts[A, C] == pytest.approx(0.5 + 0.5)
    assert counts[C, D] == 1
    assert counts[A, A] == 0  # four apart


def test_positive_pmi_by_hand():
    # A and B once each way in 4 pairs, C and D alike; p(a, b) = 1/4 and p(a) = p(b) = 1/4
    counts = _neighbours([tokens(A, B)], 9) + _neighbours([tokens(C, D)], 9)
    pmi = _positive_pmi(counts.tocsr()).toarray()
    assert pmi[A, B] == pytest.approx(np.log(4))
    assert pmi[A, C] == 0


@pytest.fixture(scope="module")
def rows():
    """Embeddings of a text in which 10 and 11 have the same neighbours, 12 others."""
    generator = np.random.default_rng(0)
    text = [
        each
        for _ in range(500)
        for each in ((20, generator.choice([10, 11]), 21), (30, 12, 31))[generator.integers(2)]
    ]
    return pmi_embeddings([tokens(*text)], 40, 8, np.random.default_rng(0))


def test_all_rows_have_the_same_length(rows):
    assert rows.shape == (40, 8)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.full(40, NORM))


def test_characters_with_the_same_neighbours_are_near(rows):
    near, far = rows[10] @ rows[11] / NORM**2, rows[10] @ rows[12] / NORM**2
    assert near > 0.9
    assert near > far + 0.3


def test_the_generator_decides_what_is_random():
    text = [tokens(*range(5, 25), *range(5, 25))]
    first, again, other = (
        pmi_embeddings(text, 40, 8, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.allclose(first[30], other[30])
