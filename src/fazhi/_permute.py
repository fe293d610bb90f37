"""The paired permutation test: would the difference be as large if the systems were swapped?

Under the null hypothesis it makes no difference which system gave which output, so the counts of
the two are swapped, unit by unit, in every possible way (Yeh, "More accurate tests for the
statistical significance of result differences", COLING 2000). It needs no formula for the
variance and holds for any statistic of summed counts.
"""

from collections.abc import Iterator
from math import inf, sqrt

import numpy as np

from fazhi._draws import (
    RESAMPLES,
    Integers,
    chunks,
    random_groups,
    step_for,
    weighted_sums,
)
from fazhi._record import Record
from fazhi._resample import Counts, Groups, Statistic, Unit, Values, document_sums, filled

SIGNIFICANT = 0.05
"""The level below which a p-value counts as significant."""
FEWEST_SWAPPED = 6
"""The fewest documents that are swapped: of 6, the least possible p is 2 / 2^6 = 0.031."""

_EXACT_UP_TO = 16
_POWER_QUANTILE = 0.8416212335729143
_ROUNDING = 1e-12


class PairedTest(Record):
    """The result of a paired permutation test, two-sided."""

    difference: float
    """Value of the left system minus that of the right one."""
    p_value: float
    """Probability, under the null hypothesis, of a difference at least as large either way."""
    unit: Unit
    """What was swapped. Documents: is the one better on documents of this kind? Segments: is it
    better on these same documents?"""
    swapped: int
    """Number of units in which the systems differ; to swap others changes nothing."""
    resamples: int | None
    """Number of random swaps; None where all possible ones were enumerated."""
    least_p: float
    """The smallest p that this test could give."""
    critical: float | None
    """The smallest difference with p < 0.05; None where there is none."""
    detectable: float | None
    """The difference that would be found, as p < 0.05, with a probability of about 80%."""


def paired_test(
    left: Counts, right: Counts, groups: Groups, statistic: Statistic, *, seed: int = 0
) -> PairedTest | None:
    """The paired permutation test between two systems on the same segments.

    With at least six documents in which anything was counted, whole documents are swapped. The
    test then answers whether the one system would be better on other documents of the kind. Of
    fewer documents no swap of documents could ever give p < 0.05 (two documents: 1/2), so
    segments are swapped. The test then answers whether the one system is better on these
    documents, given that segments are independent; it says nothing about other documents.

    All swaps are enumerated where the systems differ in at most 16 units. Else 10,000 random
    ones are drawn and the observed one is counted among them, without which p could be 0 and
    the test too liberal (Phipson and Smyth, "Permutation P-values Should Never Be Zero",
    Statistical Applications in Genetics and Molecular Biology 9, 2010). More than 2,000 units
    are swapped in 2,000 random groups, which is as valid. Swaps that leave the value of a
    system undefined are left out.

    `critical` and `detectable` say what a test set of this size can show (Card et al., "With
    Little Power Comes Great Responsibility", EMNLP 2020). `detectable` is an approximation:
    critical + 0.84 s, where s is the standard deviation of the null distribution, which is taken
    for that of the difference, and the difference for normally distributed.

    Args:
        left: what was counted of the one system in each segment, (segments, …).
        right: of the other system, of the same shape.
        groups: the document of each segment, (segments,).
        statistic: the values of many summed counts at once.
        seed: seed of the random swaps.

    Returns:
        The result; None where the value of a system is undefined.
    """
    pairs = np.stack([left, right], axis=1)
    total = pairs.sum(axis=0)
    values = statistic(total)
    if np.isnan(values).any():
        return None
    unit, units = _units(pairs, groups)
    exact = len(units) <= _EXACT_UP_TO
    gaps = random_groups(units[:, 1] - units[:, 0], seed)
    null = _null(total, gaps, statistic, _swaps(gaps, exact, seed))
    difference, critical = float(values[0] - values[1]), _critical(null, exact)
    spread = sqrt(np.mean(null**2))
    return PairedTest(
        difference=difference,
        p_value=_p_value(null, abs(difference), exact),
        unit=unit,
        swapped=len(units),
        resamples=None if exact else RESAMPLES,
        least_p=_p_value(null, null[-1] if exact else inf, exact),
        critical=critical,
        detectable=None if critical is None else critical + _POWER_QUANTILE * spread,
    )


def _units(pairs: Counts, groups: Groups) -> tuple[Unit, Counts]:
    """What is swapped, (units, 2, …): the documents or segments in which the systems differ."""
    documents = document_sums(pairs, groups)
    by_document = np.count_nonzero(filled(documents)) >= FEWEST_SWAPPED
    units = documents if by_document else pairs
    return "document" if by_document else "segment", units[filled(units[:, 0] != units[:, 1])]


def _null(
    total: Counts, gaps: Counts, statistic: Statistic, all_swaps: Iterator[Integers]
) -> Values:
    """The absolute differences under swaps, sorted.

    Args:
        total: the sums of either system, (2, …).
        gaps: right minus left of what is swapped, (units, …).
        statistic: the values of many summed counts at once.
        all_swaps: chunks of swaps.
    """
    values = []
    for swaps in all_swaps:
        moved = weighted_sums(swaps, gaps)
        values.append(np.abs(statistic(total[0] + moved) - statistic(total[1] - moved)))
    null = np.concatenate(values)
    return np.sort(null[~np.isnan(null)])


def _swaps(units: Counts, exact: bool, seed: int) -> Iterator[Integers]:
    step = step_for(units)
    return _all_swaps(len(units), step) if exact else _random_swaps(len(units), step, seed)


def _all_swaps(units: int, step: int) -> Iterator[Integers]:
    """Which units are swapped, 0 or 1, (swaps, units), in every way, in chunks.

    Only swaps that leave the last unit: the others mirror them.
    """
    half = 2 ** max(units - 1, 0)
    for start in range(0, half, step):
        codes = np.arange(start, min(start + step, half))
        yield (codes[:, None] >> np.arange(units)) & 1


def _random_swaps(units: int, step: int, seed: int) -> Iterator[Integers]:
    generator = np.random.default_rng(seed)
    return (generator.integers(2, size=(size, units)) for size in chunks(step))


def _p_value(null: Values, difference: float, exact: bool) -> float:
    return float(_p_values(null, np.array([difference]), exact)[0])


def _p_values(null: Values, differences: Values, exact: bool) -> Values:
    """The p of absolute differences: how much of the null distribution reaches them."""
    reached = len(null) - np.searchsorted(null, differences - _ROUNDING)
    p_values: Values = (reached + (not exact)) / (len(null) + (not exact))
    return p_values


def _critical(null: Values, exact: bool) -> float | None:
    significant = null[_p_values(null, null, exact) < SIGNIFICANT]
    return float(significant[0]) if significant.size else None
