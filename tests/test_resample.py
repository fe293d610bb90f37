"""Intervals from resampled documents: exact for few documents, seeded for many."""

from itertools import product
from math import ceil, comb, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, t

from fazhi._resample import Interval, document_sums, interval, ratio, score_interval


def mean(counts):
    """Of counts (…, 2): a sum, and what it is divided by."""
    return ratio(counts[..., 0], counts[..., 1])


def rows(*values: int):
    """Documents of one unit each, with these values."""
    return np.array([(value, 1) for value in values])


def brute_force(counts):
    """The value of every ordered resample, all equally probable, sorted; NaN last."""
    draws = np.array(list(product(range(len(counts)), repeat=len(counts))))
    return np.sort(mean(counts[draws].sum(axis=1)))


def tail(documents: int, level: float) -> float:
    spread = sqrt(documents / (documents - 1))
    return norm.cdf(-spread * t.ppf((1 + level) / 2, documents - 1))


documents = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=2, max_size=4)


class TestExact:
    def test_two_documents(self):
        # resamples of 0 and 1: means 0, 1/2, 1 with probabilities 1/4, 1/2, 1/4. With 1 degree
        # of freedom t is the tangent: level 0.5 gives tan(pi / 4) = 1, and Phi(-sqrt 2) = 0.079
        # is in the first quarter; level 0.2 gives tan(pi / 10) = 0.325, Phi(-0.46) = 0.32 is not
        found = interval(rows(0, 1), mean, level=0.5)
        assert (found.low, found.high) == (0, 1)
        found = interval(rows(0, 1), mean, level=0.2)
        assert (found.low, found.high) == (1 / 2, 1 / 2)

    def test_five_documents(self):
        # t(4; 0.975) = 2.776, times sqrt(5 / 4) is 3.104, and Phi(-3.104) = 0.00096. Of the
        # 5^5 = 3125 resamples of 0, 1, 2, 3, 4 one has the mean 0 (0.00032) and five the mean
        # 1/5 (0.00192 together with the one), so the lower end is 1/5; the upper one mirrors it
        assert interval(rows(0, 1, 2, 3, 4), mean) == Interval(
            low=0.2, high=3.8, level=0.95, unit="document", documents=5, resamples=None, left_out=0
        )

    @given(documents, st.sampled_from([0.3, 0.5, 0.7, 0.8, 0.9, 0.95]))
    def test_it_equals_brute_force(self, drawn, level):
        counts = np.array([row for row in drawn if any(row)]).reshape(-1, 2)
        found = interval(np.array(drawn), mean, level=level)
        if len(counts) < 2 or not counts[:, 1].any():
            assert found is None
            return
        values = brute_force(counts)
        defined = values[~np.isnan(values)]
        rank = ceil(tail(len(counts), level) * len(defined))
        assert found.low == pytest.approx(defined[rank - 1])
        assert found.high == pytest.approx(defined[-rank])
        assert found.left_out == pytest.approx(1 - len(defined) / len(values))

    def test_the_number_of_resamples(self):
        sizes = []

        def counting(counts):
            sizes.append(len(counts))
            return mean(counts)

        interval(rows(0, 1, 2, 3, 4), counting)
        assert sum(sizes) == comb(9, 5) == 126

    @given(st.permutations([0, 1, 4, 4, 7]))
    def test_the_order_of_documents_makes_no_difference(self, order):
        found, expected = (interval(rows(*values), mean) for values in (order, [0, 1, 4, 4, 7]))
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high))

    def test_negation_mirrors_it(self):
        found = interval(rows(0, 1, 5, 9), mean)
        mirrored = interval(rows(0, 1, 5, 9), lambda counts: -mean(counts))
        assert (mirrored.low, mirrored.high) == (-found.high, -found.low)

    def test_documents_that_agree_give_a_point(self):
        found = interval(rows(3, 3, 3), mean)
        assert (found.low, found.high) == (3, 3)

    def test_counts_may_have_any_shape(self):
        flat = rows(0, 1, 2, 3)
        deep = flat.reshape(4, 1, 2, 1)
        assert interval(deep, lambda sums: mean(sums[:, 0, :, 0])) == interval(flat, mean)


