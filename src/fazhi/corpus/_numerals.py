"""Numerals as reports write them: 2,401, 1亿2000万, 一百零五, 三点五亿, 七八十, 十几万, 数百.

余, 多 and 来 (somewhat more) may stand before the last scale, as in 600多万. Whole Chinese
numerals are read by cn2an.
"""

import re
from decimal import Decimal
from fractions import Fraction

CHINESE = "〇零一二两三四五六七八九十百千万亿"
DIGITS = r"(?:\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?"
"""No more digits than a float keeps."""
NUMERAL = rf"(?:半|(?:[\d.,，{CHINESE}几数余多来]|点(?=[〇零一二三四五六七八九]))+)"
"""Whatever may be a numeral; `bounds_of` says whether it is one."""

_ONES = "零一二三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_BELOW = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
"""The scale that speech leaves out: 一万二 is 一万二千."""
_LARGE = "(?:万亿|[万亿])?"
_SCALE = f"(?P<scale>[十百千]?{_LARGE})"
_MORE = re.compile(rf"(?P<head>[^余多来]+)[余多来]{_SCALE}")
_SEVERAL = re.compile(rf"(?P<front>(?:[{CHINESE}]*十)?)[几数]{_SCALE}")
_PAIR = re.compile(
    rf"(?P<front>(?:[{CHINESE}]*[十百千万亿])?)(?P<pair>[一二两三四五六七八九]{{2}}){_SCALE}"
)
_PAIRS = ("一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
_PART = re.compile(rf"(?P<digits>{DIGITS})(?P<scale>[百千]?{_LARGE})")
_DECIMAL = re.compile(rf"(?P<whole>[^点]+)点(?P<digits>[{_ONES}]{{1,15}})(?P<scale>{_LARGE})")

Bounds = tuple[Fraction, Fraction, bool]
"""Least, most, and whether about."""


def bounds_of(numeral: str) -> Bounds | None:
    """What a numeral states; None where it is none."""
    more = _MORE.fullmatch(numeral)
    plain = more["head"] + more["scale"] if more else numeral
    if several := _SEVERAL.fullmatch(plain):
        return _several(several["front"], several["scale"])
    if pair := _PAIR.fullmatch(plain):
        low, high = (_exact(pair["front"] + digit + pair["scale"]) for digit in pair["pair"])
        return (low, high, bool(more)) if low and high and pair["pair"] in _PAIRS else None
    number = _exact(plain)
    return None if number is None else (number, number, bool(more))


def _several(front: str, scale: str) -> Bounds | None:
    """数十 is 10 to 100; 十几 is 10 to 20."""
    size = Fraction(_product(scale))
    if not front:
        return size, 10 * size, True
    base = _exact(front)
    if base is None or scale[:1] in ("十", "百", "千"):
        return None
    return base * size, (base + 10) * size, True


def _product(scale: str) -> int:
    product = 1
    for each in scale:
        product *= _SCALES[each]
    return product


def _exact(numeral: str) -> Fraction | None:
    if numeral == "半":
        return Fraction(1, 2)
    return _arabic(numeral) if numeral[:1].isdecimal() else _chinese(numeral)


def _arabic(numeral: str) -> Fraction | None:
    """2,401, 2.6万, 1亿2000万; not 1万2, which says 12000 in speech."""
    parts = list(_PART.finditer(numeral))
    if "".join(part.group() for part in parts) != numeral or (len(parts) > 1 and "." in numeral):
        return None
    total, last = Fraction(0), 0
    for part in parts:
        scale = _product(part["scale"])
        number = Fraction(Decimal(re.sub("[,，]", "", part["digits"]))) * scale
        if last and not number < last <= 10 * number:
            return None
        total, last = total + number, scale
    return total


def _chinese(numeral: str) -> Fraction | None:
    plain = numeral.replace("〇", "零")
    match = _DECIMAL.fullmatch(plain)
    if not match:
        return _whole(plain)
    whole = _whole(match["whole"])
    digits = "".join(str(_ONES.index(each)) for each in match["digits"])
    if whole is None:
        return None
    return (whole + Fraction(int(digits), 10 ** len(digits))) * _product(match["scale"])


def _whole(numeral: str) -> Fraction | None:
    """A whole Chinese numeral; a bare scale is one of it. Digits in a row are no quantity."""
    from cn2an import cn2an

    plain = re.sub(f"^(?=[百千]?{_LARGE}$)", "一", numeral.replace("两", "二"))
    if speech := re.fullmatch(".*[一二三四五六七八九十]([百千万亿])[一二三四五六七八九]", plain):
        plain += _BELOW[speech[1]]
    # cn2an counts a 十 without its 一 as nothing, save at the beginning
    plain = re.sub(f"(?<![{_ONES}])十", "一十", plain)
    try:
        return Fraction(cn2an(plain, "strict"))
    except ValueError:
        return None


def in_words(value: int, decimals: int = 0, *, counts: bool = True) -> str:
    """A numeral in Chinese, below one hundred million; `bounds_of` reads it.

    Args:
        value: its value, times ten to the number of decimals.
        decimals: how many digits stand behind the point.
        counts: whether it counts things, so that 2 is 两.
    """
    whole, part = divmod(value, 10**decimals)
    behind = "".join(_ONES[int(digit)] for digit in f"{part:0{decimals}d}") if decimals else ""
    if counts and whole == 2 and not behind:
        return "两"
    return _whole_in_words(whole) + (f"点{behind}" if behind else "")


def _whole_in_words(value: int) -> str:
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = "零" if 0 < low < 1_000 else ""
        many = "两" if high == 2 else _whole_in_words(high)
        return f"{many}万{gap}{_whole_in_words(low) if low else ''}"
    words = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // size % 10
        if digit:
            words += ("两" if digit == 2 and unit == "千" else _ONES[digit]) + unit
        elif words and not words.endswith("零"):
            words += "零"
    words = words.rstrip("零") or "零"
    return words.removeprefix("一") if words.startswith("一十") else words
