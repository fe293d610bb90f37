"""Confidence intervals by resampling.

Sentences of one document are alike, so whole documents are drawn; an interval from drawn
sentences is far too narrow. Of few documents every possible draw is enumerated with its
probability, as in Fisher and Hall, "Bootstrap algorithms for small samples" (Journal of
Statistical Planning and Inference 27, 1991): no seed, and no error of simulation.

Fewer than five documents say too little about others. There segments are drawn within the
documents, which stay as they are, and the interval says so. How often either kind of interval
holds the true value was simulated: `benchmarks/coverage.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from fazhi._draws import (
    RESAMPLES,
    Draws,
    all_draws,
    random_draws,
    random_groups,
    step_for,
    sums_by,
    weighted_sums,
)
from fazhi._record import Record

Counts = NDArray[Any]
"""Additive counts: units or resamples on the first axis, what was counted on the others.

int64; float64 only where they are means over several seeds of a system.
"""
Groups = NDArray[np.int64]
"""The number of each unit's document, from 0, (units,)."""
Values = NDArray[np.float64]
Statistic = Callable[[Counts], Values]
"""From counts (resamples, …) to values (resamples,), NaN where the value is undefined."""
Unit = Literal["document", "segment"]
"""What is drawn, or swapped between systems."""

FEWEST_DOCUMENTS = 5
"""The fewest documents that are themselves drawn for the interval of a score."""