class TestUndefined:
    @pytest.mark.parametrize("counts", [rows(), rows(1), np.array([(1, 2), (0, 0)])])
    def test_fewer_than_two_documents_with_counts_have_no_interval(self, counts):
        assert interval(counts.reshape(-1, 2), mean) is None

    def test_a_document_without_counts_makes_no_difference(self):
        empty = np.array([(0, 0)])
        with_empty = np.concatenate([rows(0, 1), empty, rows(2), empty])
        assert interval(with_empty, mean) == interval(rows(0, 1, 2), mean)

    def test_resamples_without_a_value_are_left_out(self):
        # two of three documents have nothing to divide by; a resample is without a value
        # where it draws only these: (2/3)^3 = 8/27
        found = interval(np.array([(1, 1), (2, 0), (4, 0)]), mean)
        assert found.left_out == pytest.approx(8 / 27)
        # of the values, 1 / 1 is the least, and (1 + 4 + 4) / 1 the greatest
        assert (found.low, found.high) == (1, 9)

    def test_no_resample_has_a_value(self):
        assert interval(np.array([(1, 0), (2, 0)]), mean) is None

    def test_a_ratio_of_nothing_is_undefined(self):
        assert ratio(np.array([1, 0]), np.array([2, 0])) == pytest.approx(
            [0.5, np.nan], nan_ok=True
        )


class TestMonteCarlo:
    COUNTS = np.array([(3, 4), (9, 11), (1, 7), (5, 5), (8, 19), (2, 3)])

    @pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
    def test_it_agrees_with_the_exact_distribution(self, level):
        # the share of 10,000 resamples below a point has the standard error
        # sqrt(p (1 - p) / 10,000); four of them are exceeded once in 16,000 times
        values = brute_force(self.COUNTS)
        found = interval(self.COUNTS, mean, level=level, exact_up_to=0)
        assert found.resamples == 10_000
        p = tail(6, level)
        error = 4 * sqrt(p * (1 - p) / 10_000)
        for side, end in ((values, found.low), (-values[::-1], -found.high)):
            below, up_to = (np.mean(side < end - 1e-9), np.mean(side <= end + 1e-9))
            assert below - error <= p <= up_to + error

    def test_it_takes_over_above_eight_documents(self):
        assert interval(rows(*range(8)), mean).resamples is None
        assert interval(rows(*range(9)), mean).resamples == 10_000

    def test_a_seed_gives_the_same_again(self):
        counts = np.random.default_rng(1).integers(1, 20, size=(30, 2))
        once, again, other = (interval(counts, mean, seed=seed) for seed in (0, 0, 1))
        assert once == again
        assert once != other

    def test_the_sums_are_formed_in_chunks(self):
        sizes = []

        def counting(counts):
            sizes.append(len(counts))
            return mean(counts)

        interval(np.ones((2000, 2), dtype=int), counting)
        assert sum(sizes) == 10_000
        assert max(sizes) * 2000 <= 100_000

    def test_thousands_of_documents_are_drawn_in_random_groups(self):
        # the variance of a mean of n values is their variance / n; the ends lie 1.96 of its
        # roots from the mean. 2,000 groups and 10,000 resamples leave an error of some 2%
        values = np.random.default_rng(2).integers(0, 50, size=9_000)
        found = interval(rows(*values), mean)
        assert found.documents == 9_000
        half = 1.96 * values.std() / sqrt(9_000)
        assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.05)
        assert (found.high + found.low) / 2 == pytest.approx(values.mean(), abs=half / 10)


