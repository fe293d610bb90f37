"""Student's distribution agrees with scipy's."""

import pytest
from scipy import stats

from fazhi._student import normal_below, student_quantile, student_within

FREEDOMS = [1, 2, 3, 4, 5, 7, 8, 29, 30, 137, 199, 200, 201, 202, 1_000, 10**6]


@pytest.mark.parametrize("freedom", FREEDOMS)
@pytest.mark.parametrize("probability", [0.5, 0.6, 0.95, 0.975, 0.995])
def test_the_quantile_is_scipys(probability, freedom):
    due = stats.t.ppf(probability, freedom)
    assert student_quantile(probability, freedom) == pytest.approx(due, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("freedom", [1, 2, 3, 10, 11, 200])
@pytest.mark.parametrize("t", [0.0, 0.3, 1.0, 2.5, 40.0])
def test_the_probability_is_scipys(t, freedom):
    due = stats.t.cdf(t, freedom) - stats.t.cdf(-t, freedom)
    assert student_within(t, freedom) == pytest.approx(due, rel=1e-12, abs=1e-15)


def test_one_degree_of_freedom_is_cauchys():
    # P(|T| <= 1) = 2 / pi * arctan(1) = 1/2
    assert student_within(1.0, 1) == pytest.approx(1 / 2)
    # two degrees: P(|T| <= t) = t / sqrt(2 + t^2), which is 1 / sqrt(3) for 1
    assert student_within(1.0, 2) == pytest.approx(1 / 3**0.5)


@pytest.mark.parametrize("x", [-8.0, -1.96, 0.0, 0.5, 3.0])
def test_the_normal_distribution_is_scipys(x):
    assert normal_below(x) == pytest.approx(stats.norm.cdf(x), rel=1e-12)
