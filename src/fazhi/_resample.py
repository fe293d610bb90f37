"""Confidence intervals by resampling documents.

Sentences of one document are alike, so whole documents are drawn; an interval from drawn
sentences is far too narrow. Of few documents every possible draw is enumerated with its
probability, as in Fisher and Hall, "Bootstrap algorithms for small samples" (Journal of
Statistical Planning and Inference 27, 1991): no seed, and no error of simulation.
"""

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement, islice
from math import factorial, sqrt

import numpy as np
from numpy.typing import NDArray

from fazhi._record import Record

Counts = NDArray[np.int64]
"""Additive counts: documents or resamples on the first axis, what was counted on the others."""
Values = NDArray[np.float64]
Statistic = Callable[[Counts], Values]
"""From counts (resamples, …) to values (resamples,), NaN where the value is undefined."""

_RESAMPLES = 10_000
_CELLS = 1_000_000


class Interval(Record):
    """A confidence interval; a mere point where every resample has the same value."""

    low: float
    """Lower end."""
    high: float
    """Upper end."""
    level: float
    """Nominal coverage."""
    documents: int
    """Documents that were resampled: those in which anything was counted."""
    resamples: int | None
    """Number of random resamples; None where all possible ones were enumerated."""
    left_out: float
    """Probability of the resamples in which the value is undefined; they were left out."""


def interval(
    counts: Counts,
    statistic: Statistic,
    *,
    level: float = 0.95,
    exact_up_to: int = 8,
    seed: int = 0,
) -> Interval | None:
    """The confidence interval of a statistic of summed counts.

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
    filled = counts[counts.any(axis=tuple(range(1, counts.ndim)))]
    documents = len(filled)
    if documents < 2:
        return None
    exact = documents <= exact_up_to
    step = max(1, _CELLS // (documents + filled[0].size))
    draws = _all(documents, step) if exact else _random(documents, step, seed)
    values, weights = _distribution(filled, statistic, draws)
    defined = ~np.isnan(values)
    if not defined.any():
        return None
    tail = _tail(documents, level)
    return Interval(
        low=_quantile(values[defined], weights[defined], tail),
        high=-_quantile(-values[defined], weights[defined], tail),
        level=level,
        documents=documents,
        resamples=None if exact else _RESAMPLES,
        left_out=float(weights[~defined].sum()),
    )


def ratio(numerator: NDArray[np.generic], denominator: NDArray[np.generic]) -> Values:
    """The quotient, element by element; NaN where the denominator is 0."""
    quotient = np.full(denominator.shape, np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    return quotient


Draws = Iterator[tuple[Counts, Values]]
"""How often each document is drawn (resamples, documents), and the resamples' probabilities."""


def _all(documents: int, step: int) -> Draws:
    """Every multiset of documents, with its multinomial probability."""
    factorials = np.array([factorial(number) for number in range(documents + 1)])
    multisets = combinations_with_replacement(range(documents), documents)
    while chunk := list(islice(multisets, step)):
        times = _times(np.array(chunk), documents)
        orders = factorial(documents) / factorials[times].prod(axis=1)
        yield times, orders / documents**documents


def _random(documents: int, step: int, seed: int) -> Draws:
    generator = np.random.default_rng(seed)
    for start in range(0, _RESAMPLES, step):
        size = min(step, _RESAMPLES - start)
        drawn = generator.integers(documents, size=(size, documents))
        yield _times(drawn, documents), np.full(size, 1 / _RESAMPLES)


def _times(drawn: Counts, documents: int) -> Counts:
    """How often each document stands in each row of drawn documents."""
    rows = np.arange(len(drawn))[:, None] * documents
    times = np.bincount((rows + drawn).ravel(), minlength=drawn.size)
    return times.reshape(-1, documents)


def _distribution(counts: Counts, statistic: Statistic, draws: Draws) -> tuple[Values, Values]:
    """The bootstrap distribution: values and their probabilities.

    The sums are formed chunk by chunk, so that memory holds one number for each resample.
    """
    values, weights = [], []
    for times, probabilities in draws:
        values.append(statistic(np.tensordot(times, counts, axes=1)))
        weights.append(probabilities)
    return np.concatenate(values), np.concatenate(weights)


def _tail(documents: int, level: float) -> float:
    """The probability below the lower end: Phi(-sqrt(n / (n - 1)) t) (Hesterberg 2015).

    t is the quantile of Student's distribution with n - 1 degrees of freedom, and the root
    undoes the bootstrap's variance being too small by the factor (n - 1) / n.
    """
    from scipy.special import ndtr, stdtrit

    t = stdtrit(documents - 1, (1 + level) / 2)
    return float(ndtr(-sqrt(documents / (documents - 1)) * t))


def _quantile(values: Values, weights: Values, probability: float) -> float:
    """The least x with P(X <= x) >= probability.

    The upper end is the same of the negated values, so that negation mirrors an interval.
    """
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) >= probability * weights.sum()
    return float(values[order][np.argmax(reached)])
