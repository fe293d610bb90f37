"""Annotations as Label Studio stores them: there and back without loss, or refused."""

import json
import random
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.annotation import from_result, task_data, to_prediction, to_result
from fazhi.corpus import (
    ENTITY_LABELS,
    ROLE_NAMES,
    TOPIC_NAMES,
    AnnotatedReport,
    Annotation,
    Entity,
    Example,
    Fact,
    Segment,
    Span,
    Value,
    kinds_of,
    load_examples,
    parse_value,
    spans_to_tags,
    tables,
    tags_to_spans,
    topic_is_due,
    write_tables,
)
from makers import make_example

ALPHABET = "法治县5件%\\n[]|𠀀😀é\t\u3000 \u200b"
"""Han of both planes, astral symbols, a backslash before n, every blank that a line may hold."""
VALUES = ("71 件", "~50 次", "98.. %", "..36 个工作日", "50..100 元", "1/3", "26000 件")


def made_segment(text: str) -> Segment:
    return Segment(
        id="made-2020-s001",
        report="made-2020",
        kind="paragraph",
        start=0,
        end=len(text),
        text=text,
        heading_path=("一、工作",),
    )


@st.composite
def spans_in(draw, text: str):
    """A span of the text that is not empty."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Span(start=start, end=end, text=text[start:end])


@st.composite
def entities_in(draw, text: str):
    """Flat entities of the text; they often touch."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=min(4, len(text)), max_size=9)))
    found = []
    for start, end in pairwise(cuts):
        label = draw(st.sampled_from(["METRIC", *ENTITY_LABELS, None]))
        if label:
            kind = draw(st.sampled_from(kinds_of(label)))
            found.append(Entity(start=start, end=end, label=label, kind=kind, text=text[start:end]))
    return tuple(found)


@st.composite
def facts_of(draw, text: str, entities):
    """Facts of some METRICs; indicators overlap entities and each other, and may be shared."""
    pool = draw(st.lists(spans_in(text), min_size=1, max_size=4))
    facts = []
    for metric in entities:
        if metric.label == "METRIC" and draw(st.integers(0, 3)):
            free = [each for each in pool if each.end <= metric.start or metric.end <= each.start]
            indicator = draw(st.sampled_from([*free, *free, None]))
            span = Span(start=metric.start, end=metric.end, text=metric.text)
            value = parse_value(draw(st.sampled_from(VALUES)))
            facts.append(Fact(metric=span, indicator=indicator, value=value))
    return tuple(facts)


@st.composite
def examples(draw, alphabet: str = ALPHABET):
    """An annotated segment of any shape."""
    text = draw(st.text(alphabet=alphabet, min_size=1, max_size=30))
    entities = draw(entities_in(text))
    role = draw(st.sampled_from(ROLE_NAMES))
    gold = Annotation(
        id="made-2020-s001",
        entities=entities,
        facts=draw(facts_of(text, entities)),
        role=role,
        topic=draw(st.sampled_from(TOPIC_NAMES)) if topic_is_due(role) else None,
    )
    return Example(segment=made_segment(text), gold=gold)


def as_label_studio_gives_it(result, generator: random.Random):
    """The same result in another order, with its own region ids, relations either way."""
    result = json.loads(json.dumps(result))
    old = sorted({each["id"] for each in result if "id" in each})
    new = generator.sample(range(16**9, 16**10), len(old))
    names = {name: f"{number:x}" for name, number in zip(old, new, strict=True)}
    for each in result:
        if each["type"] == "relation":
            ends = [names[each[end]] for end in ("from_id", "to_id")]
            each["from_id"], each["to_id"] = generator.sample(ends, 2)
            each["direction"] = generator.choice(["left", "right", "bi"])
        else:
            each["id"] = names[each["id"]]
            each["origin"] = "manual"
    return generator.sample(result, len(result))


