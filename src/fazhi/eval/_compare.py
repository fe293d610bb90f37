"""Comparing systems: differences with intervals and paired tests, and seeds of one system."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import isnan, sqrt

import numpy as np

from fazhi._permute import PairedTest, paired_test
from fazhi._record import Record
from fazhi._resample import Counts, Groups, Interval, Values, score_interval
from fazhi._student import student_quantile
from fazhi.errors import MismatchError
from fazhi.eval._figure import Figure


class Comparison(Record):
    """Two systems, compared by one score on the same segments."""

    left: str
    """Name of the one system."""
    right: str
    """Name of the other."""
    left_value: float | None
    """Score of the one; None where it is undefined."""
    right_value: float | None
    """Score of the other."""
    difference: float | None
    """Left minus right; None where either is undefined."""
    interval: Interval | None
    """Interval of the difference; None where it cannot be formed."""
    test: PairedTest | None
    """The paired permutation test; None where the difference is undefined."""
    corrected_p: float | None
    """p of the test, corrected for the number of pairs that were compared (Holm)."""


class Seeds(Record):
    """The scores of one system that was trained with several seeds.

    All of them, since the best of several runs says little (Reimers and Gurevych, "Reporting
    Score Distributions Makes a Difference", EMNLP 2017).
    """

    mean: float
    """Their mean."""
    sd: float | None
    """Their standard deviation, with n - 1 in the denominator; None for a single seed."""
    mean_interval: tuple[float, float] | None
    """The 95% interval of the mean of all seeds that could be drawn; None for a single seed."""
    low: float
    """The least."""
    high: float
    """The greatest."""
    values: tuple[float, ...]
    """Each of them, in the order given."""


def compare(
    systems: Mapping[str, Figure],
    groups: Groups,
    *,
    against: str | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> list[Comparison]:
    """Compares systems by one score: every pair, or all of them against one.

    The interval is that of the paired difference: both systems' counts are resampled together
    (Bestgen, "Please, Don't Forget the Difference and the Confidence Interval when Seeking for
    the State-of-the-Art Status", LREC 2022, arXiv 2205.11134). Two intervals of single systems
    may well overlap where that of the difference is clear of 0.

    Interval and test say which unit they drew or swapped; with five documents the interval is
    over documents and the test swaps segments, since 2^5 swaps of documents are too few.

    Args:
        systems: the same score of each system, by name.
        groups: the document of each segment, (segments,).
        against: the system that all others are compared with, on the right; None for all pairs.
        level: nominal coverage of the intervals.
        seed: seed of random resamples and swaps.

    Returns:
        A comparison for each pair, in the order of the systems.

    Raises:
        MismatchError: the systems' counts are not of the same segments and the same score.
    """
    _check_shapes(systems, groups)
    pairs = list(combinations(systems, 2))
    if against is not None:
        pairs = [(name, against) for name in systems if name != against]
    tests = [_test(systems[left], systems[right], groups, seed) for left, right in pairs]
    corrected = iter(holm([test.p_value for test in tests if test]))
    return [
        Comparison(
            left=left,
            right=right,
            left_value=_defined(systems[left].value),
            right_value=_defined(systems[right].value),
            difference=test.difference if test else None,
            interval=_interval(systems[left], systems[right], groups, level, seed),
            test=test,
            corrected_p=next(corrected) if test else None,
        )
        for (left, right), test in zip(pairs, tests, strict=True)
    ]


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values corrected for their number, each in its place.

    The step-down procedure of Holm, "A Simple Sequentially Rejective Multiple Test Procedure"
    (Scandinavian Journal of Statistics 6, 1979): the probability of any false finding among
    them stays below the level, whatever their dependence.
    """
    values = np.array(p_values)
    order = np.argsort(values)
    stepped = values[order] * np.arange(len(values), 0, -1)
    corrected = np.empty(len(values))
    corrected[order] = np.minimum(1, np.maximum.accumulate(stepped))
    return [float(value) for value in corrected]


def summarise_seeds(figures: Sequence[Figure]) -> Seeds:
    """The distribution of one system's score over its seeds.

    The interval of the mean is Student's, with n - 1 degrees of freedom: what further seeds of
    the same system might give on the same segments.

    Args:
        figures: the same score for each seed; at least one, each with a value.
    """
    values = tuple(figure.value for figure in figures)
    mean = float(np.mean(values))
    sd = float(np.std(values, ddof=1)) if len(values) > 1 else None
    return Seeds(
        mean=mean,
        sd=sd,
        mean_interval=None if sd is None else _mean_interval(mean, sd, len(values)),
        low=min(values),
        high=max(values),
        values=values,
    )


def _mean_interval(mean: float, sd: float, size: int) -> tuple[float, float]:
    margin = student_quantile(0.975, size - 1) * sd / sqrt(size)
    return mean - margin, mean + margin


def pool_seeds(figures: Sequence[Figure]) -> Figure:
    """One figure for all seeds of a system, with which it can be compared.

    Its counts are the means over the seeds. For a score that is a ratio of counts its value is
    that of all seeds' predictions taken together; it is near the mean of the scores, not equal
    to it. An interval or a test of it treats the seeds that were run as fixed: it speaks of
    the system as trained with these seeds, on other documents or segments, and does not hold
    what other seeds might add. `summarise_seeds` shows how much that is.

    Args:
        figures: the same score for each seed, on the same segments.
    """
    counts: Counts = np.mean([figure.counts for figure in figures], axis=0)
    return Figure(counts, figures[0].statistic)


def _check_shapes(systems: Mapping[str, Figure], groups: Groups) -> None:
    shapes = {name: figure.counts.shape for name, figure in systems.items()}
    for name, shape in shapes.items():
        first, expected = next(iter(shapes.items()))
        if shape != expected or len(groups) != shape[0]:
            raise MismatchError(
                f"the counts of {name!r} have the shape {shape}, those of {first!r} {expected}, "
                f"and there are {len(groups)} segments. Compare one score on the same segments"
            )


def _defined(value: float) -> float | None:
    return None if isnan(value) else value


def _test(left: Figure, right: Figure, groups: Groups, seed: int) -> PairedTest | None:
    return paired_test(left.counts, right.counts, groups, left.statistic, seed=seed)


def _interval(
    left: Figure, right: Figure, groups: Groups, level: float, seed: int
) -> Interval | None:
    def difference(sums: Counts) -> Values:
        return left.statistic(sums[:, 0]) - right.statistic(sums[:, 1])

    pairs = np.stack([left.counts, right.counts], axis=1)
    return score_interval(pairs, groups, difference, level=level, seed=seed)
