"""What every score is made of."""

from dataclasses import dataclass

from fazhi._resample import Counts, Statistic


@dataclass(frozen=True, slots=True)
class Figure:
    """A score: what adds up over segments, and what is computed from the sum."""

    counts: Counts
    """What was counted in each segment, (segments, …)."""
    statistic: Statistic
    """The values of many summed counts at once."""

    @property
    def value(self) -> float:
        """The score; NaN where it is undefined."""
        return float(self.statistic(self.counts.sum(axis=0)[None])[0])
