"""The paired permutation test: exact for few units, seeded for many."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm, permutation_test

from fazhi._permute import paired_test
from fazhi._resample import ratio


def mean(counts):
    """Of counts (…, 2): a sum, and what it is divided by."""
    return ratio(counts[..., 0], counts[..., 1])


def f1(counts):
    """Of counts (…, 3): correct, predicted, gold."""
    return ratio(2 * counts[..., 0], counts[..., 1] + counts[..., 2])


def rows(*values: int):
    """Units of one count each, with these values."""
    return np.array([(value, 1) for value in values])


def apart(units: int):
    """Every segment is a document of its own."""
    return np.arange(units)


def together(units: int):
    """All segments are of one document."""
    return np.zeros(units, dtype=int)


def brute_force(left, right, statistic):
    """The absolute difference of every way to swap units, in plain Python; NaN left out."""
    found = []
    for swaps in product([False, True], repeat=len(left)):
        sides = [(b, a) if swap else (a, b) for a, b, swap in zip(left, right, swaps, strict=True)]
        one, other = (np.sum([side[k] for side in sides], axis=0) for k in (0, 1))
        found.append(abs(float(statistic(one[None])[0] - statistic(other[None])[0])))
    return np.array([value for value in found if not np.isnan(value)])


class TestExact:
    def test_six_documents_all_won(self):
        # of 2^6 = 64 swaps only "none" and "all" give a difference as large: p = 2/64. By 1, 2,
        # 4, 8, 16 and 32 the sides differ by 63, 61, 59, … / 6; 2/64 < 0.05 <= 4/64
        found = paired_test(rows(1, 2, 4, 8, 16, 32), rows(*[0] * 6), apart(6), mean)
        assert (found.p_value, found.least_p) == (2 / 64, 2 / 64)
        assert found.difference == pytest.approx(63 / 6)
        assert found.critical == pytest.approx(63 / 6)
        assert (found.unit, found.swapped, found.resamples) == ("document", 6, None)
        # the variance of a sum of +-x is the sum of x^2: 1 + 4 + … + 1024 = 4^6 / 3 - 1/3 = 1365
        expected = 63 / 6 + norm.ppf(0.8) * np.sqrt(1365) / 6
        assert found.detectable == pytest.approx(expected)

    def test_a_lost_document(self):
        # differences 2, 3, 4, 5, 6 and -1: 19 of 21 in all. As large are all won (21) and the
        # one of 1 lost (19), each either way: p = 4/64
        found = paired_test(rows(2, 3, 4, 5, 6, 0), rows(0, 0, 0, 0, 0, 1), apart(6), mean)
        assert found.p_value == 4 / 64
        assert found.critical == pytest.approx(21 / 6)

    units = st.lists(
        st.tuples(*[st.integers(0, 4)] * 6).map(lambda row: np.reshape(row, (2, 3))),
        min_size=1,
        max_size=7,
    )

    @given(units, st.booleans())
    def test_it_equals_brute_force(self, drawn, by_document):
        left, right = np.array(drawn)[:, 0], np.array(drawn)[:, 1]
        groups = apart(len(left)) if by_document else together(len(left))
        found = paired_test(left, right, groups, f1)
        if not (left[:, 1:].any() and right[:, 1:].any()):
            assert found is None
            return
        null = brute_force(left, right, f1)
        difference = (f1(left.sum(axis=0)[None]) - f1(right.sum(axis=0)[None]))[0]
        assert found.difference == pytest.approx(difference)
        assert found.p_value == pytest.approx(np.mean(null > abs(difference) - 1e-9))
        assert found.least_p == pytest.approx(np.mean(null > null.max() - 1e-9))
        shares = {value: np.mean(null > value - 1e-9) for value in null}
        critical = min((value for value, share in shares.items() if share < 0.05), default=None)
        assert found.critical == (critical and pytest.approx(critical))

    def test_it_agrees_with_scipy_on_a_mean_difference(self):
        generator = np.random.default_rng(0)
        left, right = generator.integers(0, 20, size=(2, 12))
        expected = permutation_test(
            (left, right),
            lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=np.inf,
        )
        found = paired_test(rows(*left), rows(*right), apart(12), mean)
        assert found.p_value == pytest.approx(expected.pvalue)
        assert found.difference == pytest.approx(expected.statistic)

    def test_units_in_which_the_systems_agree_make_no_difference(self):
        left, right = rows(1, 2, 4, 8, 16, 32, *[7] * 40), rows(*[0] * 6, *[7] * 40)
        found = paired_test(left, right, apart(46), mean)
        assert (found.swapped, found.resamples, found.p_value) == (6, None, 2 / 64)

    def test_equal_systems(self):
        found = paired_test(rows(1, 2, 3), rows(1, 2, 3), together(3), mean)
        assert (found.difference, found.p_value, found.least_p, found.swapped) == (0, 1, 1, 0)
        assert found.critical is found.detectable is None


class TestUnits:
    def test_documents_are_swapped_whole(self):
        # six documents of two segments: the sides differ by 3 in each document, all won
        left, right = rows(*[1, 2] * 6), rows(*[0, 0] * 6)
        found = paired_test(left, right, np.repeat(apart(6), 2), mean)
        assert (found.unit, found.swapped, found.p_value) == ("document", 6, 2 / 64)

    def test_of_five_documents_segments_are_swapped(self):
        # 2/2^5 is not below 0.05; of 10 segments all won, p = 2/2^10
        left, right = rows(*[1, 2] * 5), rows(*[0, 0] * 5)
        found = paired_test(left, right, np.repeat(apart(5), 2), mean)
        assert (found.unit, found.swapped, found.p_value) == ("segment", 10, 2 / 1024)

    def test_a_document_without_counts_is_none(self):
        left, right = np.zeros((6, 2), dtype=int), np.zeros((6, 2), dtype=int)
        left[:5], right[:5] = (1, 1), (0, 1)
        assert paired_test(left, right, apart(6), mean).unit == "segment"

    def test_too_few_segments_cannot_show_anything(self):
        found = paired_test(rows(1, 1, 1, 1), rows(0, 0, 0, 0), together(4), mean)
        assert found.p_value == found.least_p == 2 / 16
        assert found.critical is found.detectable is None


class TestUndefined:
    def test_a_system_without_a_value_is_not_tested(self):
        assert paired_test(np.array([(1, 0)]), rows(1), together(1), mean) is None

    def test_swaps_without_a_value_are_left_out(self):
        # to swap one of the two segments leaves a side with nothing to divide by; of the four
        # swaps, none and both remain, and both give a difference of 6/1 - 2/1
        left, right = np.array([(1, 1), (5, 0)]), np.array([(0, 0), (2, 1)])
        found = paired_test(left, right, together(2), mean)
        assert (found.difference, found.p_value) == (4, 1)


class TestRandom:
    LEFT = np.random.default_rng(1).integers(0, 9, size=(17, 3))
    RIGHT = np.random.default_rng(2).integers(0, 9, size=(17, 3))

    def test_above_16_units_10000_swaps_are_drawn(self):
        found = paired_test(self.LEFT[:16], self.RIGHT[:16], apart(16), f1)
        assert found.resamples is None
        found = paired_test(self.LEFT, self.RIGHT, apart(17), f1)
        assert (found.resamples, found.least_p) == (10_000, 1 / 10_001)

    def test_it_agrees_with_the_exact_distribution(self):
        # of counts with the same denominators a swap turns the sign of a unit's difference; the
        # share of 10,000 swaps has the standard error sqrt(p (1 - p) / 10,000), taken four times
        left, right = self.LEFT[:, 0], self.RIGHT[:, 0]
        signs = np.array(list(product([1, -1], repeat=17)))
        null = np.abs(signs @ (left - right))
        p = np.mean(null >= abs(np.sum(left - right)))
        found = paired_test(rows(*left), rows(*right), apart(17), mean)
        assert found.p_value == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 10_000))
        spread = found.detectable - found.critical
        assert spread * 17 == pytest.approx(norm.ppf(0.8) * np.sqrt(np.mean(null**2)), rel=0.03)

    def test_the_observed_swap_is_counted(self):
        # of 2^60 swaps of 60 units that are all won, no random one is as extreme
        found = paired_test(rows(*[1] * 60), rows(*[0] * 60), apart(60), mean)
        assert found.p_value == found.least_p == 1 / 10_001

    def test_a_seed_gives_the_same_again(self):
        once, again, other = (
            paired_test(self.LEFT, self.RIGHT, apart(17), f1, seed=seed) for seed in (0, 0, 1)
        )
        assert once == again
        assert once != other

    def test_thousands_of_segments_are_swapped_in_random_groups(self):
        # the difference of two means of n values with an sd of s each is significant from
        # 1.96 sqrt(2 s^2 / n); the values 0 to 9 have s^2 = 8.25
        left, right = np.random.default_rng(4).integers(10, size=(2, 9_000))
        found = paired_test(rows(*left), rows(*right), together(9_000), mean)
        assert found.swapped == np.count_nonzero(left != right)
        assert found.critical == pytest.approx(1.96 * np.sqrt(2 * 8.25 / 9_000), rel=0.07)


class TestProperties:
    @pytest.mark.parametrize("units", [9, 40, 3000])
    def test_the_order_of_the_systems_makes_no_difference(self, units):
        left, right = np.random.default_rng(units).integers(0, 9, size=(2, units, 3))
        for groups in (apart(units), together(units)):
            found, mirrored = (
                paired_test(*sides, groups, f1) for sides in ((left, right), (right, left))
            )
            assert mirrored.difference == -found.difference
            assert mirrored.model_dump(exclude={"difference"}) == found.model_dump(
                exclude={"difference"}
            )

    @pytest.mark.parametrize(("units", "trials"), [(8, 400), (30, 150)])
    def test_equally_good_systems_differ_significantly_in_5_percent_of_cases(self, units, trials):
        # of 8 documents p < 0.05 for 6 of 128 pairs of swaps; the number of findings is binomial,
        # outside these bounds once in 10,000 times
        generator = np.random.default_rng(7)
        level = 6 / 128 if units == 8 else 0.05
        gold = generator.integers(50, 150, size=(trials, units, 1))
        effect = generator.beta(20, 5, size=(trials, units, 1))
        correct = generator.binomial(gold, effect, size=(trials, units, 2))
        predicted = correct + generator.poisson(10, size=(trials, units, 2))
        found = 0
        for trial in range(trials):
            sides = [
                np.stack([correct[trial, :, k], predicted[trial, :, k], gold[trial, :, 0]], axis=1)
                for k in (0, 1)
            ]
            found += paired_test(*sides, apart(units), f1).p_value < 0.05
        low, high = binom.ppf([5e-5, 1 - 5e-5], trials, level)
        assert low <= found <= high

    def test_what_is_detectable_is_found_in_80_percent_of_cases(self):
        # 30 documents whose differences are normal (an sd of 100 around the detectable one)
        generator = np.random.default_rng(8)
        noise = generator.normal(0, 100, size=(300, 30)).round().astype(int)
        zero = rows(*[0] * 30)
        shift = round(
            np.mean(
                [paired_test(rows(*row), zero, apart(30), mean).detectable for row in noise[:40]]
            )
        )
        found = sum(
            paired_test(rows(*(row + shift)), zero, apart(30), mean).p_value < 0.05
            for row in noise[40:240]
        )
        # 4 standard errors of a share of 200 are 0.11
        assert found / 200 == pytest.approx(0.8, abs=0.11)
