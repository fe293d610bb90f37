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
from fazhi.eval import IndicatorError, indicator_errors, read_result
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
    rows = tuple(
        (
            _title(files[name]),
            label,
            *(_mean([each[label][error] for each in seeds]) for error in ERRORS),
        )
        for name in _ERRORS_OF
        if (seeds := [_errors(path) for path in files.get(name, [])])
        for label in ENTITY_LABELS
    )
    header = ("system", "type", *ERRORS.values())
    return Grid("", header, rows, caption=f"Mean numbers over the seeds; {ERRORS_CAPTION}")


def _errors(path: Path) -> dict[str, dict[str, int]]:
    scores = read_result(path).scores.entities
    return scores.errors if scores else {}


def indicator_error_grid(baselines: Path) -> Grid:
    """Errors at facts of the METRICs that a system has found: the mean number over the seeds."""
    examples = examples_of("fixed")
    segments = [each.segment for each in examples]
    rows = []
    for seeds in result_files(baselines, "fixed").values():
        if read_result(seeds[0]).scores.facts is None:
            continue
        predicted = [read_predictions(path.with_suffix(".jsonl"), segments) for path in seeds]
        found = [indicator_errors(examples, each) for each in predicted]
        rows.append(
            (
                _title(seeds),
                *(_mean([each[error] for each in found]) for error in _INDICATOR_ERRORS),
            )
        )
    gold = sum(len(each.gold.facts) for each in examples)
    caption = f"Mean numbers over the seeds, of {gold} facts; each error once"
    return Grid("", ("system", *_INDICATOR_ERRORS.values()), tuple(rows), caption=caption)


def _title(seeds: Sequence[Path]) -> str:
    first = read_result(seeds[0])
    return with_data(first.run.system, first)


def _mean(numbers: Sequence[int]) -> str:
    return f"{fmean(numbers):.1f}"
