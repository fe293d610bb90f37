"""A score as what adds up and what is computed from the sum."""

from dataclasses import dataclass

from fazhi._resample import Counts, Statistic


@dataclass(frozen=True, slots=True)
class Figure:
    """A score: counts that add up over segments, and the statistic of their sum."""

    counts: Counts
    """What was counted in each segment, (segments, …)."""
    statistic: Statistic
    """From sums (sums, …) to values (sums,), NaN where a value is undefined."""

    @property
    def value(self) -> float:
        """The score itself; NaN where it is undefined."""
        return float(self.statistic(self.counts.sum(axis=0, keepdims=True))[0])
