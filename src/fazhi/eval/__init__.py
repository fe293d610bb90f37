"""Evaluation: official scores of predictions, and the records that hold them.

Artifacts: the `eval/` room. Knows the corpus and the prediction format, and no model.
"""

from fazhi.eval._compare import Comparison, Seeds, compare, pool_seeds, summarise_seeds
from fazhi.eval._coverage import (
    Coverage,
    CoverageRecord,
    achieved,
    coverage_record,
    coverage_warning,
)
from fazhi.eval._figure import Figure
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
    "Comparison",
    "Coverage",
    "CoverageRecord",
    "EntityScore",
    "EntityScores",
    "Figure",
    "Provenance",
    "Result",
    "Run",
    "Scores",
    "SectionScore",
    "Seeds",
    "achieved",
    "compare",
    "coverage_record",
    "coverage_warning",
    "headline",
    "largest_difference",
    "make_result",
    "pool_seeds",
    "read_result",
    "score",
    "summarise_seeds",
    "write_result",
]