class Interval(Record):
    """A confidence interval; a mere point where every resample has the same value."""

    low: float
    """Lower end."""
    high: float
    """Upper end."""
    level: float
    """Nominal coverage."""
    unit: Unit
    """What was resampled: documents, or segments within documents that stay as they are."""
    documents: int
    """Documents in which anything was counted."""
    resamples: int | None
    """Number of random resamples; None where all possible ones were enumerated."""
    left_out: float
    """Probability of the resamples in which the value is undefined; they were left out."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """What is drawn from."""

    pools: list[Counts]
    """The units, (units, …) for each pool; as many are drawn from a pool as it has."""
    unit: Unit
    documents: int
    exact: bool


def interval(
    counts: Counts,
    statistic: Statistic,
    *,
    level: float = 0.95,
    exact_up_to: int = 8,
    seed: int = 0,
) -> Interval | None:
    """The confidence interval of a statistic of summed counts, over documents.

    The expanded percentile interval of Hesterberg, "What Teachers Should Know About the
    Bootstrap" (The American Statistician 69, 2015): quantiles of the bootstrap distribution,
    moved outwards so that few documents do not make it too narrow. A document in which nothing
    was counted adds nothing to a sum; it is not resampled and does not count as a document.

    The interval of a ratio never reaches beyond the documents' own values. Where a document is
    as likely above the true value as below it, all n lie on one side with a probability of
    2^(1 - n), 1/4 for 3 and 1/16 for 5: few documents cannot attain the nominal coverage.

    Args:
        counts: what was counted in each document, (documents, …).
        statistic: the values of many summed counts at once.
        level: nominal coverage.
        exact_up_to: the most documents whose resamples are enumerated; n documents have
            (2n - 1 choose n), which is 126 for 5 and 6,435 for 8.
        seed: seed of the random resamples where there are more documents.

    Returns:
        The interval; None for fewer than two documents, or where no resample has a value.
    """
    documents = counts[filled(counts)]
    if len(documents) < 2:
        return None
    exact = len(documents) <= exact_up_to
    pool = documents if exact else random_groups(documents, seed)
    return _interval(_Sample([pool], "document", len(documents), exact), statistic, level, seed)


def score_interval(
    counts: Counts, groups: Groups, statistic: Statistic, *, level: float = 0.95, seed: int = 0
) -> Interval | None:
    """The confidence interval of a score: over documents, or over segments where they are few.

    With at least five documents in which anything was counted it is `interval`, and speaks of
    other documents of the kind. With fewer, segments are drawn within each document: it then
    speaks of other segments of these same documents, and says nothing about other documents.

    Drawing n units from H documents, each within its own, makes the variance of a document with
    m units too small by the factor (m - 1) / m (Rao and Wu, "Resampling Inference With Complex
    Survey Data", Journal of the American Statistical Association 83, 1988); together, that is
    (n - H) / n where documents are of one length. The quantiles are therefore expanded as for
    documents, with (n - H) / n in place of (n - 1) / n and n - H degrees of freedom, the
    customary number for stratified samples. Of a hundred segments in two documents that widens
    the interval by 2%.

    Args:
        counts: what was counted in each segment, (segments, …).
        groups: the document of each segment, (segments,).
        statistic: the values of many summed counts at once.
        level: nominal coverage.
        seed: seed of the random resamples.

    Returns:
        The interval; None where no document has two segments with counts, or no resample has a
        value.
    """
    sums = document_sums(counts, groups)
    documents = np.flatnonzero(filled(sums))
    if len(documents) >= FEWEST_DOCUMENTS:
        return interval(sums, statistic, level=level, seed=seed)
    found = filled(counts)
    pools = [random_groups(counts[found & (groups == each)], seed) for each in documents]
    if all(len(pool) < 2 for pool in pools):
        return None
    return _interval(_Sample(pools, "segment", len(documents), False), statistic, level, seed)


def document_sums(counts: Counts, groups: Groups) -> Counts:
    """Counts of segments (segments, …) added up over each document: (documents, …)."""
    return sums_by(counts, groups, int(groups.max(initial=-1)) + 1)


def filled(counts: Counts) -> NDArray[np.bool_]:
    """Of each unit whether anything was counted in it, (units,)."""
    found: NDArray[np.bool_] = np.any(counts, axis=tuple(range(1, counts.ndim)))
    return found


def ratio(numerator: NDArray[np.generic], denominator: NDArray[np.generic]) -> Values:
    """The quotient, element by element; NaN where the denominator is 0."""
    quotient = np.full(denominator.shape, np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    return quotient


def _interval(sample: _Sample, statistic: Statistic, level: float, seed: int) -> Interval | None:
    units = np.concatenate(sample.pools)
    step = step_for(units)
    sizes = [len(pool) for pool in sample.pools]
    draws = all_draws(len(units), step) if sample.exact else random_draws(sizes, step, seed)
    values, weights = _distribution(units, statistic, draws)
    defined = ~np.isnan(values)
    if not defined.any():
        return None
    tail = _tail(len(units), len(sizes), level)
    return Interval(
        low=_quantile(values[defined], weights[defined], tail),
        high=-_quantile(-values[defined], weights[defined], tail),
        level=level,
        unit=sample.unit,
        documents=sample.documents,
        resamples=None if sample.exact else RESAMPLES,
        left_out=float(weights[~defined].sum()),
    )


def _distribution(counts: Counts, statistic: Statistic, draws: Draws) -> tuple[Values, Values]:
    """The bootstrap distribution: values and their probabilities.

    The sums are formed chunk by chunk, so that memory holds one number for each resample.
    """
    values, weights = [], []
    for times, probabilities in draws:
        values.append(statistic(weighted_sums(times, counts)))
        weights.append(probabilities)
    return np.concatenate(values), np.concatenate(weights)


def _tail(units: int, pools: int, level: float) -> float:
    """The probability below the lower end: Phi(-sqrt(n / df) t) (Hesterberg 2015).

    t is the quantile of Student's distribution with df = units - pools degrees of freedom, and
    the root undoes the bootstrap's variance being too small by the factor df / n.
    """
    from scipy.special import ndtr, stdtrit

    freedom = units - pools
    t = stdtrit(freedom, (1 + level) / 2)
    return float(ndtr(-sqrt(units / freedom) * t))


def _quantile(values: Values, weights: Values, probability: float) -> float:
    """The least x with P(X <= x) >= probability.

    The upper end is the same of the negated values, so that negation mirrors an interval.
    """
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) >= probability * weights.sum()
    return float(values[order][np.argmax(reached)])
