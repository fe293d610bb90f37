"""Normalised values of quantities, and the short notation in which annotators write them.

71 件           exactly 71
~50 次          about 50
98.. %          98 or more
..36 个工作日    36 or less
50..100 元      from 50 to 100
1/3             a fraction, without a unit
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from fazhi._record import Record

_NUMBER = r"[0-9]+(?:\.[0-9]+|/[1-9][0-9]*)?"
_NOTATION = re.compile(
    rf"(?P<about>~)?(?P<low>{_NUMBER})?(?P<dots>\.\.)?(?P<high>{_NUMBER})?(?: (?P<unit>\S+))?"
)

Bound = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]


class Value(Record):
    """The value that a METRIC states; exact values have `low == high`."""

    low: Bound | None
    """The least that it can be; None for an upper limit alone."""
    high: Bound | None
    """The most that it can be; None for a lower limit alone."""
    unit: str
    """The unit as written, without 万 and 亿, which are multiplied in; empty for a fraction."""
    approximate: StrictBool
    """Whether the text says about, nearly, or somewhat more than."""

    @model_validator(mode="after")
    def _bounds_are_in_order(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a value has a lower or an upper bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the lower bound {self.low} is above the upper bound {self.high}")
        if re.search(r"\s", self.unit):
            raise ValueError(f"the unit {self.unit!r} holds a space")
        return self


def parse_value(notation: str) -> Value:
    """A value from its notation.

    Raises:
        ValueError: it is not in the notation, or its bounds are not in order.
    """
    match = _NOTATION.fullmatch(notation)
    if not match or (match["high"] and not match["dots"]) or not (match["low"] or match["high"]):
        raise ValueError(
            f"{notation!r} is no value; write 71 件, ~50 次, 98.. %, ..36 天, 50..100 元 or 1/3"
        )
    low, high = (_number(match[key]) if match[key] else None for key in ("low", "high"))
    return Value(
        low=low,
        high=high if match["dots"] else low,
        unit=match["unit"] or "",
        approximate=bool(match["about"]),
    )


def _number(text: str) -> float:
    try:
        return float(Fraction(text))
    except OverflowError:
        raise ValueError(f"the number {text[:20]}… is too large") from None


def format_value(value: Value) -> str:
    """The notation of a value; `parse_value` reads it back."""
    low, high = _bound(value.low), _bound(value.high)
    number = low if value.low == value.high else f"{low}..{high}"
    return f"{'~' if value.approximate else ''}{number} {value.unit}".rstrip(" ")


def _bound(number: float | None) -> str:
    if number is None:
        return ""
    fraction = Fraction(number).limit_denominator(1000)
    if number != round(number, 6) and float(fraction) == number:
        return str(fraction)
    return format(Decimal(repr(abs(number))).normalize(), "f")
