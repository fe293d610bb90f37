"""Patterns over the lexicon: what the rules predict and the CRF sees as features."""

import re
from functools import cache

from fazhi.baselines._lexicon import Lexicon, alternatives, lexicon

_CHINESE_NUMERAL = "[两二三四五六七八九十百千]"
_NO_PLACE = "省市县区乡镇委在与和由向对经到以并将为是的被各全本我年度通过"

TITLE = re.compile("《([^》]+)》")
ORDINAL = re.compile(rf"第(?:\d+|{_CHINESE_NUMERAL}+)")
DATE = re.compile(r"(?:19|20)\d{2}年(?:度|以来)?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日")


@cache
def statutes() -> re.Pattern[str]:
    """Statutes that are named without title marks."""
    return re.compile(alternatives(lexicon().statutes))


@cache
def organs() -> re.Pattern[str]:
    """Organs after a place or a level, and central organs."""
    words = lexicon()
    name = f"[^{_NO_PLACE}\\W\\d_a-zA-Z]"
    place = f"{alternatives(words.provinces)}|(?<!{name}){name}{{2,3}}[市县区]"
    level, organ = alternatives(words.levels), alternatives(words.organs)
    return re.compile(
        f"{alternatives(words.central)}|"
        f"(?:中共)?(?:{place})?{level}?(?<=[省市州盟县区旗乡镇道]){organ}"
    )


@cache
def quantities() -> re.Pattern[str]:
    """Numerals with approximator and measure word, not directly after an opening quote."""
    words = lexicon()
    digits = r"\d+(?:\.\d+)?(?:[-—~至]\d+(?:\.\d+)?)?"
    number = rf"(?:{digits}{_between(words)}[万亿]?|{_CHINESE_NUMERAL}+)"
    measure = alternatives(words.measures)
    return re.compile(
        rf"(?<![“‘\"]){alternatives(words.before_numeral)}?{number}{_between(words)}"
        rf"{measure}{alternatives(words.after_measure)}?"
    )


def _between(words: Lexicon) -> str:
    return alternatives(words.after_numeral) + "?"
