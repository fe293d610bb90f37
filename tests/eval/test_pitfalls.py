"""Where the field's tools surprise: what they do, run here, and what we do instead.

The tools' own behaviour is asserted as well, so that a version that mends it is noticed.
"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics import classification_report, f1_score
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2

from fazhi.corpus import ENTITY_LABELS
from fazhi.errors import InputError
from fazhi.eval import Run, make_result, score, spans_of_tags
from fazhi.predictions import Policy, PredictedEntity, Prediction, accept, read_submission
from makers import make_example

pytestmark = pytest.mark.filterwarnings(
    "ignore::sklearn.exceptions.UndefinedMetricWarning", "ignore::UserWarning"
)
STRICT = {"mode": "strict", "scheme": IOB2}
TEXT = "县委印发方案"


def strict_spans(*tags):
    found = spans_of_tags([tags], ("LOC", "PER"))
    return list(zip(found.start.tolist(), found.end.tolist(), found.label.tolist(), strict=True))


def example(*entities, text=TEXT):
    return make_example(text, *entities)


def said(*spans):
    entities = tuple(PredictedEntity(start=s, end=e, label=label) for s, e, label in spans)
    return Prediction(id="made-2020-s001", entities=entities)


def micro(gold, *spans):
    return score([gold], [said(*spans)]).entities.micro


def tagged(tmp_path, *tags, text=TEXT, **policy):
    path = tmp_path / "tags.bio"
    rows = [f"{char}\t{tag}" for char, tag in zip(text, tags, strict=True)]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    gold = example(("县委", "AGENCY", "party"), text=text)
    reading = read_submission(path, [gold.segment], Policy(**policy))
    return reading, gold


class TestSeqeval:
    def test_1_an_entity_without_its_beginning(self):
        """The default finds PER(1, 2) and LOC(1, 2), ends inclusive; strict neither; nor do we."""
        assert get_entities(["O", "I-PER", "I-PER", "O"]) == [("PER", 1, 2)]
        assert strict_spans("O", "I-PER", "I-PER", "O") == []
        assert get_entities(["B-PER", "I-LOC", "I-LOC"]) == [("PER", 0, 0), ("LOC", 1, 2)]
        assert strict_spans("B-PER", "I-LOC", "I-LOC") == [(0, 1, 1)]

    def test_2_strict_rewards_illegal_tags_and_we_refuse_them_unless_told(self, tmp_path):
        """Spurious words between I tags cost nothing under strict; by default 1 of 2 is right."""
        gold = [["B-AGENCY", "I-AGENCY", "O", "O", "O", "O"]]
        tags = ("B-AGENCY", "I-AGENCY", "O", "I-LEGAL", "I-LEGAL", "O")
        # default: 1 correct of 2 predicted and 1 gold: 2/3; strict: 1 of 1 and 1
        assert f1_score(gold, [list(tags)]) == pytest.approx(2 / 3)
        assert f1_score(gold, [list(tags)], **STRICT) == 1
        refused, _ = tagged(tmp_path, *tags)
        # I-LEGAL after O is illegal; the one after it follows an I-LEGAL
        assert (len(refused.problems), refused.illegal) == (1, 1)
        for repair, due in (("conlleval", 2 / 3), ("discard", 1)):
            reading, example_ = tagged(tmp_path, *tags, repair=repair)
            assert reading.illegal == 1
            found = score([example_], accept(reading, "tags")).entities.micro.f1
            assert found == pytest.approx(due)

    def test_3_a_setting_that_is_not_whole_is_lenient_and_we_have_none(self):
        gold, tags = [["B-X", "O"]], [["I-X", "O"]]
        for setting in ({"mode": "strict"}, {"scheme": IOB2}, {"mode": "strct", "scheme": IOB2}):
            assert f1_score(gold, tags, **setting) == 1
        assert f1_score(gold, tags, **STRICT) == 0
        assert len(spans_of_tags(tags, ("X",))) == 0

    def test_4_tags_without_prefix_are_read_as_something_and_we_refuse_them(self, tmp_path):
        # the O of ORG is taken for outside
        assert get_entities(["ORG", "ORG", "O"]) == []
        for tag in ("AGENCY", "o", "B-ORG"):
            reading, _ = tagged(tmp_path, tag, "O", "O", "O", "O", "O")
            assert len(reading.problems) == 1
            assert repr(tag) in reading.problems[0].what
            with pytest.raises(InputError):
                accept(reading, "tags")

    def test_5_nothing_on_either_side_or_on_one(self):
        """F1 0 here, without a warning, a crash or a nan; seqeval's report raises."""
        with pytest.raises(ValueError, match=r"max\(\)"):
            classification_report([["O"]], [["O"]])
        empty = example()
        assert micro(empty).f1 == 0
        assert json.loads(score([empty], [said()]).model_dump_json())["entities"]["macro_f1"] == 0
        # with zero_division=1 a system that finds nothing has precision 1; here it has 0
        gold = example(("县委", "AGENCY", "party"))
        assert (micro(gold).precision, micro(gold).recall) == (0, 0)

    def test_6_a_type_that_gold_lacks_does_not_change_the_set_of_types(self):
        gold, tags = [["B-X", "O", "O"]], [["B-X", "B-Y", "O"]]
        # seqeval: X 1 and Y 0
        assert f1_score(gold, tags, average="macro", **STRICT) == 1 / 2
        ours = example(("县委", "AGENCY", "party"))
        alone = score([ours], [said((0, 2, "AGENCY"))]).entities.macro_f1
        more = score([ours], [said((0, 2, "AGENCY"), (4, 6, "LEGAL"))]).entities.macro_f1
        # always over the three types: (1 + 0 + 0) / 3
        assert alone == more == pytest.approx(1 / 3)

    def test_6_results_are_written_as_json(self, tmp_path):
        gold = example(("县委", "AGENCY", "party"))
        result = make_result(Run(system="x", protocol="test"), [gold], [said()], "1.0.0")
        assert json.loads(result.model_dump_json())["scores"]["entities"]["micro"]["f1"] == 0