class TestThereAndBack:
    @given(examples())
    def test_through_json(self, example):
        result = json.loads(json.dumps(to_result(example.gold)))
        assert from_result(result, example.segment) == example.gold

    @given(examples(), st.randoms(use_true_random=False))
    def test_through_the_editor(self, example, generator):
        result = as_label_studio_gives_it(to_result(example.gold), generator)
        assert from_result(result, example.segment) == example.gold

    @given(examples(ALPHABET + "\r\n"))
    def test_through_the_editor_that_writes_line_breaks_as_backslash_and_n(self, example):
        result = to_result(example.gold)
        for each in result:
            value = each.get("value", {})
            if "labels" in value:
                value["text"] = value["text"].replace("\r\n", "\n").replace("\n", "\\n")
        assert from_result(result, example.segment) == example.gold

    @given(examples())
    def test_through_tags(self, example):
        length = len(example.segment.text)
        entities = from_result(to_result(example.gold), example.segment).entities
        tags = spans_to_tags(entities, length)
        spans = [(each.start, each.end, each.label) for each in entities]
        assert tags_to_spans(tags) == spans
        result = to_prediction(example.segment.text, tags_to_spans(tags), None, None)
        regions = [each["value"] for each in result if each["type"] == "labels"]
        assert [(each["start"], each["end"], *each["labels"]) for each in regions] == spans

    def test_through_the_rows_of_the_dataset(self, tmp_path_factory):
        """Rows hold what a segment may hold: never a line break."""

        @settings(deadline=None)  # the first time imports pyarrow
        @given(st.lists(examples(), min_size=1, max_size=4))
        def check(drawn):
            numbered = [
                Example(
                    segment=each.segment.model_copy(update={"id": f"made-2020-s{number:03}"}),
                    gold=each.gold.model_copy(update={"id": f"made-2020-s{number:03}"}),
                )
                for number, each in enumerate(drawn, start=1)
            ]
            folder = tmp_path_factory.mktemp("corpus")
            write_tables(rows_of(numbered), folder / "data")
            loaded = load_examples(folder, ["train"])
            assert loaded == numbered
            assert [from_result(to_result(each.gold), each.segment) for each in loaded] == [
                each.gold for each in numbered
            ]

        check()

    def test_of_the_whole_corpus(self, gold):
        for each in gold:
            assert from_result(to_result(each.gold), each.segment) == each.gold


def rows_of(found: list[Example]):
    """The tables of the train split if these were its examples."""
    report = SimpleNamespace(
        source=SimpleNamespace(split="train", model_dump=lambda **_: {}),
        **{"title": None, "text": "", "offsets": SimpleNamespace(runs=[])},
    )
    built = tables([AnnotatedReport(report, tuple(found), ())])
    return {name: table for name, table in built.items() if name.endswith("train.parquet")}


METRIC = make_example(
    "县司法局受理复议申请5件，审结复议申请4件。",
    ("县司法局", "AGENCY", "government"),
    ("5件", "METRIC", "count"),
    ("4件", "METRIC", "count"),
    topic="disputes",
)
# 县0司1法2局3受4理5复6议7申8请9 5:10件11 ，12审13结14复15议16申17请18 4:19件20 。21
FIVE, FOUR = (Span(start=s, end=s + 2, text=METRIC.segment.text[s : s + 2]) for s in (10, 19))
APPLICATIONS = Span(start=6, end=10, text="复议申请")
GOLD = METRIC.gold.model_copy(
    update={
        "facts": tuple(
            Fact(
                metric=metric,
                indicator=APPLICATIONS,
                value=Value(low=number, high=number, unit="件", approximate=False),
            )
            for metric, number in ((FIVE, 5), (FOUR, 4))
        )
    }
)


class Damaged:
    """A result that is damaged in one place after another."""

    def __init__(self):
        self.result = to_result(GOLD)

    def region(self, name: str, tag: str) -> dict:
        return next(
            each for each in self.result if each.get("id") == name and each["from_name"] == tag
        )

    def drop(self, tag: str) -> None:
        self.result = [each for each in self.result if each.get("from_name") != tag]

    def add(self, region: dict) -> None:
        self.result.append(region)

    def problems(self) -> list[str]:
        with pytest.raises(ExceptionGroup) as caught:
            from_result(self.result, METRIC.segment)
        assert all(isinstance(error, ValueError) for error in caught.value.exceptions)
        return [str(error) for error in caught.value.exceptions]


def shift(damaged):
    damaged.region("e0-4", "entity")["value"].update(start=1, end=5)


def beyond_the_text(damaged):
    damaged.region("e0-4", "entity")["value"].update(end=99)


def before_the_text(damaged):
    damaged.region("e0-4", "entity")["value"].update(start=-22)


def empty(damaged):
    damaged.region("e0-4", "entity")["value"].update(end=0)


def offset_that_is_a_word(damaged):
    damaged.region("e0-4", "entity")["value"].update(start="0")


