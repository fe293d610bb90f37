"""What goes wrong on the test reports, as tables."""

from statistics import fmean

import pytest

from fazhi._paths import room
from fazhi.cli._error_grids import error_grid, indicator_error_grid
from fazhi.cli._published import result_files
from fazhi.cli._runs import examples_of
from fazhi.predictions import read_predictions
from published import publish


def test_errors_are_counted_by_type_and_class(tmp_path):
    due = examples_of("fixed")
    entities = sum(len(each.gold.entities) for each in due)
    publish(tmp_path, due, protocol="fixed", seeds=2, found=[1.0, 0.0])
    rows = error_grid(tmp_path).rows
    assert [row[:2] for row in rows] == [("crf", "AGENCY"), ("crf", "LEGAL"), ("crf", "METRIC")]
    # one seed finds all, the other misses all: half of the entities are missed in the mean
    assert sum(float(row[5]) for row in rows) == entities / 2
    assert {cell for row in rows for cell in (*row[2:5], row[6])} == {"0.0"}


def test_the_rest_of_the_facts_is_right():
    baselines, due = room("baselines"), examples_of("fixed")
    name = "bert-mini-multitask"
    predicted = [
        read_predictions(path.with_suffix(".jsonl"), [each.segment for each in due])
        for path in result_files(baselines, "fixed")[name]
    ]
    right = fmean(
        len(set(map(_places, example.gold.facts)) & set(map(_places, said.facts)))
        for seed in predicted
        for example, said in zip(due, seed, strict=True)
    ) * len(due)
    (row,) = (row for row in indicator_error_grid(baselines).rows if row[0].startswith(name))
    missed, _, *others = map(float, row[1:])
    # each cell is rounded to a tenth
    assert sum(len(each.gold.facts) for each in due) - missed - sum(others) == pytest.approx(
        right, abs=0.4
    )


def _places(fact):
    return fact.metric.place, fact.indicator and fact.indicator.place


def test_systems_without_facts_have_no_row(tmp_path):
    publish(tmp_path, examples_of("fixed"), protocol="fixed", found=[1.0])
    assert indicator_error_grid(tmp_path).rows == ()