class TestScores:
    """Intervals over documents, or over segments within fewer than five documents."""

    def test_counts_are_added_up_over_documents(self):
        counts = np.array([(1, 2), (3, 4), (10, 20)])
        found = document_sums(counts, np.array([2, 0, 2]))
        assert found.tolist() == [[3, 4], [0, 0], [11, 22]]
        assert found.dtype == np.int64

    def test_of_five_documents_documents_are_drawn(self):
        groups = np.array([0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
        counts = rows(*range(10))
        found = score_interval(counts, groups, mean)
        assert found == interval(document_sums(counts, groups), mean)
        assert found.unit == "document"

    def test_of_four_documents_segments_are_drawn(self):
        found = score_interval(rows(*range(8)), np.array([0, 0, 1, 1, 2, 2, 3, 3]), mean)
        assert (found.unit, found.documents, found.resamples) == ("segment", 4, 10_000)

    def test_a_document_without_counts_is_none(self):
        counts = np.array([(1, 1), (2, 1), (0, 0), (3, 1), (4, 1)])
        found = score_interval(counts, np.arange(5), mean)
        assert found is None
        found = score_interval(counts[[0, 1, 2, 3, 4, 0]], np.array([0, 1, 2, 3, 4, 0]), mean)
        assert (found.unit, found.documents) == ("segment", 4)

    def test_the_documents_keep_their_share(self):
        # 3 segments of value 0 in the one document and one of 8 in the other: nothing varies
        found = score_interval(rows(0, 0, 0, 8), np.array([0, 0, 0, 1]), lambda sums: sums[:, 0])
        assert (found.low, found.high) == (8, 8)

    def test_segments_are_drawn_within_their_document(self):
        # 0 and 2 in the one, 10 and 10 in the other: the one adds 0, 2 or 4, the other 20, with
        # probabilities 1/4, 1/2, 1/4. 4 segments in 2 documents have 2 degrees of freedom: level
        # 0.36 gives t(2; 0.68) = 0.546, and Phi(-sqrt(4 / 2) 0.546) = 0.22 is in the first
        # quarter; level 0.3 gives t(2; 0.65) = 0.445 and Phi(-0.629) = 0.265, which is not
        counts, groups = rows(0, 10, 2, 10), np.array([0, 1, 0, 1])
        found = score_interval(counts, groups, lambda sums: sums[:, 0], level=0.36)
        assert (found.low, found.high) == (20, 24)
        found = score_interval(counts, groups, lambda sums: sums[:, 0], level=0.3)
        assert (found.low, found.high) == (22, 22)

    def test_of_many_segments_it_is_the_interval_of_a_stratified_mean(self):
        # two documents of 60 and 40 segments: the variance of the mean is the sum of
        # (share)^2 s^2 / m with s^2 the variance within (m - 1 in the denominator), and
        # t(98; 0.975) = 1.984. 10,000 resamples leave an error of some 2% in the half-width
        generator = np.random.default_rng(5)
        first, second = generator.integers(0, 9, size=60), generator.integers(20, 60, size=40)
        counts, groups = rows(*first, *second), np.repeat([0, 1], [60, 40])
        found = score_interval(counts, groups, mean)
        variance = 0.36 * first.var(ddof=1) / 60 + 0.16 * second.var(ddof=1) / 40
        half = t.ppf(0.975, 98) * sqrt(variance)
        assert (found.high - found.low) / 2 == pytest.approx(half, rel=0.05)

    def test_the_order_of_segments_of_other_documents_makes_no_difference(self):
        counts = np.random.default_rng(3).integers(1, 9, size=(12, 2))
        mixed = score_interval(counts, np.array([0, 1] * 6), mean)
        order = np.r_[0:12:2, 1:12:2]
        assert score_interval(counts[order], np.repeat([0, 1], 6), mean) == mixed

    def test_a_single_document_has_an_interval_over_its_segments(self):
        found = score_interval(rows(*range(20)), np.zeros(20, dtype=int), mean)
        assert (found.unit, found.documents) == ("segment", 1)
        assert found.low < 9.5 < found.high

    @pytest.mark.parametrize("counts", [rows(), rows(1), rows(1, 1)])
    def test_without_two_segments_in_a_document_there_is_none(self, counts):
        assert score_interval(counts.reshape(-1, 2), np.arange(len(counts)), mean) is None

    def test_means_over_seeds_are_counts_too(self):
        counts = rows(*range(12)) / 3
        found = score_interval(counts, np.arange(12), mean)
        whole = score_interval(rows(*range(12)), np.arange(12), mean)
        assert (found.low, found.high) == pytest.approx((whole.low, whole.high))
