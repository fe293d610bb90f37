"""Predictions: their format, and the border at which submissions are read and checked.

Knows the corpus; baselines write the format and the scorer reads it.
"""

from fazhi.predictions._bio import read_bio
from fazhi.predictions._function import from_function
from fazhi.predictions._intake import TASKS, Task
from fazhi.predictions._jsonl import check_predictions
from fazhi.predictions._problems import accept
from fazhi.predictions._program import from_program
from fazhi.predictions._read import read_predictions, read_submission
from fazhi.predictions._reading import (
    Dropped,
    Overlaps,
    Policy,
    Problem,
    Reading,
    Repair,
    Truncated,
)
from fazhi.predictions._records import (
    PredictedEntity,
    PredictedFact,
    PredictedSpan,
    Prediction,
)
from fazhi.predictions._write import prediction_line, write_predictions

__all__ = [
    "TASKS",
    "Dropped",
    "Overlaps",
    "Policy",
    "PredictedEntity",
    "PredictedFact",
    "PredictedSpan",
    "Prediction",
    "Problem",
    "Reading",
    "Repair",
    "Task",
    "Truncated",
    "accept",
    "check_predictions",
    "from_function",
    "from_program",
    "prediction_line",
    "read_bio",
    "read_predictions",
    "read_submission",
    "write_predictions",
]
