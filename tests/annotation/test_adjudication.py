"""Every difference of the layers has a decision, and every decision says what the layers say."""

import re

import pytest

from fazhi._paths import room
from fazhi.annotation import Decision, check_decisions, read_decisions
from fazhi.corpus import Annotation, layer_folders, read_annotations, read_layer_card
from fazhi.errors import InputError, MismatchError
from makers import make_example

TEXT = "县委受理案件71件，案件2件。"
PARTY = ("县委", "AGENCY", "party")
METRIC = ("71件", "METRIC", "count")


def annotate(*spans, facts=(), role="work", topic="general") -> Annotation:
    return make_example(TEXT, *spans, facts=facts, role=role, topic=topic).gold


PLAIN = annotate(PARTY, METRIC, facts=(("71件", "案件", "71 件"),))


def decide(about, *said, start=None, place="", **changes) -> Decision:
    fields = {
        "segment": "made-2020-s001",
        "about": about,
        "place": place,
        "start": start,
        **dict(zip(("a", "b", "gold"), said, strict=True)),
        "origin": "difference",
        "cause": "slip",
        "reason": "x",
        "guideline": None,
    }
    return Decision.model_validate(fields | changes)


def problems(decisions, a=PLAIN, b=PLAIN, gold=PLAIN) -> list[str]:
    """What is found wrong, without the id of the only segment."""
    try:
        check_decisions(decisions, [a], [b], [gold])
    except MismatchError as error:
        first, *rest = str(error).splitlines()
        assert first == "the decisions do not account for the layers:"
        return [each.removeprefix("  made-2020-s001: ") for each in rest]
    return []


class TestDifferences:
    """Wherever a, b and gold do not say the same, there is a decision."""

    OTHER = annotate(("县委", "AGENCY", "institution"), METRIC, facts=(("71件", "案件", "71 件"),))

    def test_layers_that_say_the_same_need_none(self):
        assert problems([]) == []

    def test_a_label(self):
        assert problems([], b=self.OTHER) == ["span of 0 differs without a decision"]
        decision = decide(
            "span", "AGENCY.party", "AGENCY.institution", "AGENCY.party", start=0, place="县委"
        )
        assert problems([decision], b=self.OTHER) == []

    def test_a_span_that_one_lacks(self):
        bare = annotate(METRIC, facts=(("71件", "案件", "71 件"),))
        assert problems([], a=bare) == ["span of 0 differs without a decision"]
        decision = decide("span", None, "AGENCY.party", "AGENCY.party", start=0, place="县委")
        assert problems([decision], a=bare) == []

    def test_a_boundary(self):
        longer = annotate(("县委受", "AGENCY", "party"), METRIC, facts=(("71件", "案件", "71 件"),))
        assert problems([], b=longer) == ["span of 0 differs without a decision"]
        # the labels are the same, and so is where the spans begin; the place names either surface
        for place in ("县委", "县委受"):
            decision = decide("span", *["AGENCY.party"] * 3, start=0, place=place)
            assert problems([decision], b=longer) == []

    @pytest.mark.parametrize(
        ("about", "changes", "said"),
        [
            ("topic", {"topic": "decision"}, ("general", "decision", "general")),
            ("role", {"role": "problem"}, ("work", "problem", "work")),
        ],
    )
    def test_a_class(self, about, changes, said):
        other = annotate(PARTY, METRIC, facts=(("71件", "案件", "71 件"),), **changes)
        assert problems([], b=other) == [f"{about} differs without a decision"]
        assert problems([decide(about, *said)], b=other) == []

    @pytest.mark.parametrize(
        ("about", "fact", "said"),
        [
            ("indicator", ("71件", "受理案件", "71 件"), ("案件", "受理案件", "案件")),
            ("indicator", ("71件", None, "71 件"), ("案件", None, "案件")),
            ("value", ("71件", "案件", "~71 件"), ("71 件", "~71 件", "71 件")),
        ],
    )
    def test_a_fact(self, about, fact, said):
        other = annotate(PARTY, METRIC, facts=(fact,))
        assert problems([], b=other) == [f"{about} of 6 differs without a decision"]
        assert problems([decide(about, *said, start=6, place="71件")], b=other) == []

    def test_an_indicator_that_differs_in_its_place_only(self):
        (fact,) = PLAIN.facts
        second = fact.indicator.model_copy(update={"start": 10, "end": 12})
        other = PLAIN.model_copy(update={"facts": (fact.model_copy(update={"indicator": second}),)})
        assert TEXT[10:12] == fact.indicator.text
        assert problems([], b=other) == ["indicator of 6 differs without a decision"]
        assert problems([decide("indicator", *["案件"] * 3, start=6, place="71件")], b=other) == []

    def test_gold_that_departs_from_both(self):
        assert problems([], gold=self.OTHER) == ["span of 0 differs without a decision"]

    def test_all_of_them_are_listed(self):
        bare = annotate(METRIC, topic="decision")
        assert problems([], b=bare) == [
            "indicator of 6 differs without a decision",
            "span of 0 differs without a decision",
            "topic differs without a decision",
            "value of 6 differs without a decision",
        ]


