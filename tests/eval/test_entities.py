"""What is said of the entities beside the official score, with every figure derived by hand."""

import pytest

from fazhi.eval import score, surfaces_of
from fazhi.predictions import PredictedEntity, Prediction
from makers import make_example

FIRST = make_example(
    "县司法局依据宪法办理案件5件，整改12项。",
    ("县司法局", "AGENCY", "government"),  # 0-4
    ("宪法", "LEGAL", "law"),  # 6-8
    ("5件", "METRIC", "count"),  # 12-14
    ("12项", "METRIC", "count"),  # 17-20
    name="first-2020-s001",
    topic="oversight",
)
SECOND = make_example(
    "县委召开会议3次。",
    ("县委", "AGENCY", "party"),  # 0-2
    ("3次", "METRIC", "count"),  # 6-8
    name="second-2020-s001",
)
GOLD = [FIRST, SECOND]


def predicted(*spans, of=FIRST, **sections):
    entities = tuple(
        PredictedEntity(start=s, end=e, label=label, score=p) for s, e, label, p in spans
    )
    return Prediction(id=of.segment.id, entities=entities, **sections)


SAID = [
    predicted(
        (0, 3, "AGENCY", 0.9),  # boundary: 县司法 for 县司法局
        (6, 8, "METRIC", 0.5),  # label
        (12, 14, "METRIC", 1.0),  # correct
        (15, 17, "AGENCY", 0.2),  # spurious
        (18, 20, "LEGAL", 0.6),  # both
        role="work",
        topic="general",
    ),
    predicted((0, 2, "AGENCY", 0.8), of=SECOND, role="work", topic="general"),  # 3次 missed
]
FOUND = score(GOLD, SAID).entities


def test_the_counts_that_everything_follows_from():
    micro = FOUND.micro
    assert (micro.support, micro.predicted, micro.correct) == (6, 6, 2)
    # P = R = F1 = 2/6
    assert micro.precision == micro.recall == micro.f1 == pytest.approx(1 / 3)


def test_each_error_is_counted_once_by_its_gold_type():
    names = ("label", "boundary", "both", "missed", "spurious")
    assert FOUND.errors == {
        "AGENCY": dict(zip(names, (0, 1, 0, 0, 1), strict=True)),
        "LEGAL": dict(zip(names, (1, 0, 0, 0, 0), strict=True)),
        "METRIC": dict(zip(names, (0, 0, 1, 1, 0), strict=True)),
    }


def test_the_confusion_of_types_counts_pairs():
    rows = {name: {k: v for k, v in row.items() if v} for name, row in FOUND.confusion.items()}
    assert rows == {
        "AGENCY": {"AGENCY": 2},
        "LEGAL": {"METRIC": 1},
        "METRIC": {"METRIC": 1, "LEGAL": 1, "-": 1},
        "-": {"AGENCY": 1},
    }


def test_the_lenient_scores_forgive_one_thing_each():
    # of 6 gold and 6 predicted: 2 correct, 1 of another label, 1 of another boundary
    assert FOUND.same_span_f1 == pytest.approx(2 * 3 / 12)
    assert FOUND.same_type_f1 == pytest.approx(2 * 3 / 12)


def test_the_fair_score_counts_a_wrong_pair_once():
    # 2 correct; 3 wrong pairs, 1 missed, 1 spurious: 2 * 2 / (2 * 2 + 5)
    assert FOUND.fair_f1 == pytest.approx(4 / 9)


def test_the_mean_over_types_is_over_all_three():
    # AGENCY: gold 2, predicted 3, correct 1: F1 2/5; LEGAL 0; METRIC: gold 3, predicted 2, 1: 2/5
    assert FOUND.macro_f1 == pytest.approx((2 / 5 + 0 + 2 / 5) / 3)


def test_kinds_have_a_recall():
    kinds = {name: (each.recall, each.support) for name, each in FOUND.per_kind.items()}
    assert kinds == {
        "AGENCY.party": (1, 1),
        "AGENCY.government": (0, 1),
        "LEGAL.law": (0, 1),
        "METRIC.count": (pytest.approx(1 / 3), 3),
    }


def test_reports_are_scored_apart():
    # first: gold 4, predicted 5, correct 1: 2/9; second: gold 2, predicted 1, correct 1: 2/3
    found = {name: each.f1 for name, each in FOUND.per_report.items()}
    assert found == {"first-2020": pytest.approx(2 / 9), "second-2020": pytest.approx(2 / 3)}


def test_lengths_are_scored_apart():
    # to 3: gold 宪法 5件 12项 县委 3次; predicted 县司法 宪法 5件 整改 2项 县委; correct 2
    short, middle = FOUND.parts["1-3 characters"], FOUND.parts["4-5 characters"]
    assert (short.support, short.predicted, short.correct) == (5, 6, 2)
    # 县司法局
    assert (middle.support, middle.predicted, middle.correct) == (1, 0, 0)
    total = sum(each.support for name, each in FOUND.parts.items() if "characters" in name)
    assert total == FOUND.micro.support


def test_unseen_entities_are_scored_apart_by_label_and_surface():
    train = [
        make_example(
            "宪法规定5件，县委整改。", ("宪法", "LEGAL", "law"), ("县委", "AGENCY", "party")
        )
    ]
    parts = score(GOLD, SAID, surfaces_of(train)).entities.parts
    seen, unseen = parts["seen in train"], parts["unseen in train"]
    # gold LEGAL 宪法 and AGENCY 县委 are seen; METRIC 宪法 is not
    assert (seen.support, seen.predicted, seen.correct) == (2, 1, 1)
    assert (unseen.support, unseen.predicted, unseen.correct) == (4, 5, 1)
    assert "seen in train" not in FOUND.parts


def test_an_entity_counts_jointly_where_role_and_topic_are_right():
    # the topic of the first segment is wrong; of the second all is right: 县委 of 6 and 6
    assert (FOUND.joint.correct, FOUND.joint.support, FOUND.joint.predicted) == (1, 6, 6)
    without = [each.model_copy(update={"role": None}) for each in SAID]
    assert score(GOLD, without).entities.joint is None


def test_calibration_compares_probabilities_with_what_came_true():
    # 0.9 wrong, 0.5 wrong, 1.0 right, 0.2 wrong, 0.6 wrong, 0.8 right; 0.9 and 1.0 share a bin
    # mean square: (0.81 + 0.25 + 0 + 0.04 + 0.36 + 0.04) / 6
    assert FOUND.calibration.brier == pytest.approx(1.5 / 6)
    # bins: 0.2: |0.2 - 0|, 0.5, 0.6, 0.8: |0.8 - 1|, and 0.9 with 1.0: 2 * |0.95 - 0.5|
    assert FOUND.calibration.expected_error == pytest.approx((0.2 + 0.5 + 0.6 + 0.2 + 0.9) / 6)
    assert [each.entities for each in FOUND.calibration.bins] == [1, 1, 1, 1, 2]


def test_there_is_no_calibration_where_a_probability_is_missing():
    entities = (*SAID[1].entities, PredictedEntity(start=6, end=8, label="METRIC"))
    unsure = [SAID[0], SAID[1].model_copy(update={"entities": entities})]
    assert score(GOLD, unsure).entities.calibration is None


def test_nothing_predicted_and_nothing_there():
    empty = make_example("无。")
    found = score([empty], [Prediction(id=empty.segment.id, entities=())]).entities
    assert found.micro.f1 == found.macro_f1 == found.fair_f1 == found.same_span_f1 == 0
    assert found.calibration is None
