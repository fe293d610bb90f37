"""Statistics of summed counts, many sums at once, in the arithmetic of the field's tools.

Each takes counts (sums, …) and gives values (sums,), NaN where a value is undefined. The order of
the operations is that of the tool that a score is compared with, so that they agree to the last
digit: seqeval for entities, scikit-learn for sections.
"""

import numpy as np

from fazhi._resample import Counts, Values, ratio
from fazhi.eval._count import CORRECT, GOLD, PREDICTED


def precision(counts: Counts) -> Values:
    """Correct spans among the predicted ones, of counts (sums, 3)."""
    return ratio(counts[..., CORRECT], counts[..., PREDICTED])


def recall(counts: Counts) -> Values:
    """Correct spans among the gold ones, of counts (sums, 3)."""
    return ratio(counts[..., CORRECT], counts[..., GOLD])


def f1(counts: Counts) -> Values:
    """The harmonic mean of both, of counts (sums, 3); undefined where there is no span at all.

    It is 0 where either of the two is 0 or undefined, as in seqeval with zero_division=0.
    """
    left, right = np.nan_to_num(precision(counts)), np.nan_to_num(recall(counts))
    mean = np.nan_to_num(ratio(2 * left * right, left + right))
    empty = (counts[..., GOLD] == 0) & (counts[..., PREDICTED] == 0)
    return np.where(empty, np.nan, mean)


def macro_f1(counts: Counts) -> Values:
    """The mean F1 of types, of counts (sums, types, 3); a type that does not occur counts 0.

    The set of types is fixed: a resample without some of them is not scored more kindly.
    """
    return _mean(np.nan_to_num(f1(counts)), counts)


def label_f1(counts: Counts) -> Values:
    """The F1 of each label, of counts (…, labels, 3); 0 for one that does not occur."""
    sides = counts[..., GOLD] + counts[..., PREDICTED]
    return np.nan_to_num(ratio(2 * counts[..., CORRECT], sides))


def macro_label_f1(counts: Counts) -> Values:
    """The mean of `label_f1`, of counts (sums, labels, 3); the set of labels is fixed.

    A label that a resample lacks counts 0, so that intervals reach low where labels are rare.
    Giving it the value that it has in the whole data was simulated, too: over one and two
    documents such intervals held the true value in far fewer cases.
    """
    return _mean(label_f1(counts), counts)


def _mean(values: Values, counts: Counts) -> Values:
    return np.where(counts.any(axis=(-2, -1)), values.mean(axis=-1), np.nan)


def share(counts: Counts) -> Values:
    """The second count of the first, of counts (sums, 2): how many of all are right."""
    return ratio(counts[..., 1], counts[..., 0])
