"""Student's t distribution, without scipy, whose import takes longer than scoring a submission."""

from math import atan, cos, erfc, pi, sin, sqrt, tan
from statistics import NormalDist

_SERIES_UP_TO = 200
"""Degrees of freedom up to which the exact series is summed."""


def normal_below(x: float) -> float:
    """The probability that a standard normal number is below x."""
    return erfc(-x / sqrt(2)) / 2


def student_within(t: float, freedom: int) -> float:
    """The probability of |T| <= t (Abramowitz and Stegun, formulas 26.7.3 and 26.7.4).

    Args:
        t: at least 0.
        freedom: the degrees of freedom, at least 1; the series has half as many terms.
    """
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = 0.0
    for number in range(2 + odd, freedom + 1, 2):
        total += term
        term *= cos(angle) ** 2 * (number - 1) / number
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def student_quantile(probability: float, freedom: int) -> float:
    """The x with P(T <= x) = probability, for probabilities of at least 1/2.

    By bisection; of many degrees of freedom by the expansion in 1 / freedom (Abramowitz and
    Stegun, formula 26.7.5), whose error is of the order of freedom to the power of -5.
    """
    if freedom > _SERIES_UP_TO:
        return _expanded(NormalDist().inv_cdf(probability), freedom)
    low, high = 0.0, pi / 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return tan(low) * sqrt(freedom)
        if student_within(tan(middle) * sqrt(freedom), freedom) < 2 * probability - 1:
            low = middle
        else:
            high = middle


def _expanded(z: float, freedom: int) -> float:
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    correction: float = sum(term / freedom**power for power, term in enumerate(terms, start=1))
    return z + correction
