"""Predictions: their format, and the border at which they are checked.

Knows the corpus; baselines write the format and the scorer reads it.
"""

from fazhi.predictions._read import read_predictions, write_predictions
from fazhi.predictions._records import (
    PredictedEntity,
    PredictedFact,
    PredictedSpan,
    Prediction,
)

__all__ = [
    "PredictedEntity",
    "PredictedFact",
    "PredictedSpan",
    "Prediction",
    "read_predictions",
    "write_predictions",
]