def other_surface(damaged):
    damaged.region("e0-4", "entity")["value"].update(text="县司法厅")


def no_surface(damaged):
    del damaged.region("e0-4", "entity")["value"]["text"]


def shift_of_an_indicator(damaged):
    damaged.region("i6-10", "indicator")["value"].update(start=5, end=9)


def unknown_label(damaged):
    damaged.region("e0-4", "entity")["value"].update(labels=["AGENT"])


def shown_label(damaged):
    damaged.region("e0-4", "entity")["value"].update(labels=["机构"])


def two_labels(damaged):
    damaged.region("e0-4", "entity")["value"].update(labels=["AGENCY", "LEGAL"])


def no_kind(damaged):
    damaged.drop("agency_kind")


def two_kinds(damaged):
    kind = damaged.region("e0-4", "agency_kind")
    damaged.add({**kind, "value": {"choices": ["party"]}})


def kinds_of_two_types(damaged):
    kind = damaged.region("e0-4", "agency_kind")
    damaged.add({**kind, "from_name": "legal_kind", "value": {"choices": ["law"]}})


def kind_of_another_type(damaged):
    kind = damaged.region("e0-4", "agency_kind")
    kind.update(from_name="legal_kind", value={"choices": ["law"]})


def kind_of_no_entity(damaged):
    kind = damaged.region("e0-4", "agency_kind")
    damaged.add({**kind, "id": "x"})


def no_role(damaged):
    damaged.drop("role")


def two_roles(damaged):
    damaged.region("role", "role")["value"]["choices"].append("plan")


def role_said_twice(damaged):
    damaged.add(damaged.region("role", "role"))


def no_topic(damaged):
    damaged.drop("topic")


def topic_where_none_is_due(damaged):
    damaged.region("role", "role")["value"]["choices"] = ["title"]


def unknown_topic(damaged):
    damaged.region("topic", "topic")["value"]["choices"] = ["weather"]


def relation(damaged, start: str, end: str, **more: object) -> None:
    damaged.add({"type": "relation", "from_id": start, "to_id": end, "direction": "right", **more})


def relation_to_an_entity(damaged):
    relation(damaged, "e10-12", "e0-4")


def relation_between_metrics(damaged):
    relation(damaged, "e10-12", "e19-21")


def relation_to_what_is_not_there(damaged):
    relation(damaged, "e10-12", "role")


def relation_twice(damaged):
    relation(damaged, "e10-12", "i6-10", labels=["measures"])


def relation_of_another_name(damaged):
    damaged.result = [
        {**each, "labels": ["owns"]} if each.get("from_id") == "e10-12" else each
        for each in damaged.result
    ]


def indicator_without_a_metric(damaged):
    damaged.result = [each for each in damaged.result if each["type"] != "relation"]


def indicator_over_its_metric(damaged):
    damaged.region("i6-10", "indicator")["value"].update(start=8, end=11, text="申请5")


def value_that_is_none(damaged):
    damaged.region("e10-12", "value")["value"]["text"] = ["五件"]


def two_values(damaged):
    damaged.region("e10-12", "value")["value"]["text"] = ["5", "1 件"]


def value_said_twice(damaged):
    damaged.add(damaged.region("e10-12", "value"))


def value_of_an_agency(damaged):
    damaged.add({**damaged.region("e10-12", "value"), "id": "e0-4"})


def one_id_for_two_spans(damaged):
    damaged.region("e19-21", "entity")["id"] = "e10-12"


def span_twice(damaged):
    for tag in ("entity", "agency_kind"):
        damaged.add({**damaged.region("e0-4", tag), "id": "again"})


def unknown_control(damaged):
    damaged.add({"id": "x", "from_name": "stars", "to_name": "text", "type": "rating", "value": {}})


def region_without_a_value(damaged):
    damaged.add({"id": "x", "from_name": "entity", "to_name": "text", "type": "labels"})


