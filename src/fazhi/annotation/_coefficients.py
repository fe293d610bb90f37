"""Coefficients of agreement between two annotators, from counts that add up over documents.

Each takes the sums of many resamples at once, on the first axis, and gives one value for each:
NaN where it is undefined. They are symmetric: which annotator comes first makes no difference.
"""

import numpy as np

from fazhi._resample import Counts, Values, ratio


def f1(counts: Counts) -> Values:
    """The harmonic mean of the proportions of either side's items that the other side has.

    Of counts (…, 4), a found of A on the left and b found of B on the right, it is
    2ab / (aB + bA). Where a = b, as in exact matching, that is 2a / (A + B), which Hripcsak and
    Rothschild propose as agreement where true negatives cannot be counted ("Agreement, the
    F-Measure, and Reliability in Information Retrieval", JAMIA 12, 2005). It is 0 where nothing
    is found and undefined where neither side has an item.
    """
    found_left, found_right, left, right = np.moveaxis(counts, -1, 0)
    values = ratio(2 * found_left * found_right, found_left * right + found_right * left)
    return np.where((found_left == 0) & (left + right > 0), 0.0, values)


def share(counts: Counts) -> Values:
    """The share of pairs that agree, of counts (…, 2): pairs that agree, and pairs."""
    return ratio(counts[..., 0], counts[..., 1])


def observed(confusion: Counts) -> Values:
    """The share of units with the same label on both sides, of confusion matrices."""
    return ratio(_same(confusion), _units(confusion))


def kappa(confusion: Counts) -> Values:
    """Cohen's kappa: (p - e) / (1 - e), with e expected from each side's own distribution.

    Cohen, "A Coefficient of Agreement for Nominal Scales" (Educational and Psychological
    Measurement 20, 1960). Undefined where both sides give one and the same label throughout.
    """
    units = _units(confusion)
    expected = (confusion.sum(axis=-1) * confusion.sum(axis=-2)).sum(axis=-1)
    return ratio(units * _same(confusion) - expected, units**2 - expected)


def alpha(confusion: Counts) -> Values:
    """Krippendorff's alpha for nominal data, two annotators and no missing labels.

    1 - (n - 1) (n - sum of o_cc) / (n^2 - sum of n_c^2), with n labels on n / 2 units, n_c of
    them c, and o_cc = twice the units that are c on both sides: Krippendorff, "Computing
    Krippendorff's Alpha-Reliability" (2011), section B; Content Analysis (2nd edition, 2004),
    chapter 11. Undefined where there is only one label.
    """
    labels = 2 * _units(confusion)
    of_each = confusion.sum(axis=-1) + confusion.sum(axis=-2)
    disagreeing = labels - 2 * _same(confusion)
    return 1 - ratio((labels - 1) * disagreeing, labels**2 - (of_each**2).sum(axis=-1))


def _units(confusion: Counts) -> Counts:
    units: Counts = confusion.sum(axis=(-1, -2))
    return units


def _same(confusion: Counts) -> Counts:
    same: Counts = np.trace(confusion, axis1=-2, axis2=-1)
    return same
