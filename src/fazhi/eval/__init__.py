"""Evaluation: official scores of predictions, and the records that hold them.

Artifacts: the `eval/` room. Knows the corpus and the prediction format, and no model.
"""

from fazhi.eval._result import (
    Provenance,
    Result,
    Run,
    largest_difference,
    make_result,
    read_result,
    write_result,
)
from fazhi.eval._score import (
    SCORER,
    EntityScore,
    EntityScores,
    Scores,
    SectionScore,
    headline,
    score,
)

__all__ = [
    "SCORER",
    "EntityScore",
    "EntityScores",
    "Provenance",
    "Result",
    "Run",
    "Scores",
    "SectionScore",
    "headline",
    "largest_difference",
    "make_result",
    "read_result",
    "score",
    "write_result",
]
