"""The value that a quantity states, computed from its surface.

The grammar of a quantity (limits, approximators, ranges, ratios, units) is here, after
chapter 7 of the guidelines. What it does not know has no value: a wrong one would be believed.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from fazhi.corpus._numerals import CHINESE, DIGITS, NUMERAL, Bounds, bounds_of
from fazhi.corpus._values import Value

_TO = r"\-－—–~～至到"
_NOT_IN_UNIT = f"{CHINESE}半几多余来以之内外前后上下左右至到约近超逾不足第"
_WORD = rf"(?:百分点|平方千米|(?![{_NOT_IN_UNIT}])[A-Za-z²³㎡㎥℃\u3400-\u9fff])+"
_UNIT = re.compile(rf"(?!分点)(?:[%‰‱]?|{_WORD}(?:[(（]{_WORD}[)）])?(?:/{_WORD})?)")
_QUANTITY = re.compile(rf"(?P<numeral>{NUMERAL})(?P<unit>.*)")
_RANGE = re.compile(
    rf"(?P<low>{NUMERAL})(?P<unit>[^\d{CHINESE}{_TO}]*)[{_TO}]+(?P<rest>(?P<high>{NUMERAL}).*)"
)
_FRACTION = re.compile(rf"(?P<below>{NUMERAL})分之(?P<above>{NUMERAL})")
_SLASH = re.compile(rf"(?P<above>{DIGITS})/(?P<below>{DIGITS})")
_HALF = re.compile("个半(?P<rest>[^天].*)|(?P<whole>[^点]+)半")
_PLUS = re.compile(rf"^({NUMERAL})\+({_WORD}.*)")
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"(?:{_YEAR}年?[{_TO}]+)?{_YEAR}年.*|{_YEAR}[{_TO}]+{_YEAR}")
_APART = re.compile(rf"\d\s+[\d〇零一二两三四五六七八九]|[{CHINESE}]\s+[\d{CHINESE}]")

_NARROW = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "％＋．"} | {
    0xFF10 + digit: str(digit) for digit in range(10)
}
_ABOUT = ("大约", "将近", "接近", "约", "近")
_AT_LEAST = ("不少于", "不低于", "至少", "超过", "突破", "超", "逾")
_AT_MOST = ("不超过", "不多于", "至多", "最多", "不足", "不到")
_OR_MORE = ("及以上", "以上", "+")
_OR_LESS = ("及以下", "以下", "之内", "以内", "内")
_OR_SO = ("左右", "上下", "余", "多")
_PER = {"百": "%", "千": "‰", "万": "‱"}

_Reading = tuple[Bounds, str]
"""Bounds and unit."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What stands around a quantity."""

    about: bool
    """Whether it is only near."""
    at_least: bool
    """Whether it is a lower limit."""
    at_most: bool
    """Whether it is an upper limit."""


def value_of(surface: str) -> Value | None:
    """The value of a quantity such as 2.6万件, 二十余次, 50-100元, 90%以上 or 三分之一.

    Returns:
        None where the surface is not in the grammar.
    """
    text = re.sub(r"\s", "", surface.translate(_NARROW))
    if _APART.search(surface) or _YEARS.fullmatch(text):
        return None
    text, signs = _strip_signs(text)
    reading = _read(text)
    if reading is None or (signs.at_least and signs.at_most):
        return None
    (low, high, inexact), unit = reading
    about = signs.about or inexact
    if _is_bare(text) and not (about or signs.at_least or signs.at_most):
        return None
    return Value(
        low=None if signs.at_most else float(low),
        high=None if signs.at_least else float(high),
        unit=unit,
        approximate=about,
    )


def _strip_signs(text: str) -> tuple[str, _Signs]:
    text, near = _strip_front(text, _ABOUT)
    text, above = _strip_front(re.sub("^上(?=[百千万亿])", "超", text), _AT_LEAST)
    text, below = _strip_front(text, _AT_MOST)
    text, more = _strip_end(_PLUS.sub(r"\1\2+", text), _OR_MORE)
    text, less = _strip_end(text, _OR_LESS)
    text, or_so = _strip_end(text, _OR_SO)
    return text, _Signs(near or or_so, above or more, below or less)