DAMAGES = [
    (shift, ["the span 1:5 is '司法局受', not '县司法局'"]),
    (beyond_the_text, ["the span 0:99 is empty or out of range (22 long)"]),
    (before_the_text, ["the span -22:4 is empty or out of range (22 long)"]),
    (empty, ["the span 0:0 is empty or out of range (22 long)"]),
    (offset_that_is_a_word, ["the span 0:4 is empty or out of range (22 long)"]),
    (other_surface, ["the span 0:4 is '县司法局', not '县司法厅'"]),
    (no_surface, ["the span 0:4 is '县司法局', not None"]),
    (shift_of_an_indicator, ["the span 5:9 is '理复议申', not '复议申请'"]),
    (unknown_label, ["'县司法局' at 0: key 'label': Input should be"]),
    (shown_label, ["'县司法局' at 0: key 'label': Input should be"]),
    (two_labels, ["'县司法局' at 0 has the labels ['AGENCY', 'LEGAL'] and kinds [['government']]"]),
    (no_kind, ["'县司法局' at 0 has the labels ['AGENCY'] and kinds []; it needs one of each"]),
    (two_kinds, ["and kinds [['government'], ['party']]; it needs one of each"]),
    (kinds_of_two_types, ["and kinds [['government'], ['law']]; it needs one of each"]),
    (kind_of_another_type, ["'县司法局' at 0: AGENCY has no kind 'law'"]),
    (kind_of_no_entity, ["the kind ['government'] belongs to no entity"]),
    (no_role, ["key 'role': Input should be"]),
    (two_roles, ["the choice role is [['work', 'plan']]; it needs one", "key 'role'"]),
    (role_said_twice, ["the choice role is [['work'], ['work']]; it needs one", "key 'role'"]),
    (no_topic, ["role 'work' needs a topic"]),
    (topic_where_none_is_due, ["role 'title' has no topic"]),
    (unknown_topic, ["key 'topic': Input should be"]),
    (relation_to_an_entity, ["a relation of ['5件', '县司法局'] does not lead from a METRIC"]),
    (relation_between_metrics, ["a relation of ['5件', '4件'] does not lead from a METRIC"]),
    (relation_to_what_is_not_there, ["a relation of ['5件', 'role'] does not lead"]),
    (relation_twice, ["'5件' measures two indicators"]),
    (relation_of_another_name, ["a relation is called ['owns'], not 'measures'"]),
    (indicator_without_a_metric, ["the indicator '复议申请' belongs to no METRIC"]),
    (indicator_over_its_metric, ["the span 8:11 names what the span 10:12 measures, but overlaps"]),
    (value_that_is_none, ["the value of '5件': '五件' is no value; write 71 件"]),
    (two_values, ["the value of '5件' is ['5', '1 件']; it needs one"]),
    (value_said_twice, ["the value of '5件' is ['5 件', '5 件']; it needs one"]),
    (value_of_an_agency, ["the value ['5 件'] belongs to no METRIC"]),
    (one_id_for_two_spans, ["two spans have the region id 'e10-12'"]),
    (span_twice, ["the span 0:4 overlaps the one before it"]),
    (unknown_control, ["it holds a region of the unknown control 'stars'"]),
    (region_without_a_value, ["it holds a region of the unknown control 'entity'"]),
]


class TestDamage:
    def test_without_damage_it_is_accepted(self):
        assert from_result(Damaged().result, METRIC.segment) == GOLD

    @pytest.mark.parametrize(
        ("damage", "named"), DAMAGES, ids=[each.__name__ for each, _ in DAMAGES]
    )
    def test_it_is_refused_and_named(self, damage, named):
        damaged = Damaged()
        damage(damaged)
        problems = damaged.problems()
        for each in named:
            assert any(each in problem for problem in problems), problems

    @pytest.mark.parametrize(
        "damage",
        [
            *(shift, shift_of_an_indicator, unknown_label, two_labels, no_kind),
            *(kind_of_another_type, no_role, value_that_is_none, relation_twice),
            *(relation_to_an_entity, unknown_control),
        ],
    )
    def test_one_damage_is_one_line(self, damage):
        damaged = Damaged()
        damage(damaged)
        assert len(damaged.problems()) == 1

    def test_all_damages_are_listed_at_once(self):
        damaged = Damaged()
        for each in (shift, value_that_is_none, relation_twice, unknown_control, no_role):
            each(damaged)
        assert [problem[:40] for problem in sorted(damaged.problems())] == [
            "'5件' measures two indicators",
            "it holds a region of the unknown control",
            "key 'role': Input should be 'title', 'he",
            "the span 1:5 is '司法局受', not '县司法局'",
            "the value of '5件': '五件' is no value; wri",
        ]

    @given(examples(), st.data())
    def test_a_shifted_span_is_found_wherever_its_surface_changes(self, example, data):
        result = to_result(example.gold)
        spans = [each["value"] for each in result if each["type"] == "labels"]
        text = example.segment.text
        shifted = [
            (value, by)
            for value in spans
            for by in (-1, 1)
            if text[max(value["start"] + by, 0) : value["end"] + by] != value["text"]
        ]
        if shifted:
            value, by = data.draw(st.sampled_from(shifted))
            value.update(start=value["start"] + by, end=value["end"] + by)
            with pytest.raises(ExceptionGroup):
                from_result(result, example.segment)


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
KEYS = ("id", "from_name", "type", "value", "from_id", "to_id", "labels", "start", "end", "text")
TAGS = ("entity", "indicator", "agency_kind", "metric_kind", "value", "role", "topic", "relation")
JUNK = st.recursive(
    SCALARS | st.sampled_from([*TAGS, "e10-12", "i6-10", "labels"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "choices"]), inner, max_size=5)
    ),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=6), max_size=4), st.booleans()
)
def test_any_junk_is_read_or_refused(junk, among_good):
    result = [*(to_result(GOLD) if among_good else []), *junk]
    try:
        annotation = from_result(result, METRIC.segment)
    except ExceptionGroup as group:
        annotation, problems = None, group.exceptions
    if annotation:
        assert from_result(to_result(annotation), METRIC.segment) == annotation
    else:
        assert {type(each) for each in problems} == {ValueError}


