"""What goes wrong on the test reports, by class of error."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

from fazhi.cli._grids import Grid
from fazhi.cli._published import result_files
from fazhi.cli._runs import examples_of
from fazhi.cli._score_grids import with_data
from fazhi.cli._verdict import ERRORS, ERRORS_CAPTION
from fazhi.corpus import ENTITY_LABELS
from fazhi.eval import IndicatorError, Result, indicator_errors, read_result
from fazhi.predictions import read_predictions

_ERRORS_OF = ("crf", "bert-mini-crf")
_INDICATOR_ERRORS: Mapping[IndicatorError, str] = {
    "missed": "METRIC missed",
    "spurious": "no METRIC",
    "absent": "no indicator",
    "needless": "needless one",
    "short": "too short",
    "long": "too long",
    "other": "elsewhere",
}


def error_grid(baselines: Path) -> Grid:
    """Errors at entities, by type: the mean number over the seeds."""
    files = result_files(baselines, "fixed")
    found = [list(map(read_result, files[name])) for name in _ERRORS_OF if name in files]
    rows = tuple(
        (
            _title(results[0]),
            label,
            *(_mean([_errors(each)[label][error] for each in results]) for error in ERRORS),
        )
        for results in found
        for label in ENTITY_LABELS
    )
    header = ("system", "type", *ERRORS.values())
    return Grid("", header, rows, caption=f"Mean numbers over the seeds; {ERRORS_CAPTION}")


def _errors(result: Result) -> dict[str, dict[str, int]]:
    scores = result.scores.entities
    return scores.errors if scores else {}


def indicator_error_grid(baselines: Path) -> Grid:
    """Errors at facts of the METRICs that a system has found: the mean number over the seeds."""
    examples = examples_of("fixed")
    segments = [each.segment for each in examples]
    rows = []
    for seeds in result_files(baselines, "fixed").values():
        first = read_result(seeds[0])
        if first.scores.facts is None:
            continue
        predicted = [read_predictions(path.with_suffix(".jsonl"), segments) for path in seeds]
        found = [indicator_errors(examples, each) for each in predicted]
        rows.append(
            (
                _title(first),
                *(_mean([each[error] for each in found]) for error in _INDICATOR_ERRORS),
            )
        )
    gold = sum(len(each.gold.facts) for each in examples)
    caption = f"Mean numbers over the seeds, of {gold} facts; each error once"
    return Grid("", ("system", *_INDICATOR_ERRORS.values()), tuple(rows), caption=caption)


def _title(result: Result) -> str:
    return with_data(result.run.system, result)


def _mean(numbers: Sequence[int]) -> str:
    return f"{fmean(numbers):.1f}"
