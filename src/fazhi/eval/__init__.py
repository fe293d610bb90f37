"""Evaluation: official scores of predictions, and the records that hold them.

Artifacts: the `eval/` room. Knows the corpus and the prediction format, and no model.
"""

from fazhi.eval._calibration import Bin, Calibration
from fazhi.eval._compare import Comparison, Seeds, compare, pool_seeds, summarise_seeds
from fazhi.eval._count import count_strict, count_tags
from fazhi.eval._coverage import (
    Coverage,
    CoverageRecord,
    achieved,
    coverage_record,
    coverage_warning,
)
from fazhi.eval._cross_check import cross_check
from fazhi.eval._entities import EntityScore, EntityScores, KindScore
from fazhi.eval._fact_errors import IndicatorError, indicator_errors
from fazhi.eval._figure import Figure
from fazhi.eval._figures import figures
from fazhi.eval._leaderboard import Leaderboard, Standing, Table, make_leaderboard
from fazhi.eval._lost import lost_entities
from fazhi.eval._page import check_page_tools, report_page
from fazhi.eval._result import (
    Cost,
    Handling,
    Provenance,
    Result,
    Run,
    largest_difference,
    make_result,
    read_result,
    write_result,
)
from fazhi.eval._score import SCORER, FactScore, Scores, SectionScore, headline, score
from fazhi.eval._slices import Surfaces, surfaces_of
from fazhi.eval._spans import Spans, spans_of_tags
from fazhi.eval._submission import Submission, check_submission
from fazhi.eval._submission_card import CARD_TEMPLATE, SystemCard
from fazhi.eval._submission_store import read_submissions, write_submission
from fazhi.eval._tally import Tally, tally

__all__ = [
    "CARD_TEMPLATE",
    "SCORER",
    "Bin",
    "Calibration",
    "Comparison",
    "Cost",
    "Coverage",
    "CoverageRecord",
    "EntityScore",
    "EntityScores",
    "FactScore",
    "Figure",
    "Handling",
    "IndicatorError",
    "KindScore",
    "Leaderboard",
    "Provenance",
    "Result",
    "Run",
    "Scores",
    "SectionScore",
    "Seeds",
    "Spans",
    "Standing",
    "Submission",
    "Surfaces",
    "SystemCard",
    "Table",
    "Tally",
    "achieved",
    "check_page_tools",
    "check_submission",
    "compare",
    "count_strict",
    "count_tags",
    "coverage_record",
    "coverage_warning",
    "cross_check",
    "figures",
    "headline",
    "indicator_errors",
    "largest_difference",
    "lost_entities",
    "make_leaderboard",
    "make_result",
    "pool_seeds",
    "read_result",
    "read_submissions",
    "report_page",
    "score",
    "spans_of_tags",
    "summarise_seeds",
    "surfaces_of",
    "tally",
    "write_result",
    "write_submission",
]