class TestWhatAnnotatorsMayLeaveOut:
    def test_an_empty_value_is_computed_from_the_surface(self):
        damaged = Damaged()
        damaged.region("e10-12", "value")["value"]["text"] = [""]
        damaged.result.remove(damaged.region("e19-21", "value"))
        assert from_result(damaged.result, METRIC.segment) == GOLD

    def test_a_value_that_cannot_be_computed_must_be_written(self):
        example = make_example("县政府做好大量件。", ("大量件", "METRIC", "count"))
        result = to_result(example.gold)
        result.append(
            {
                "id": "e5-8",
                "from_name": "value",
                "to_name": "text",
                "type": "textarea",
                "value": {"text": []},
            }
        )
        with pytest.raises(ExceptionGroup) as caught:
            from_result(result, example.segment)
        assert "the value of '大量件' cannot be computed" in str(caught.value.exceptions[0])

    def test_a_metric_without_value_and_relation_states_no_fact(self):
        assert from_result(to_result(METRIC.gold), METRIC.segment).facts == ()

    def test_a_value_may_be_one_text_with_blanks_around_it(self):
        damaged = Damaged()
        damaged.region("e10-12", "value")["value"]["text"] = " 5 件 "
        assert from_result(damaged.result, METRIC.segment) == GOLD

    def test_a_relation_may_be_drawn_from_either_end(self):
        damaged = Damaged()
        first = next(each for each in damaged.result if each["type"] == "relation")
        first["from_id"], first["to_id"] = first["to_id"], first["from_id"]
        assert from_result(damaged.result, METRIC.segment) == GOLD

    def test_a_relation_needs_no_name(self):
        damaged = Damaged()
        for each in damaged.result:
            each.pop("labels", None)
        assert from_result(damaged.result, METRIC.segment) == GOLD


def test_a_backslash_and_n_stand_for_a_line_break():
    text = "县司法局\r\n和\n县公安局"
    entity = Entity(start=0, end=len(text), text=text, label="AGENCY", kind="government")
    gold = Annotation(id="made-2020-s001", entities=(entity,), role="other", topic=None)
    result = to_result(gold)
    result[0]["value"]["text"] = "县司法局\\n和\\n县公安局"
    assert from_result(result, made_segment(text)) == gold


def test_a_prediction_has_values_where_they_can_be_computed():
    text = METRIC.segment.text
    result = to_prediction(text, [(0, 4, "AGENCY"), (10, 12, "METRIC")], "work", None)
    assert [(each["from_name"], each["id"]) for each in result] == [
        ("entity", "e0-4"),
        ("entity", "e10-12"),
        ("value", "e10-12"),
        ("role", "role"),
    ]
    assert result[2]["value"]["text"] == ["5 件"]


def test_a_task_has_the_segments_id_as_its_uid():
    data = task_data(METRIC.segment, "题")
    assert (data["uid"], data["report"], data["text"]) == (
        "made-2020-s001",
        "made-2020",
        METRIC.segment.text,
    )
