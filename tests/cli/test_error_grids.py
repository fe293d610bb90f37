"""What goes wrong on the test reports, as tables."""

from statistics import fmean

import pytest

from fazhi._paths import room
from fazhi.cli._error_grids import error_grid, indicator_error_grid
from fazhi.cli._published import result_files
from fazhi.cli._runs import examples_of
from fazhi.corpus import ENTITY_LABELS
from fazhi.predictions import (
    PredictedEntity,
    PredictedFact,
    PredictedSpan,
    Prediction,
    read_predictions,
)
from makers import make_example
from published import publish


def test_errors_are_counted_by_type_and_class(tmp_path):
    due = examples_of("fixed")
    entities = sum(len(each.gold.entities) for each in due)
    for name in ("crf", "bert-mini-crf"):
        publish(tmp_path, due, name=name, protocol="fixed", seeds=2, found=[1.0, 0.0])
    grid = error_grid(tmp_path)
    rows = [dict(zip(grid.header, row, strict=True)) for row in grid.rows]
    assert [(row["system"], row["type"]) for row in rows] == [
        (name, label) for name in ("crf", "bert-mini-crf") for label in ENTITY_LABELS
    ]
    # one seed finds all, the other misses all: half of the entities are missed in the mean
    assert sum(float(row["FN"]) for row in rows[:3]) == entities / 2
    assert {row[error] for row in rows for error in ("LE", "BE", "LBE", "FP")} == {"0.0"}


def facts_wrong(example, share):
    """The first facts of a segment wrong, each in a way of its own; all right for a share of 1."""
    facts = [
        PredictedFact(metric=_span(fact.metric), indicator=_span(fact.indicator))
        for fact in example.gold.facts
    ]
    for number, change in enumerate(WRONG if share < 1 else ()):
        facts[number] = change(facts[number])
    said = tuple(each for each in facts if each)
    metrics = tuple(
        PredictedEntity(start=each.metric.start, end=each.metric.end, label="METRIC")
        for each in said
    )
    return Prediction(id=example.segment.id, entities=metrics, facts=said)


def _span(span):
    return span and PredictedSpan(start=span.start, end=span.end)


def _moved(start, end):
    def change(fact):
        place = fact.indicator
        found = PredictedSpan(start=place.start + start, end=place.end + end)
        return fact.model_copy(update={"indicator": found})

    return change


def _without(fact):
    return fact.model_copy(update={"indicator": None})


def _elsewhere(fact):
    found = PredictedSpan(start=fact.metric.start - 1, end=fact.metric.end)
    return fact.model_copy(update={"metric": found})


WRONG = (
    *[_moved(1, 0)] * 1,
    *[_moved(0, 1)] * 2,
    *[_moved(1, 1)] * 3,
    *[_without] * 4,
    *[lambda _: None] * 5,
    _elsewhere,
)


def test_indicators_are_wrong_in_the_way_that_the_column_says(tmp_path, monkeypatch):
    numbers = range(10, 10 + len(WRONG) + 2)
    made_up = make_example(
        "".join(f"办理甲{number}类案件共{number}件，" for number in numbers),
        *((f"{number}件", "METRIC", "count") for number in numbers),
        facts=tuple((f"{n}件", f"甲{n}类案件", f"{n} 件") for n in numbers),
    )
    due = [made_up]
    monkeypatch.setattr("fazhi.cli._error_grids.examples_of", lambda _: due)
    publish(tmp_path, due, protocol="fixed", seeds=2, found=[0.0, 1.0], predict=facts_wrong)
    grid = indicator_error_grid(tmp_path)
    (row,) = (dict(zip(grid.header, each, strict=True)) for each in grid.rows)
    # in the one of two seeds: 5 are left out; one has a METRIC of its own, so that the gold one
    # is missed, too
    assert row == {
        "system": "crf",
        "METRIC missed": "3.0",
        "no METRIC": "0.5",
        "no indicator": "2.0",
        "needless one": "0.0",
        "too short": "0.5",
        "too long": "1.0",
        "elsewhere": "1.5",
    }


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
