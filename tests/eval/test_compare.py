"""Comparing systems, and seeds of one system."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from fazhi._permute import paired_test
from fazhi._resample import ratio, score_interval
from fazhi.errors import MismatchError
from fazhi.eval import Figure, compare, pool_seeds, summarise_seeds
from fazhi.eval._compare import holm


def mean(counts):
    """Of counts (…, 2): a sum, and what it is divided by."""
    return ratio(counts[..., 0], counts[..., 1])


def figure(*values: int) -> Figure:
    """A mean of one value for each segment."""
    return Figure(np.array([(value, 1) for value in values]), mean)


APART = np.arange(6)


class TestFigure:
    def test_its_value_is_the_statistic_of_the_sum(self):
        assert figure(1, 2, 6).value == 3

    def test_it_may_be_undefined(self):
        assert np.isnan(Figure(np.zeros((3, 2), dtype=int), mean).value)


class TestCompare:
    def test_two_systems(self):
        left, right = figure(1, 2, 4, 8, 16, 32), figure(*[0] * 6)
        (found,) = compare({"a": left, "b": right}, APART)
        assert (found.left, found.right) == ("a", "b")
        assert (found.left_value, found.right_value) == (63 / 6, 0)
        assert found.difference == 63 / 6
        # one pair: nothing to correct; of 64 swaps, two are as extreme
        assert found.test.p_value == found.corrected_p == 2 / 64
        assert found.test == paired_test(left.counts, right.counts, APART, mean)

    def test_all_systems_against_one(self):
        systems = {"a": figure(*[1] * 6), "b": figure(*[0] * 6), "c": figure(*[2] * 6)}
        found = compare(systems, APART, against="b")
        assert [(each.left, each.right) for each in found] == [("a", "b"), ("c", "b")]
        # two tests are corrected for, not three: each p is 2/64, of which Holm doubles the first
        assert [each.corrected_p for each in found] == [4 / 64, 4 / 64]

    def test_the_interval_is_that_of_the_paired_difference(self):
        # the documents differ a lot, and the systems by 1 in each of them
        (found,) = compare(
            {"a": figure(1, 21, 31, 51, 71, 91), "b": figure(0, 20, 30, 50, 70, 90)}, APART
        )
        assert (found.interval.low, found.interval.high) == pytest.approx((1, 1))
        assert found.interval.unit == "document"

    def test_it_equals_the_interval_of_the_differences(self):
        # with one denominator for all, the difference of the means is the mean of the differences
        generator = np.random.default_rng(0)
        left, right = generator.integers(50, size=(2, 30))
        (found,) = compare({"a": figure(*left), "b": figure(*right)}, np.arange(30))
        expected = score_interval(figure(*(left - right)).counts, np.arange(30), mean)
        assert found.interval.low == pytest.approx(expected.low)
        assert found.interval.high == pytest.approx(expected.high)

    def test_every_pair_is_compared(self):
        systems = {name: figure(*values) for name, values in zip("abc", PROFILES, strict=True)}
        found = compare(systems, APART)
        assert [(each.left, each.right) for each in found] == list(combinations("abc", 2))
        raw = [each.test.p_value for each in found]
        assert [each.corrected_p for each in found] == holm(raw)

    def test_few_documents_are_labelled(self):
        (found,) = compare({"a": figure(1, 2, 3), "b": figure(3, 2, 0)}, np.array([0, 0, 1]))
        assert found.interval.unit == found.test.unit == "segment"

    def test_with_five_documents_the_interval_is_of_documents_and_segments_are_swapped(self):
        (found,) = compare({"a": figure(*range(6)), "b": figure(*[1] * 6)}, np.arange(6) % 5)
        assert (found.interval.unit, found.test.unit) == ("document", "segment")

    def test_an_undefined_system_is_compared_with_nobody(self):
        systems = {
            "a": figure(1, 2, 4, 8, 16, 32),
            "void": Figure(np.zeros((6, 2), dtype=int), mean),
            "b": figure(*[0] * 6),
        }
        with_void, pair, void_too = compare(systems, APART)
        assert with_void.right_value is with_void.difference is with_void.interval is None
        assert with_void.test is with_void.corrected_p is void_too.test is None
        # the two tests that could not be made are not corrected for
        assert pair.corrected_p == 2 / 64

    @pytest.mark.parametrize("other", [figure(1, 2), Figure(np.ones((6, 3), dtype=int), mean)])
    def test_different_scores_are_refused(self, other):
        with pytest.raises(MismatchError, match="'b' have the shape"):
            compare({"a": figure(*range(6)), "b": other}, APART)

    def test_groups_of_other_segments_are_refused(self):
        with pytest.raises(MismatchError, match="there are 5 segments"):
            compare({"a": figure(*range(6)), "b": figure(*range(6))}, np.arange(5))


PROFILES = [(1, 2, 4, 8, 16, 32), (0, 0, 0, 0, 0, 0), (2, 1, 5, 7, 15, 33)]


class TestHolm:
    def test_an_example(self):
        # sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1: 0.04, 0.06, 0.06, 0.04, never falling
        assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])

    def test_it_never_exceeds_1(self):
        assert holm([0.6, 0.9]) == [1, 1]

    def test_of_nothing(self):
        assert holm([]) == []

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
    def test_it_lies_between_no_correction_and_bonferroni(self, p_values):
        corrected = np.array(holm(p_values))
        assert (corrected >= np.array(p_values)).all()
        assert (corrected <= np.minimum(1, len(p_values) * np.array(p_values)) + 1e-12).all()
        # it guards against any false finding, which is more than their expected share
        assert (corrected >= false_discovery_control(p_values) - 1e-12).all()


class TestSeeds:
    FIGURES = [figure(1, 3), figure(5, 5), figure(2, 2)]

    def test_the_distribution(self):
        # 2, 5, 2: mean 3, deviations 1, 2, 1: variance (1 + 4 + 1) / 2 = 3
        found = summarise_seeds(self.FIGURES)
        assert (found.mean, found.low, found.high) == (3, 2, 5)
        assert found.sd == pytest.approx(3**0.5)
        assert found.values == (2, 5, 2)

    def test_the_mean_has_an_interval_of_its_own(self):
        # Student's t with 2 degrees of freedom has its 97.5% quantile at 4.3027 (any table):
        # 3 ± 4.3027 √3 / √3
        found = summarise_seeds(self.FIGURES).mean_interval
        assert found == pytest.approx((3 - 4.3027, 3 + 4.3027), abs=1e-4)

    def test_one_seed_has_no_deviation(self):
        found = summarise_seeds([figure(1)])
        assert (found.sd, found.mean_interval) == (None, None)

    def test_the_pooled_figure_has_the_mean_counts(self):
        pooled = pool_seeds(self.FIGURES)
        assert pooled.counts == pytest.approx(np.array([(8 / 3, 1), (10 / 3, 1)]))
        assert pooled.value == pytest.approx(3)

    def test_systems_with_several_seeds_are_compared(self):
        pooled = pool_seeds([figure(1, 2, 4, 8, 16, 32), figure(2, 3, 5, 9, 17, 33)])
        (found,) = compare({"seeds": pooled, "single": figure(*[0] * 6)}, APART)
        # 63 / 6 and 69 / 6 have the mean 11; all six documents are won
        assert found.difference == pytest.approx(11)
        assert found.test.p_value == 2 / 64

    def test_equal_seeds_are_one(self):
        pooled = pool_seeds([figure(*range(6))] * 3)
        (found,) = compare({"a": pooled, "b": figure(*range(6))}, APART)
        assert (found.difference, found.test.p_value) == (0, 1)
