"""Resamples: how often units are drawn, and the sums of what is drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._draws import random_draws, random_groups, weighted_sums


class TestSums:
    @given(st.integers(1, 6), st.integers(1, 4), st.integers(0, 2**32))
    def test_they_equal_those_of_integers(self, units, resamples, seed):
        generator = np.random.default_rng(seed)
        counts = generator.integers(2**40, size=(units, 3, 2))
        times = generator.integers(9, size=(resamples, units))
        assert np.array_equal(weighted_sums(times, counts), np.tensordot(times, counts, axes=1))

    def test_they_are_integers_where_the_counts_are(self):
        times = np.ones((1, 2), dtype=np.int64)
        assert weighted_sums(times, np.array([1, 2])).dtype == np.int64
        assert weighted_sums(times, np.array([0.5, 2])).tolist() == [2.5]

    def test_sums_that_a_float_cannot_hold_are_refused(self):
        times = np.full((1, 1), 2)
        assert weighted_sums(times, np.array([2**52 - 1])) == 2**53 - 2
        with pytest.raises(AssertionError):
            weighted_sums(times, np.array([2**52]))


class TestPools:
    def test_as_many_units_are_drawn_from_each_as_it_has(self):
        for times, probabilities in random_draws([3, 1, 5], 700, seed=0):
            assert times.shape[1] == 9
            assert (times[:, :3].sum(axis=1) == 3).all()
            assert (times[:, 3] == 1).all()
            assert (times[:, 4:].sum(axis=1) == 5).all()
            assert (probabilities == 1 / 10_000).all()

    def test_each_unit_is_as_likely(self):
        # a unit is drawn Binomial(5, 1/5) times: variance 0.8; 4 standard errors of the mean of
        # 10,000 are 4 sqrt(0.8 / 10,000) = 0.036
        times = np.concatenate([times for times, _ in random_draws([5], 1000, seed=0)])
        assert times.mean(axis=0) == pytest.approx(np.ones(5), abs=0.036)


class TestRandomGroups:
    def test_up_to_2000_units_stay_as_they_are(self):
        counts = np.arange(4000).reshape(2000, 2)
        assert random_groups(counts, seed=0) is counts

    def test_more_are_added_up_in_2000_groups_of_equal_size(self):
        found = random_groups(np.ones((5000, 1), dtype=np.int64), seed=0)
        # 5,000 = 2,000 * 2 + 1,000
        assert np.bincount(found[:, 0]).tolist() == [0, 0, 1000, 1000]

    def test_nothing_is_lost(self):
        counts = np.random.default_rng(0).integers(9, size=(3001, 2, 3))
        assert np.array_equal(random_groups(counts, seed=1).sum(axis=0), counts.sum(axis=0))

    def test_neighbours_do_not_stay_together(self):
        # 4,000 units in pairs by chance: about one in 4,000 is with its neighbour
        found = random_groups(np.repeat(np.eye(2, dtype=np.int64), 2000, axis=0), seed=0)
        both = np.count_nonzero((found == 1).all(axis=1))
        # of 2,000 groups of two, half hold one unit of each kind, give or take 4 times 16
        assert abs(both - 1000) < 64
