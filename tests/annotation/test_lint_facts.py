"""Lint of the facts: one for each METRIC, as computed, with a clean indicator."""

import pytest

from fazhi.annotation import Reasons, SurfaceReason, lint
from fazhi.corpus import Example, Fact, Span, Value, parse_value
from makers import make_example

TEXT = "共受理行政复议案件71件，办结“一件事”5件。"


def with_fact(
    indicator: str | None = "行政复议案件",
    value: str = "71 件",
    kind: str = "count",
    text: str = TEXT,
    metric: str = "71件",
) -> Example:
    """An example whose one METRIC has a fact."""
    example = make_example(text, (metric, "METRIC", kind))
    fact = Fact(
        metric=span(text, metric),
        indicator=span(text, indicator) if indicator else None,
        value=parse_value(value),
    )
    gold = example.gold.model_copy(update={"facts": (fact,)})
    return Example(segment=example.segment, gold=gold)


def span(text: str, surface: str) -> Span:
    start = text.index(surface)
    return Span(start=start, end=start + len(surface), text=surface)


def messages(*examples: Example, **reasons) -> list[str]:
    findings = lint(examples, Reasons(**reasons))
    return [each.message for each in findings if each.check == "fact"]


def test_a_fact_as_it_should_be_is_not_found():
    assert messages(with_fact()) == []
    assert messages(with_fact(indicator=None)) == []


def test_a_metric_without_a_fact_is_found():
    assert messages(make_example(TEXT, ("71件", "METRIC", "count"))) == [
        "the METRIC has no fact. Write one"
    ]


def test_a_value_that_is_not_as_computed_is_found():
    (message,) = messages(with_fact(value="17 件"))
    assert "its value is 17 件, computed is 71 件" in message


def test_a_recorded_reason_settles_it_at_its_place_and_once():
    reason = SurfaceReason(text="71件", segment="made-2020-s001", reason="a misprint")
    assert messages(with_fact(value="17 件"), values=[reason]) == []
    assert len(messages(with_fact(value="17 件"), with_fact(value="17 件"), values=[reason])) == 1


def test_a_reason_that_is_not_needed_is_found():
    reason = SurfaceReason(text="71件", segment="made-2020-s001", reason="a misprint")
    assert messages(with_fact(), values=[reason]) == [
        "the recorded reason is needed nowhere. Drop it"
    ]


@pytest.mark.parametrize(
    ("metric", "value", "kind"),
    [
        ("98%", "98 %", "ratio"),
        ("三分之一", "1/3", "ratio"),
        ("2倍", "2 倍", "ratio"),
        ("3个百分点", "3 个百分点", "ratio"),
        ("50元/件", "50 元/件", "money"),
        ("6小时", "6 小时", "duration"),
        ("36个工作日", "36 个工作日", "duration"),
        ("11年", "11 年", "duration"),
        ("5次", "5 次", "count"),
        ("3年级", "3 年级", "count"),
    ],
)
def test_the_unit_tells_the_kind(metric, value, kind):
    def found(kind: str) -> list[str]:
        text = f"达到{metric}。"
        return messages(with_fact(None, value, kind=kind, text=text, metric=metric))

    assert found(kind) == []
    for other in {"ratio", "money", "duration", "count"} - {kind}:
        assert len(found(other)) == 1


@pytest.mark.parametrize("indicator", ["，办结", "办结“", "共受理行政复议案件71件，"])
def test_an_indicator_with_a_mark_at_its_edge_is_found(indicator):
    text = f"办结了，{TEXT}"
    fact = with_fact(text=text)
    gold = fact.gold
    moved = gold.facts[0].model_copy(update={"indicator": span(text, indicator)})
    example = Example(segment=fact.segment, gold=gold.model_copy(update={"facts": (moved,)}))
    assert any("mark at its edge" in each or "half a pair" in each for each in messages(example))


def test_a_quoted_name_keeps_its_quotes():
    assert messages(with_fact("“一件事”", "5 件", metric="5件")) == []


def test_an_indicator_that_holds_another_metric_is_found():
    example = make_example(TEXT, ("71件", "METRIC", "count"), ("5件", "METRIC", "count"))
    value = Value(low=5, high=5, unit="件", approximate=False)
    first = with_fact().gold.facts[0]
    second = Fact(metric=span(TEXT, "5件"), indicator=span(TEXT, "71件，办结“一件事”"), value=value)
    gold = example.gold.model_copy(update={"facts": (first, second)})
    (message,) = messages(Example(segment=example.segment, gold=gold))
    assert "holds a METRIC" in message