class TestDecisions:
    """A decision says what the layers say, of a place, once."""

    def test_one_on_which_all_agree_may_stand(self):
        assert problems([decide("role", "work", "work", "work", origin="doubt")]) == []

    def test_one_that_says_otherwise(self):
        decision = decide("topic", "general", "decision", "general")
        assert problems([decision]) == ["topic is ['general', 'general', 'general']"]

    @pytest.mark.parametrize("wrong", [0, 1, 2])
    def test_each_of_the_three_is_compared(self, wrong):
        said = ["71 件"] * 3
        said[wrong] = "72 件"
        found = problems([decide("value", *said, start=6, place="71件")])
        assert found == ["value of 6 is ['71 件', '71 件', '71 件']"]

    def test_one_on_a_place_where_nothing_is(self):
        decision = decide("span", "AGENCY.party", None, None, start=1, place="委")
        assert problems([decision]) == ["span of 1 is [None, None, None]"]

    def test_one_that_leaves_a_place_without_annotation(self):
        assert (
            problems([decide("span", None, None, None, start=2, place="受理", origin="reread")])
            == []
        )

    def test_a_class_stands_at_no_offset(self):
        assert problems([decide("role", "work", "work", "work", start=0)]) == [
            "role of 0 is [None, None, None]"
        ]

    def test_one_with_another_surface(self):
        decision = decide("span", *["AGENCY.party"] * 3, start=0, place="县政府")
        assert problems([decision]) == ["span of 0 stands at '县委', not '县政府'"]

    def test_two_on_one_place(self):
        decision = decide("role", "work", "work", "work")
        assert problems([decision, decision]) == ["role is decided twice"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('{"segment": "x"}', "line 1: key 'about': Field required"),
        ('{"about": "colour"}', "line 1: key"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, named):
    path = tmp_path / "adjudication.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=named):
        read_decisions(path)


@pytest.mark.parametrize(
    "changes",
    [{"reason": ""}, {"cause": "mood"}, {"origin": "chance"}, {"start": -1}, {"kind": "x"}],
)
def test_a_decision_that_cannot_be_is_refused(changes):
    with pytest.raises(ValueError, match="validation error"):
        decide("role", "work", "work", "work", **changes)


@pytest.fixture(scope="module")
def layers(reports):
    """The annotations of every layer, by its name."""
    return {
        name: [
            annotation
            for report, content in reports.items()
            for annotation in read_annotations(folder / f"{report}.jsonl", content.segments)
        ]
        for name, folder in layer_folders(room("annotation")).items()
    }


class TestCommitted:
    """What `annotation/adjudication.jsonl` says of the layers that are shipped."""

    DECISIONS = read_decisions(room("annotation") / "adjudication.jsonl")
    GUIDELINES = (room("annotation") / "guidelines.md").read_text("utf-8")

    def test_they_account_for_all_that_differs(self, layers):
        check_decisions(self.DECISIONS, layers["a"], layers["b"], layers["gold"])

    def test_without_any_one_that_decides_a_difference_they_do_not(self, layers):
        needed = [each for each in self.DECISIONS if len({each.a, each.b, each.gold}) > 1]
        assert needed
        for missing in needed:
            rest = [each for each in self.DECISIONS if each is not missing]
            with pytest.raises(MismatchError, match=f"{missing.segment}: {missing.about}"):
                check_decisions(rest, layers["a"], layers["b"], layers["gold"])

    def test_where_the_annotators_differ_the_difference_is_the_origin(self):
        differing = [each for each in self.DECISIONS if each.a != each.b]
        assert {each.origin for each in differing} == {"difference"}

    def test_they_stand_where_they_say(self, reports):
        texts = {part.id: part.text for report in reports.values() for part in report.segments}
        for each in self.DECISIONS:
            start = each.start or 0
            assert texts[each.segment][start : start + len(each.place)] == each.place
            assert (each.start is None) == (each.place == "") == (each.about in ("role", "topic"))

    @pytest.mark.parametrize(
        "rule", sorted({each.guideline for each in DECISIONS if each.guideline})
    )
    def test_the_rules_that_they_name_are_in_the_guidelines(self, rule):
        if re.fullmatch(r"[A-Z]\d+", rule):
            assert len(re.findall(rf"^\| {rule} .+\|$", self.GUIDELINES, re.MULTILINE)) == 1
        else:
            chapter, number = rule.split(".")
            text = self.GUIDELINES.split(f"\n## {chapter} ")[1].split("\n## ")[0]
            assert len(re.findall(rf"^{number}\. ", text, re.MULTILINE)) == 1

    def test_a_changed_rule_is_named(self):
        for each in self.DECISIONS:
            assert each.guideline or each.cause in ("slip", "judgement"), each

    def test_only_gold_is_an_adjudication(self):
        cards = [read_layer_card(path) for path in layer_folders(room("annotation")).values()]
        assert [card.name for card in cards if card.annotator == "adjudication"] == ["gold"]
