"""The notation of values: what it says, and there and back without loss."""

import json

import pytest
from hypothesis import given
from pydantic import ValidationError

from fazhi.corpus import Value, format_value, parse_value
from strategies import values


def value(low, high, unit="件", approximate=False) -> Value:
    return Value(low=low, high=high, unit=unit, approximate=approximate)


@pytest.mark.parametrize(
    ("notation", "meant"),
    [
        ("71 件", value(71, 71)),
        ("~50 次", value(50, 50, "次", approximate=True)),
        ("98.. %", value(98, None, "%")),
        ("..36 个工作日", value(None, 36, "个工作日")),
        ("50..100 元/件", value(50, 100, "元/件")),
        ("~10..100 人", value(10, 100, "人", approximate=True)),
        ("~..5 人", value(None, 5, "人", approximate=True)),
        ("1/3", value(1 / 3, 1 / 3, "")),
        ("1/3..2/3", value(1 / 3, 2 / 3, "")),
        ("94.29 %", value(94.29, 94.29, "%")),
        ("0.5..1.5 年", value(0.5, 1.5, "年")),
        ("5", value(5, 5, "")),
        ("0 件", value(0, 0)),
    ],
)
def test_a_notation_means_a_value(notation, meant):
    assert parse_value(notation) == meant
    assert format_value(meant) == notation


@pytest.mark.parametrize(
    ("notation", "shortest"),
    [("5..5 件", "5 件"), ("5.0 件", "5 件"), ("2/4", "0.5"), ("007 件", "7 件")],
)
def test_what_means_the_same_is_written_alike(notation, shortest):
    assert format_value(parse_value(notation)) == shortest


@given(values())
def test_there_and_back(drawn):
    assert parse_value(format_value(drawn)) == drawn


@pytest.mark.parametrize("low", [1e21, 1e300, 1e-300, 5e-324, -0.0, 2.6e4 + 1e-7, 1 / 7, 22 / 7])
def test_awkward_numbers_survive(low):
    assert parse_value(format_value(value(low, low))) == value(low, low)


@pytest.mark.parametrize(
    "notation",
    [
        *("", " ", "件", "..", "~", "~ 件", "-5 件", "+5 件", "5件", "5  件", "5 件 次", " 5 件"),
        *(
            "5 件 ",
            "1.",
            ".5",
            "1,000 件",
            "1/0",
            "0/0",
            "1.5/3",
            "1.52/3",
            "1/20.5",
            "1e5",
            "nan",
            "inf",
        ),
        *("１ 件", "五 件", "5...6", "10..5 件", "5~ 件", "5\n", "5 件\n", "5 \x85"),
        pytest.param("9" * 400, id="too large for a float"),
        pytest.param("9" * 5000, id="too long for an integer"),
    ],
)
def test_what_is_no_value_is_refused(notation):
    with pytest.raises(ValueError, match=r"is no value|above|too large|Exceeds"):
        parse_value(notation)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"low": None, "high": None}, "a value has a lower or an upper bound"),
        ({"low": 3.0}, "the lower bound 3.0 is above the upper bound 2.0"),
        ({"low": -1.0}, "greater than or equal to 0"),
        ({"high": float("inf")}, "finite"),
        ({"high": float("nan")}, "finite"),
        ({"unit": "个 月"}, "the unit '个 月' holds a space"),
        ({"unit": "个\u3000月"}, "holds a space"),
        ({"low": "1"}, "valid number"),
        ({"low": True}, "valid number"),
        ({"approximate": "yes"}, "valid boolean"),
        ({"about": True}, "not permitted"),
    ],
)
def test_a_value_that_cannot_be_is_refused(changes, named):
    known = {"low": 1.0, "high": 2.0, "unit": "件", "approximate": False}
    with pytest.raises(ValidationError, match=named):
        Value.model_validate(known | changes)


@given(values())
def test_a_value_survives_the_way_through_json(drawn):
    assert Value.model_validate(json.loads(json.dumps(drawn.model_dump()))) == drawn
