"""METRIC surfaces taken apart, so that others of the same shape can be written.

A surface is numerals and what stands between them. Other numerals take their place; what they
count stays, so that kind and unit stay too. Its value is computed anew from what was written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from fazhi.corpus._numerals import bounds_of, in_words

Random = Callable[[], float]
"""Draws a number from 0 to 1, 1 left out."""
Form = Literal["arabic", "grouped", "chinese"]

_CHINESE = "零一二两三四五六七八九十百千"
_SCALE = "(?:万亿|[万亿])?"
_TOKEN = re.compile(
    rf"(?P<per>[百千]分之)(?P<share>[{_CHINESE}]+(?:点[{_CHINESE}]+)?)|"
    rf"(?P<arabic>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<scale>[百千]?{_SCALE})|"
    # a bare 百 or 千 is a scale, or part of 百分点
    rf"(?P<chinese>(?![百千]+(?![{_CHINESE}]))[{_CHINESE}]+)(?P<large>{_SCALE})(?P<tenths>成?)"
)
_FRACTION = re.compile(
    rf"(?P<front>[近约]?)(?![百千]分)[{_CHINESE}]+分之[{_CHINESE}]+(?P<back>(?:以上|以下|以内|左右)?)"
)
_FRACTIONS = ("三分之一", "三分之二", "四分之一", "四分之三", "五分之二", "五分之三", "五分之四")
_VAGUE = re.compile("[几数]")
_ROUND = re.compile("[近约超逾余多]|以上|以下|左右|内$")
_SIGNED = re.compile(
    r"(?P<front>[近约]?)\d+(?P<more>[余多]?)(?P<unit>[^\d余多]+?)(?P<back>(?:左右)?)"
)
_SIGNS = (("", "", ""), ("近", "", ""), ("约", "", ""), ("", "余", ""), ("", "多", ""))
_SO = ("", "", "左右")
_PER = {"百分之": 100, "千分之": 1000}
_OF_HUNDRED = frozenset("%分")
_IN_WORDS = frozenset("名件次场起家份条处户所台辆批座")
_COUNTED = _IN_WORDS | {"人", "期", "册", "宗", "人次", "件次", "场次"}
_SIGNED_ANEW, _TO_DIGITS, _TO_WORDS = 0.25, 0.3, 0.12
_LEADS_ON = re.compile("[过足于少多近约逾超每第]$")
_STOPS = frozenset("，。；、,;")


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral."""

    value: int
    """Its value, times ten to the number of its decimals."""
    decimals: int
    """How many digits stand behind the point."""
    form: Form
    """How it is written."""
    full: int
    """What is all of it, for a share, alike; 0 where it is none."""
    step: int
    """What it is a multiple of: 10 where it is to end in a zero."""
    counts: bool = True
    """Whether it counts things, so that 2 is 两."""

    def redraw(self, factor: float, power: float) -> int:
        """Another value; of two that are equally round the greater stays so, or they meet."""
        step, full = self.step, self.full
        if self.value in (0, full):
            return self.value
        if self.value > full:
            least = max(step, 2 if self.form == "chinese" else 1)
            value = max(least, round(self.value * factor / step) * step)
        else:
            value = round(full * (self.value / full) ** power / step) * step
            value = min(full - 1, max(step, value))
        # nobody writes 4.0
        return value + 1 if self.decimals and value % 10 == 0 else value

    def write(self, value: int, form: Form) -> str:
        """The numeral of another value."""
        if form == "chinese":
            return in_words(value, self.decimals, counts=self.counts)
        whole, part = divmod(value, 10**self.decimals)
        digits = f"{whole:,}" if form == "grouped" else str(whole)
        return f"{digits}.{part:0{self.decimals}d}" if self.decimals else digits


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction in words, such as 近三分之一."""

    front: str
    """What stands before it."""
    back: str
    """What stands behind it."""
    unit: str = ""
    """It has none."""

    def redraw(self, random: Random, factor: float, power: float) -> str:  # noqa: ARG002
        """Another fraction."""
        return self.front + _FRACTIONS[int(random() * len(_FRACTIONS))] + self.back


@dataclass(frozen=True, slots=True)
class Quantity:
    """A METRIC surface taken apart."""

    parts: tuple[str | Number, ...]
    """Its numerals, and what stands between them."""
    unit: str
    """Its unit."""
    is_plain: bool
    """Whether it is but a number of things."""
    may_sign: bool
    """Whether words around it allow it to become approximate or exact."""
    may_end: bool
    """Whether 左右 may follow."""

    def redraw(self, random: Random, factor: float, power: float) -> str:
        """Another surface of the same kind and unit."""
        lucky, style = random(), random()
        surface = ""
        for part in self.parts:
            if isinstance(part, str):
                surface += part
            else:
                value = part.redraw(factor, power)
                form = self._form(part, value, style) if self.is_plain else part.form
                surface += part.write(value, form)
        return self._signed(surface, random) if self.may_sign and lucky < _SIGNED_ANEW else surface

    def _form(self, number: Number, value: int, style: float) -> Form:
        """A number that counts things is now and then written in words, or no longer so."""
        if number.form == "chinese" and style < _TO_DIGITS:
            return "arabic"
        fits = not number.decimals and 2 <= value < 100 and self.unit in _IN_WORDS
        return "chinese" if fits and style < _TO_WORDS else number.form

    def _signed(self, surface: str, random: Random) -> str:
        """The surface made approximate, exact, or approximate in other words."""
        match = _SIGNED.fullmatch(surface)
        if not match or match["unit"] not in _COUNTED:
            return surface
        number = int(re.sub(r"\D", "", surface))
        signs = (*_SIGNS, _SO) if self.may_end else _SIGNS
        front, more, back = signs[int(random() * len(signs))]
        if number < 20:
            return surface
        step = 10 ** (len(str(number)) - 1 - (number >= 100))
        number = number // step * step + (0 if front or more or back else int(random() * step))
        return f"{front}{number}{more}{match['unit']}{back}"


def take_apart(surface: str, unit: str, left: str, right: str) -> Quantity | Fraction | None:
    """A METRIC surface in its parts; None where it has to stay as it is.

    Args:
        surface: the surface.
        unit: the unit of its value.
        left: the text before it.
        right: the text behind it.
    """
    if _VAGUE.search(surface):
        return None
    if fraction := _FRACTION.fullmatch(surface):
        return Fraction(fraction["front"], fraction["back"])
    parts: list[str | Number] = []
    end = 0
    for match in _TOKEN.finditer(surface):
        number = _number(match, unit, is_round=_keeps_zeros(surface, unit))
        if number is None:
            return None
        start = match.end("per") if match["per"] else match.start()
        parts += [surface[end:start], number]
        end = max(match.end(group) for group in ("share", "arabic", "chinese"))
    parts.append(surface[end:])
    joined = _joined(_equally_round(parts))
    is_free = not _LEADS_ON.search(left) and not surface.startswith(("超", "逾"))
    is_plain = len(joined) == 2 and joined[1] == unit and unit in _COUNTED
    return Quantity(joined, unit, is_plain, is_free, right[:1] in _STOPS) if end else None


def _keeps_zeros(surface: str, unit: str) -> bool:
    is_range = len(_TOKEN.findall(surface)) > 1
    return is_range or bool(_ROUND.search(surface)) or unit not in _COUNTED | _OF_HUNDRED


def _equally_round(parts: list[str | Number]) -> list[str | Number]:
    """The parts with both ends of a range such as 8-10 as round as the less round one."""
    if any(part.startswith(("万", "亿", "元")) for part in parts[:-1] if isinstance(part, str)):
        return parts
    step = min((each.step for each in parts if isinstance(each, Number)), default=1)
    return [each if isinstance(each, str) else replace(each, step=step) for each in parts]


def _joined(parts: list[str | Number]) -> tuple[str | Number, ...]:
    """The parts without empty ones, and with neighbouring texts made one."""
    joined: list[str | Number] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return tuple(joined)


def _number(match: re.Match[str], unit: str, *, is_round: bool) -> Number | None:
    if match["arabic"]:
        whole, _, part = match["arabic"].replace(",", "").partition(".")
        form: Form = "grouped" if "," in match["arabic"] else "arabic"
        full = 100 * 10 ** len(part) if unit in _OF_HUNDRED else 0
        return _made(int(whole + part), len(part), form, full, is_round=is_round)
    numeral = match["share"] or match["chinese"]
    bounds = None if numeral == "百" else bounds_of(numeral)
    if bounds is None or bounds[0] != bounds[1] or bounds[0] < 2:
        return None
    decimals = len(numeral.partition("点")[2])
    full = (_PER.get(match["per"]) or (10 if match["tenths"] else 0)) * 10**decimals
    number = _made(int(bounds[0] * 10**decimals), decimals, "chinese", full, is_round=is_round)
    return replace(number, counts=not match["per"])


def _made(value: int, decimals: int, form: Form, full: int, *, is_round: bool) -> Number:
    digits = str(value)
    zeros = len(digits) - len(digits.rstrip("0")) if is_round and value and not decimals else 0
    return Number(value, decimals, form, full, 10**zeros)
