"""The official scores, with every expected figure derived by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus import ENTITY_LABELS
from fazhi.eval import headline, score
from fazhi.predictions import PredictedEntity, Prediction
from makers import make_example

TEXT = "县委印发方案5件。"
PARTY, PLAN, COUNT = (0, 2, "AGENCY"), (4, 6, "LEGAL"), (6, 8, "METRIC")
GOLD = make_example(
    TEXT,
    ("县委", "AGENCY", "party"),
    ("方案", "LEGAL", "policy"),
    ("5件", "METRIC", "count"),
)


def predict(*spans, name="made-2020-s001", **sections) -> Prediction:
    entities = tuple(PredictedEntity(start=s, end=e, label=label) for s, e, label in spans)
    return Prediction(id=name, entities=entities, **sections)


class TestEntities:
    def test_all_right(self):
        micro = score([GOLD], [predict(PARTY, PLAN, COUNT)]).entities.micro
        assert (micro.precision, micro.recall, micro.f1, micro.support) == (1, 1, 1, 3)

    def test_a_wrong_boundary_counts_against_precision_and_recall(self):
        # predicted 3, gold 3, correct 2 (县委 is cut short): P = R = F1 = 2/3
        micro = score([GOLD], [predict((0, 1, "AGENCY"), PLAN, COUNT)]).entities.micro
        assert micro.f1 == pytest.approx(2 / 3)

    def test_a_wrong_type_is_wrong(self):
        # predicted 1, gold 3, correct 0
        assert score([GOLD], [predict((0, 2, "LEGAL"))]).entities.micro.f1 == 0

    def test_precision_and_recall_differ(self):
        # predicted 1, gold 3, correct 1: P = 1, R = 1/3, F1 = 2 * 1 * 1/3 / (4/3) = 1/2
        micro = score([GOLD], [predict(PLAN)]).entities.micro
        assert micro.precision == 1
        assert micro.recall == pytest.approx(1 / 3)
        assert micro.f1 == pytest.approx(1 / 2)

    def test_precision_and_recall_of_one_type(self):
        # METRIC: gold 1, predicted 2 (5件 and 方案), correct 1: P = 1/2, R = 1
        metric = score([GOLD], [predict((4, 6, "METRIC"), COUNT)]).entities.per_type["METRIC"]
        assert (metric.precision, metric.recall) == (1 / 2, 1)

    def test_each_type_alone(self):
        # AGENCY 1 of 1; LEGAL predicted at another place; METRIC not predicted
        per_type = score([GOLD], [predict(PARTY, (3, 6, "LEGAL"))]).entities.per_type
        assert {name: each.f1 for name, each in per_type.items()} == {
            "AGENCY": 1,
            "LEGAL": 0,
            "METRIC": 0,
        }
        assert per_type["METRIC"].support == 1

    def test_spans_that_touch_are_two(self):
        # 方案 and 5件 touch; predicting them as one is right for neither
        assert score([GOLD], [predict((4, 8, "LEGAL"))]).entities.micro.f1 == 0

    def test_micro_is_over_all_segments(self):
        # gold 3 + 3, predicted 3 + 0, correct 3: P = 1, R = 1/2, F1 = 2/3
        other = make_example(
            TEXT,
            ("县委", "AGENCY", "party"),
            ("方案", "LEGAL", "policy"),
            ("5件", "METRIC", "count"),
            name="made-2020-s002",
        )
        found = score([GOLD, other], [predict(PARTY, PLAN, COUNT), predict(name="made-2020-s002")])
        assert found.entities.micro.f1 == pytest.approx(2 / 3)

    def test_nothing_on_either_side_is_zero_without_a_warning(self):
        empty = score([make_example("学法。")], [predict()]).entities
        assert empty.micro.f1 == 0
        assert all(each.f1 == 0 for each in empty.per_type.values())


class TestSections:
    EXAMPLES = (
        make_example("甲。", name="made-2020-s001", role="work", topic="publicity"),
        make_example("乙。", name="made-2020-s002", role="work", topic="general"),
        make_example("丙。", name="made-2020-s003", role="plan", topic="general"),
        make_example("丁。", name="made-2020-s004", role="other", topic=None),
    )

    def sections(self, *labels):
        return [
            Prediction(id=each.segment.id, role=role, topic=topic)
            for each, (role, topic) in zip(self.EXAMPLES, labels, strict=True)
        ]

    def test_macro_f1_is_the_mean_over_the_labels_of_gold(self):
        # role: work P 2/3 R 1 -> 4/5; plan 0; other P 1 R 1 -> 1; mean 0.6
        found = score(
            self.EXAMPLES,
            self.sections(("work", None), ("work", None), ("work", None), ("other", None)),
        )
        assert found.role.macro_f1 == pytest.approx(0.6)
        assert found.topic is None

    def test_a_label_that_gold_lacks_does_not_enter_the_mean(self):
        # topic: publicity predicted as digital, general twice right: (0 + 1) / 2
        found = score(
            self.EXAMPLES,
            self.sections(
                ("work", "digital"), ("work", "general"), ("plan", "general"), ("other", "general")
            ),
        )
        assert found.topic.macro_f1 == pytest.approx(1 / 2)
        assert set(found.topic.per_label) == {"publicity", "general"}

    def test_topic_is_scored_where_gold_has_one(self):
        # the fourth segment has no topic: its prediction does not count
        found = score(
            self.EXAMPLES,
            self.sections(
                ("work", "publicity"),
                ("work", "general"),
                ("plan", "general"),
                ("other", "general"),
            ),
        )
        assert found.topic.macro_f1 == 1
        assert found.topic.support == 3

    def test_a_label_that_is_not_predicted_is_wrong(self):
        # general: one of two found: P 1, R 1/2 -> 2/3; publicity: 1
        found = score(
            self.EXAMPLES,
            self.sections(
                ("work", "publicity"), ("work", None), ("plan", "general"), ("other", None)
            ),
        )
        assert found.topic.macro_f1 == pytest.approx((2 / 3 + 1) / 2)


def test_a_task_that_is_not_attempted_has_no_score():
    scores = score([GOLD], [Prediction(id="made-2020-s001", role="work")])
    assert scores.entities is None
    assert list(headline(scores)) == ["role macro-F1"]


def test_a_task_that_gold_lacks_has_no_score():
    title = make_example("报告", role="title", topic=None)
    scores = score([title], [Prediction(id="made-2020-s001", role="title", topic="general")])
    assert scores.topic is None
    assert scores.role.macro_f1 == 1


def test_predictions_must_match_the_examples():
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        score([GOLD], [])


@given(
    st.lists(st.sampled_from([PARTY, PLAN, COUNT, (0, 3, "AGENCY"), (5, 7, "METRIC")]), unique=True)
)
def test_the_micro_score_is_that_of_plain_set_arithmetic(spans):
    flat = []
    for span in sorted(spans):
        if not flat or flat[-1][1] <= span[0]:
            flat.append(span)
    correct = len({PARTY, PLAN, COUNT} & set(flat))
    expected = 2 * correct / (len(flat) + 3)
    assert math.isclose(score([GOLD], [predict(*flat)]).entities.micro.f1, expected)


def test_every_type_of_the_inventory_has_a_row():
    assert list(score([GOLD], [predict()]).entities.per_type) == list(ENTITY_LABELS)