def _strip_front(text: str, words: tuple[str, ...]) -> tuple[str, bool]:
    word = next((each for each in words if text.startswith(each)), "")
    return text.removeprefix(word), bool(word)


def _strip_end(text: str, words: tuple[str, ...]) -> tuple[str, bool]:
    word = next((each for each in words if text.endswith(each)), "")
    return text.removesuffix(word), bool(word)


def _is_bare(text: str) -> bool:
    """Whether it begins with a scale: 万元 alone is a unit, 超万元 and 万余元 are quantities."""
    return text[0] in "百千万亿" and "分之" not in text


def _read(text: str) -> _Reading | None:
    reading = _ratio(text) or _interval(text) or _single(text)
    if reading and reading[1] == "成":
        return _times(reading[0], Fraction(10)), "%"
    return reading


def _ratio(text: str) -> _Reading | None:
    """百分之八十, 千分之三至五, 三分之一, 2/3, 半数."""
    if text in ("半", "一半", "半数"):
        return (Fraction(1, 2), Fraction(1, 2), False), ""
    if (per := text[:1]) in _PER and text[1:3] == "分之":
        numerals = re.sub(rf"(?<=[{_TO}]){per}分之", "", text[3:])
        reading = _interval(numerals) or _single(numerals)
        return (reading[0], _PER[per]) if reading and not reading[1] else None
    match = _FRACTION.fullmatch(text) or _SLASH.fullmatch(text)
    above, below = (bounds_of(match[key]) if match else None for key in ("above", "below"))
    if not above or not below or not below[0] or below[0] != below[1]:
        return None
    share = _times(above, 1 / below[0])
    return (share, "") if share[1] <= 1 else None


def _times(bounds: Bounds, factor: Fraction) -> Bounds:
    return bounds[0] * factor, bounds[1] * factor, bounds[2]


def _interval(text: str) -> _Reading | None:
    """50-100元, 50元-100元/件, 3%-5%, 1.5-2万元, 半年至一年."""
    match = _RANGE.fullmatch(text)
    end = _single(match["rest"]) if match else None
    if not match or not end or match["unit"] not in ("", end[1], end[1].partition("/")[0]):
        return None
    if not match["unit"] and "半" in match["rest"]:
        return None
    scale = "" if match["unit"] else _shared_scale(match["low"], match["high"])
    start = _start(match["low"], scale, end[0][1])
    return start and ((start[0], end[0][1], start[2] or end[0][2]), end[1])


def _shared_scale(low: str, high: str) -> str:
    """The scale behind the second number that the first one goes without: 1.5-2万, 三至五百万."""
    match = re.fullmatch("(.+?)([百千]?)(万亿|[万亿]|)[余多来]?", high)
    if not match or re.search("[万亿]", low) or re.search("[百千万亿]", match[1]):
        return ""
    return match[3] if re.search("[十百千]", low) else match[2] + match[3]


def _start(low: str, scale: str, end: Fraction) -> Bounds | None:
    """The lower bounds of a range: with the shared scale; without it where that exceeds the end.

    8000-1万 begins at 8000, but 10-2万 is no range that anyone would write.
    """
    shared, alone = bounds_of(low + scale), bounds_of(low)
    if shared and shared[0] <= end:
        return shared
    return alone if alone and scale and alone[0] <= end <= 100 * alone[0] else None


def _single(text: str) -> _Reading | None:
    match = _QUANTITY.fullmatch(text)
    bounds = bounds_of(match["numeral"]) if match else None
    if not match or bounds is None:
        return None
    unit = match["unit"]
    if (half := _HALF.fullmatch(unit)) and match["numeral"] != "半":
        unit = f"个{half['rest']}" if half["rest"] else half["whole"]
        bounds = bounds[0] + Fraction(1, 2), bounds[1] + Fraction(1, 2), bounds[2]
    if unit[:2] in ("个多", "个余"):
        unit, bounds = "个" + unit[2:], (*bounds[:2], True)
    return (bounds, unit) if _UNIT.fullmatch(unit) else None
