"""Fact lines: what a METRIC measures and its value, under the marked text, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus import parse_value
from fazhi.corpus._fact_lines import parse_facts, render_facts
from fazhi.errors import MarkError
from makers import make_example
from strategies import annotated_texts, facts_of

METRIC = ("71件", "METRIC", "count")


def parse(text: str, *lines: str, metrics: tuple[str, ...] = ("71件",)):
    entities = make_example(text, *((each, "METRIC", "count") for each in metrics)).gold.entities
    return parse_facts(lines, text, entities)


def indicator(text: str, written: str) -> tuple[int, str] | None:
    """Where the indicator of the one metric begins, and its surface."""
    (fact,) = parse(text, f"= 71件 | {written} | 71 件")
    return fact.indicator and (fact.indicator.start, fact.indicator.text)


def rendered(text: str, surface: str | None, notation: str = "71 件") -> str:
    example = make_example(text, METRIC, facts=(("71件", surface, notation),))
    return render_facts(text, example.gold.facts)


def refusal(text: str, *lines: str, metrics: tuple[str, ...] = ("71件",)) -> str:
    with pytest.raises(MarkError) as caught:
        parse(text, *lines, metrics=metrics)
    return str(caught.value)


def test_a_line_has_metric_indicator_and_value():
    assert rendered("办理行政复议案件71件", "行政复议案件") == "= 71件 | 行政复议案件 | 71 件\n"


def test_a_metric_whose_indicator_nothing_names():
    assert rendered("71件", None) == "= 71件 | - | 71 件\n"
    assert indicator("71件", "-") is None


def test_no_lines_are_no_facts_yet():
    assert parse("71件") == ()


class TestWhere:
    """The nearest before the metric, else the first behind it, else the one that is numbered."""

    def test_the_nearest_before(self):
        assert indicator("案件、案件71件、案件", "案件") == (3, "案件")

    def test_the_first_behind_if_there_is_none_before(self):
        assert indicator("71件案件、案件", "案件") == (3, "案件")

    def test_one_that_touches_the_metric(self):
        assert indicator("案件71件", "案件") == (0, "案件")

    def test_one_that_overlaps_the_metric_is_passed_over(self):
        assert indicator("71件件", "件") == (3, "件")

    def test_one_that_reaches_into_the_metric_is_passed_over_for_one_before(self):
        (fact,) = parse("件1、件1件", "= 1件 | 件1 | 1 件", metrics=("1件",))
        assert (fact.metric.start, fact.indicator.start) == (4, 0)

    @pytest.mark.parametrize(("number", "start"), [(1, 0), (2, 3), (3, 9)])
    def test_the_one_that_is_numbered(self, number, start):
        assert indicator("案件、案件71件、案件", f"案件@{number}") == (start, "案件")

    def test_occurrences_that_overlap_each_other_are_counted(self):
        assert indicator("人人人71件", "人人@1") == (0, "人人")
        assert indicator("人人人71件", "人人") == (1, "人人")

    def test_a_number_is_written_only_where_it_is_needed(self):
        text = "案件、案件71件"
        assert rendered(text, "案件") == "= 71件 | 案件@1 | 71 件\n"
        assert rendered(text, "、案件") == "= 71件 | 、案件 | 71 件\n"

    @pytest.mark.parametrize(
        "surface", ["-", "@2", "甲@2", "甲 | 乙", "= 甲", "# 甲", "[甲]", "𠀀"]
    )
    def test_a_surface_that_looks_like_notation(self, surface):
        text = f"{surface}71件"
        line = rendered(text, surface)
        assert indicator(text, line.split(" | ", 1)[1].rpartition(" | ")[0]) == (0, surface)

    def test_a_surface_that_looks_like_none_or_like_a_number_is_numbered(self):
        assert rendered("-71件", "-") == "= 71件 | -@1 | 71 件\n"
        assert rendered("甲@271件", "甲@2") == "= 71件 | 甲@2@1 | 71 件\n"


def test_facts_stand_in_the_order_of_the_metrics():
    lines = "= 71件 | - | 71 件", "= 50余次 | - | ~50 次"
    found = parse("71件、50余次", *lines, metrics=("71件", "50余次"))
    assert [fact.metric.start for fact in found] == [0, 4]
    assert [fact.value for fact in found] == [parse_value("71 件"), parse_value("~50 次")]


TEXT = "案件71件、2人"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("= 2人 | 案件 | 2 人", "is not '= 71件 | <indicator or -> | <value>'"),
        ("= 71 件 | 案件 | 71 件", "is not '= 71件 |"),
        ("=71件 | 案件 | 71 件", "is not '= 71件 |"),
        ("= 71件 | 71 件", "is not '= 71件 |"),
        ("= 71件 | 案件 |71 件", "is not '= 71件 |"),
        ("= 71件", "is not '= 71件 |"),
        ("= 71件 | 案子 | 71 件", "the indicator '案子' of '71件' is not in the text there"),
        ("= 71件 |  | 71 件", "the indicator '' of '71件' is not in the text there"),
        ("= 71件 | 案件@0 | 71 件", "the indicator '案件@0'"),
        ("= 71件 | 案件@2 | 71 件", "the indicator '案件@2'"),
        ("= 71件 | 案件@99999 | 71 件", "the indicator '案件@99999'"),
        ("= 71件 | 案件@" + "9" * 5000 + " | 71 件", "is not in the text there"),
        ("= 71件 | 71 | 71 件", "the indicator '71' of '71件' is not in the text there"),
        ("= 71件 | 件@2 | 71 件", "the indicator '件@2' of '71件' is not in the text there"),
        ("= 71件 | 案件 | 71件", "the fact of '71件': '71件' is no value; write 71 件"),
        ("= 71件 | 案件 | 9..2 件", "the fact of '71件': the lower bound 9.0 is above"),
        ("= 71件 | 案件 | ", "the fact of '71件': '' is no value"),
        ("= 71件 | 案件 | " + "9" * 400, "is too large"),
    ],
)
def test_a_bad_line_is_named(line, named):
    assert named in refusal(TEXT, line)


@pytest.mark.parametrize("count", [1, 3])
def test_there_is_a_line_for_each_metric_or_for_none(count):
    message = refusal(TEXT, *["= 71件 | - | 71 件"] * count, metrics=("71件", "2人"))
    assert f"{count} fact lines for 2 METRICs; write one for each" in message


def test_lines_in_another_order_are_refused():
    lines = "= 2人 | - | 2 人", "= 71件 | - | 71 件"
    assert "'= 2人 | - | 2 人' is not '= 71件 |" in refusal(TEXT, *lines, metrics=("71件", "2人"))


@st.composite
def texts_with_facts(draw):
    text, entities = draw(annotated_texts(labels=["METRIC"]))
    return text, entities, draw(facts_of(text, entities))


@given(texts_with_facts())
def test_there_and_back(drawn):
    text, entities, facts = drawn
    lines = render_facts(text, facts).split("\n")[:-1]
    assert parse_facts(lines, text, entities) == facts


@given(annotated_texts(labels=["METRIC"]), st.text("= 5件法|-@2.\\[] ", max_size=20))
def test_any_line_is_parsed_or_refused(drawn, line):
    text, entities = drawn
    try:
        facts = parse_facts([line] * len(entities), text, entities)
    except MarkError:
        return
    for fact, metric in zip(facts, entities, strict=True):
        assert (fact.metric.start, fact.metric.end) == (metric.start, metric.end)
        span = fact.indicator
        assert span is None or text[span.start : span.end] == span.text