class TestNervaluate:
    def strict(self, gold, predicted):
        def rows(spans, end):
            return [[{"label": "X", "start": s, "end": e - end} for s, e in spans]]

        return [
            Evaluator(rows(gold, end), rows(predicted, end), tags=["X"], loader="dict").evaluate()[
                "overall"
            ]["strict"]
            for end in (0, 1)
        ]

    def test_half_open_spans_that_touch_are_scored_wrongly_there_and_rightly_here(self):
        """Its ends are inclusive: 1:2 and 0:1 share a character to it, and the first one takes."""
        half_open, inclusive = self.strict([(1, 2)], [(0, 1), (1, 2)])
        assert (half_open.correct, inclusive.correct) == (0, 1)
        gold = example(("委", "AGENCY", "party"))
        found = micro(gold, (0, 1, "AGENCY"), (1, 2, "AGENCY"))
        # P = 1/2, R = 1
        assert (found.correct, found.f1) == (1, pytest.approx(2 / 3)) == (1, inclusive.f1)

    def test_the_order_of_predictions_changes_nothing_here(self):
        gold = example(("县委", "AGENCY", "party"), ("方案", "LEGAL", "policy"))
        spans = [(0, 2, "AGENCY"), (2, 3, "LEGAL"), (4, 6, "LEGAL")]
        assert score([gold], [said(*spans)]) == score([gold], [said(*spans[::-1])])

    @settings(max_examples=200)
    @given(st.data())
    def test_where_spans_are_flat_and_ends_inclusive_we_agree(self, data):
        """As far as one looks at strict counts; its other schemes count overlaps twice."""

        def flat():
            cuts = sorted(data.draw(st.sets(st.integers(0, 30), max_size=12)))
            labels = st.sampled_from(ENTITY_LABELS)
            pairs = zip(cuts[::2], cuts[1::2], strict=False)
            return [(s, e, data.draw(labels)) for s, e in pairs]

        sides = [flat(), flat()]
        text = "字" * 30
        entities = tuple(_entity(text, *row) for row in sides[0])
        bare = make_example(text)
        annotation = bare.gold.model_copy(update={"entities": entities})
        gold = bare.model_copy(update={"gold": annotation})
        ours = score([gold], [said(*sides[1])]).entities
        rows = [[{"label": x, "start": s, "end": e - 1} for s, e, x in side] for side in sides]
        if not any(rows):
            return
        theirs = Evaluator([rows[0]], [rows[1]], tags=list(ENTITY_LABELS), loader="dict")
        found = theirs.evaluate()["overall"]["strict"]
        assert (ours.micro.correct, ours.micro.support, ours.micro.predicted) == (
            found.correct,
            found.possible,
            found.actual,
        )


def _entity(text, start, end, label):
    from fazhi.corpus import Entity, kinds_of

    return Entity(start=start, end=end, text=text[start:end], label=label, kind=kinds_of(label)[0])


class TestOthers:
    def test_an_empty_sequence_divides_nothing_by_zero(self):
        """Hugging Face's evaluate raises on [[]]."""
        assert len(spans_of_tags([[]], ENTITY_LABELS)) == 0

    def test_part_of_a_name_is_not_the_name(self):
        """spaCy projects spans onto gold tokens, so that 北京 for 北京大学 may count as right."""
        gold = example(("北京大学", "AGENCY", "institution"), text="北京大学。")
        assert micro(gold, (0, 2, "AGENCY")).f1 == 0
        assert micro(gold, (0, 4, "AGENCY")).f1 == 1
