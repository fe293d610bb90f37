"""How often each unit is drawn: in every possible resample, or in random ones."""

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement, islice
from math import factorial, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Draws = Iterator[tuple[Integers, NDArray[np.float64]]]
"""How often each unit is drawn (resamples, units), and the resamples' probabilities."""

RESAMPLES = 10_000
"""Number of random resamples."""

_CELLS = 100_000
_POOL = 2_000


def all_draws(units: int, step: int) -> Draws:
    """Every multiset of as many units, with its multinomial probability, in chunks."""
    factorials = np.array([factorial(number) for number in range(units + 1)])
    multisets = combinations_with_replacement(range(units), units)
    while chunk := list(islice(multisets, step)):
        times = _times(np.array(chunk), units)
        orders = factorial(units) / factorials[times].prod(axis=1)
        yield times, orders / units**units


def random_draws(pools: Sequence[int], step: int, seed: int) -> Draws:
    """Random resamples, as many units from each pool as it has, in chunks."""
    generator = np.random.default_rng(seed)
    for size in chunks(step):
        drawn = [_times(generator.integers(units, size=(size, units)), units) for units in pools]
        yield np.concatenate(drawn, axis=1), np.full(size, 1 / RESAMPLES)


def chunks(step: int) -> Iterator[int]:
    """Sizes, each at most a step, that add up to the number of random resamples."""
    for start in range(0, RESAMPLES, step):
        yield min(step, RESAMPLES - start)


def step_for(counts: NDArray[Any]) -> int:
    """How many resamples of these units are formed at once: as many as a processor has at hand."""
    return max(1, _CELLS // (len(counts) + prod(counts.shape[1:])))


def weighted_sums(times: Integers, counts: NDArray[Any]) -> NDArray[Any]:
    """The sums of counts (units, …) taken so many times (resamples, units): (resamples, …).

    As a product of floats, which is several times as fast as one of integers and just as exact
    below 2^53.
    """
    cells = counts.reshape(len(counts), prod(counts.shape[1:])).astype(np.float64)
    if counts.dtype == np.int64:
        assert times.sum(axis=1).max() * np.abs(counts).max(initial=0) < 2**53
    sums = times.astype(np.float64) @ cells
    return sums.reshape(len(times), *counts.shape[1:]).astype(counts.dtype)


def random_groups(counts: NDArray[Any], seed: int) -> NDArray[Any]:
    """At most 2,000 units that stand for any number: sums over random groups of equal size.

    The method of random groups (Wolter, Introduction to Variance Estimation, 2nd edition 2007,
    chapter 2): sums over random groups vary as the units do, with fewer degrees of freedom.
    2,000 groups give a standard error to within 1.6% (1 / sqrt(2 * 1,999)), about what 10,000
    random resamples do, and the cost of resampling no longer grows with the number of units.
    """
    if len(counts) <= _POOL:
        return counts
    group = np.random.default_rng(seed).permutation(len(counts)) % _POOL
    return sums_by(counts, group, _POOL)


def sums_by(counts: NDArray[Any], group: Integers, groups: int) -> NDArray[Any]:
    """Counts (units, …) added up over the units of each group: (groups, …)."""
    sums = np.zeros((groups, *counts.shape[1:]), dtype=counts.dtype)
    np.add.at(sums, group, counts)
    return sums


def _times(drawn: Integers, units: int) -> Integers:
    """How often each unit stands in each row of drawn units."""
    rows = np.arange(len(drawn))[:, None] * units
    times = np.bincount((rows + drawn).ravel(), minlength=drawn.size)
    return times.reshape(-1, units)
