"""Indicators are scored by characters, values as a whole, both end to end and on gold METRICs."""

import pytest

from fazhi._paths import room
from fazhi.corpus import parse_value, read_annotations
from fazhi.errors import MismatchError
from fazhi.eval import score
from fazhi.predictions import PredictedEntity, PredictedFact, PredictedSpan, Prediction
from makers import make_example

GOLD = make_example(
    "受理案件5件，结案率达90%。",
    ("5件", "METRIC", "count"),  # 4-6
    ("90%", "METRIC", "ratio"),  # 11-14
    facts=(("5件", "案件", "5 件"), ("90%", "结案率", "90 %")),  # 2-4, 7-10
)


def fact(metric, indicator, value):
    start, end = metric
    return PredictedFact(
        metric=PredictedSpan(start=start, end=end),
        indicator=PredictedSpan(start=indicator[0], end=indicator[1]) if indicator else None,
        value=parse_value(value) if value else None,
    )


def scored(*facts, on_gold=False):
    metrics = tuple(
        PredictedEntity(start=each.metric.start, end=each.metric.end, label="METRIC")
        for each in facts
    )
    name = "facts_on_gold" if on_gold else "facts"
    said = Prediction(id=GOLD.segment.id, entities=metrics, **{name: facts})
    return getattr(score([GOLD], [said]), name)


def test_all_right():
    found = scored(fact((4, 6), (2, 4), "5 件"), fact((11, 14), (7, 10), "90 %"))
    assert (found.indicator_f1, found.value_accuracy, found.support) == (1, 1, 2)


def test_an_indicator_may_be_half_right():
    # gold 2 + 3 characters, predicted 4 + 0, shared 2: F1 = 2 * 2 / (5 + 4)
    found = scored(fact((4, 6), (0, 4), "5 件"), fact((11, 14), None, None))
    assert found.indicator_f1 == pytest.approx(4 / 9)
    assert found.value_accuracy == 1 / 2


def test_a_fact_of_no_gold_metric_costs_its_characters():
    # gold 5, predicted 2 + 2, shared 2
    found = scored(fact((4, 6), (2, 4), "5 件"), fact((0, 2), (2, 4), "2 件"))
    assert found.indicator_f1 == pytest.approx(4 / 9)
    assert found.value_accuracy == 1 / 2


def test_a_value_is_right_as_a_whole():
    wrong = ["5 次", "~5 件", "5.. 件", "6 件"]
    assert [scored(fact((4, 6), None, value)).value_accuracy for value in wrong] == [0, 0, 0, 0]


def test_characters_elsewhere_are_not_shared():
    assert scored(fact((4, 6), (7, 10), "5 件")).indicator_f1 == 0


def test_no_indicator_anywhere_scores_nothing():
    found = scored(fact((4, 6), None, "5 件"), fact((11, 14), None, "90 %"))
    assert (found.indicator_f1, found.value_accuracy) == (0, 1)


def test_facts_on_gold_are_a_task_of_their_own():
    found = scored(fact((4, 6), (2, 4), "5 件"), on_gold=True)
    assert found.value_accuracy == 1 / 2
    said = Prediction(id=GOLD.segment.id, entities=())
    assert score([GOLD], [said]).facts is score([GOLD], [said]).facts_on_gold is None


def test_a_fact_on_gold_of_no_gold_metric_is_refused():
    with pytest.raises(
        MismatchError, match=r"1 spans that are no METRIC of the gold.*\n  made-2020-s001: 0:2"
    ):
        scored(fact((0, 2), None, "2 件"), on_gold=True)


def test_the_second_annotator_agrees_as_far_as_the_agreement_says(gold):
    """Layer b as if it were a system's: the same figures as by the agreement, other code."""
    said = [_as_prediction(each) for each in _layer_b(gold)]
    found = score(gold, said)
    # 303 facts with METRICs alike, every value the same
    assert found.facts.value_accuracy == found.facts_on_gold.value_accuracy == 1
    assert found.facts.indicator_f1 == found.facts_on_gold.indicator_f1 > 0.98
    assert found.entities.per_type["METRIC"].f1 == 1


def _layer_b(gold):
    folder = room("annotation") / "layers" / "b"
    reports = dict.fromkeys(each.segment.report for each in gold)
    return [
        annotation
        for report in reports
        for annotation in read_annotations(
            folder / f"{report}.jsonl", [e.segment for e in gold if e.segment.report == report]
        )
    ]


def _as_prediction(annotation):
    def span(found):
        return found and PredictedSpan(start=found.start, end=found.end)

    facts = tuple(
        PredictedFact(metric=span(f.metric), indicator=span(f.indicator), value=f.value)
        for f in annotation.facts
    )
    entities = tuple(
        PredictedEntity(start=e.start, end=e.end, label=e.label) for e in annotation.entities
    )
    return Prediction(id=annotation.id, entities=entities, facts=facts, facts_on_gold=facts)
