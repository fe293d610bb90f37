"""How far a system's probabilities of its entities can be trusted."""

import numpy as np

from fazhi._record import Record
from fazhi._resample import Values
from fazhi.eval._spans import Flags

_BINS = 10


class Bin(Record):
    """Predicted entities of nearly the same probability."""

    low: float
    """The least probability of the bin."""
    high: float
    """The greatest, which belongs to the next bin unless it is 1."""
    entities: int
    """Predicted entities in it."""
    score: float
    """Their mean probability."""
    correct: float
    """The share of them that is correct."""


class Calibration(Record):
    """Probabilities against what came true; 0 is best for both errors."""

    expected_error: float
    """Mean distance of probability and share correct over the bins, weighted by entities: the
    expected calibration error of Naeini, Cooper and Hauskrecht (AAAI 2015)."""
    brier: float
    """Mean squared distance of probability and truth (Brier 1950)."""
    bins: tuple[Bin, ...]
    """Ten bins of equal width, empty ones left out."""


def calibration(scores: Values, correct: Flags) -> Calibration | None:
    """The calibration of predicted entities; None where there are none.

    Args:
        scores: the probability that the system gave to each.
        correct: whether it is correct.
    """
    if not len(scores):
        return None
    places = np.minimum((scores * _BINS).astype(np.int64), _BINS - 1)
    bins = tuple(
        _bin(number, scores[places == number], correct[places == number])
        for number in np.unique(places).tolist()
    )
    return Calibration(
        expected_error=sum(b.entities * abs(b.score - b.correct) for b in bins) / len(scores),
        brier=float(np.mean((scores - correct) ** 2)),
        bins=bins,
    )


def _bin(number: int, scores: Values, correct: Flags) -> Bin:
    return Bin(
        low=number / _BINS,
        high=(number + 1) / _BINS,
        entities=len(scores),
        score=float(scores.mean()),
        correct=float(correct.mean()),
    )
