"""The segments to read again first: counted by hand on made-up ones, and on the corpus."""

import pytest

from fazhi._paths import room
from fazhi.annotation import Doubt, Opinion, Reasons, lint, rank_doubts
from fazhi.cli._opinions import published_opinions
from makers import make_example

COURT = ("县法院", "AGENCY", "judiciary")
# no numeral, nothing in 《》, no surface that is labelled elsewhere: the lint asks nothing
SURE = make_example("县法院审理。", COURT, name="made-2020-s001")
# 三 is in no entity: the lint asks once
ASKED = make_example("落实三项制度。", name="made-2020-s002")
# no topic is due
TITLE = make_example("报告", name="made-2020-s003", role="other", topic=None)
EXAMPLES = [SURE, ASKED, TITLE]

RIGHT = frozenset({(0, 3, "AGENCY")})


def opinion(spans=None, role=None, topic=None) -> Opinion:
    return Opinion(None if spans is None else frozenset(spans), role, topic)


def count(of, *opinions: Opinion) -> int:
    """The differences of some models from one segment's annotation."""
    (doubt,) = rank_doubts([of], [{of.segment.id: each} for each in opinions])
    return doubt.disagreements


class TestDisagreements:
    def test_a_model_that_says_the_same(self):
        assert count(SURE, opinion(RIGHT, "work", "general")) == 0

    def test_a_model_that_attempts_nothing(self):
        assert count(SURE, opinion()) == 0

    @pytest.mark.parametrize(
        ("spans", "differences"),
        [
            ([], 1),  # one is missing
            ([(0, 3, "AGENCY"), (3, 5, "LEGAL")], 1),  # one too many
            ([(0, 3, "LEGAL")], 2),  # of another type: one missing, one too many
            ([(0, 2, "AGENCY")], 2),  # another boundary: the same
            ([(0, 2, "AGENCY"), (3, 4, "METRIC")], 3),
        ],
    )
    def test_spans_that_only_one_side_has(self, spans, differences):
        assert count(SURE, opinion(spans)) == differences

    def test_another_role_and_another_topic(self):
        assert count(SURE, opinion(role="plan")) == 1
        assert count(SURE, opinion(topic="disputes")) == 1
        assert count(SURE, opinion([], "plan", "disputes")) == 3

    def test_a_topic_where_none_is_due(self):
        assert count(TITLE, opinion(role="other", topic="general")) == 0

    def test_models_are_added(self):
        assert count(SURE, opinion(role="plan"), opinion([], role="plan"), opinion(RIGHT)) == 3


class TestOrder:
    def test_checks_and_disagreements_count_alike(self):
        says = {
            # 3 differences; 0 on top of one question of the lint; 1 difference
            "made-2020-s001": opinion([], "plan", "disputes"),
            "made-2020-s002": opinion([], "work", "general"),
            "made-2020-s003": opinion([(0, 1, "LEGAL")], "other"),
        }
        assert rank_doubts(EXAMPLES, [says]) == [
            Doubt("made-2020-s001", checks=0, disagreements=3),
            Doubt("made-2020-s002", checks=1, disagreements=0),
            Doubt("made-2020-s003", checks=0, disagreements=1),
        ]

    def test_equal_ones_stay_in_the_order_of_the_corpus(self):
        names = [each.segment for each in rank_doubts([TITLE, SURE], [])]
        assert names == ["made-2020-s003", "made-2020-s001"]

    def test_without_models_the_lint_ranks(self):
        assert rank_doubts(EXAMPLES, [])[0] == Doubt("made-2020-s002", 1, 0)


def test_recorded_reasons_do_not_settle_a_doubt(gold):
    # every finding of a lint without reasons is counted, though the committed gold is clean
    findings = [each for each in lint(gold, Reasons()) if each.segment]
    assert findings
    assert sum(each.checks for each in rank_doubts(gold, [])) == len(findings)


class TestPublished:
    """What the published leave-one-report-out predictions say."""

    def test_every_model_has_one_of_every_segment(self, gold):
        opinions = published_opinions(room("baselines"), gold)
        assert [set(each) for each in opinions] == [{e.segment.id for e in gold}] * 2

    def test_one_model_for_entities_and_one_for_sections(self, gold):
        entities, sections = published_opinions(room("baselines"), gold)
        assert all(o.spans is not None and o.role is o.topic is None for o in entities.values())
        assert all(o.spans is None and o.role for o in sections.values())

    def test_a_segment_on_which_both_are_wrong_is_counted_for_both(self, gold):
        opinions = published_opinions(room("baselines"), gold)
        ranked = rank_doubts(gold, opinions)
        alone = [
            {doubt.segment: doubt.disagreements for doubt in rank_doubts(gold, [each])}
            for each in opinions
        ]
        assert all(d.disagreements == sum(one[d.segment] for one in alone) for d in ranked)
        totals = [doubt.checks + doubt.disagreements for doubt in ranked]
        assert totals == sorted(totals, reverse=True)
        assert totals[0] > 0
