"""Places in reports: found in the names of organs and documents, and replaced by invented ones.

A report has a place of its own and others above, beside and below it. Each mention is known by
that relation, so that segments of several reports come to speak of one place.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fazhi.corpus._records import Example

RANKS = {"省": 0, "市": 1, "县": 2, "区": 2, "镇": 3, "乡": 3, "街道": 3}
"""What a place's name ends in, and how high it stands."""
OTHERS = 4
"""The number of the first place that is neither the report's own nor above it."""
PLACES = 32
"""How many places a generated report knows."""

_PER_SUFFIX = 4
_SUFFIXES = tuple(RANKS)
_LEAD = r"(?:关于|20\d\d年度?|中共|国家税务总局|政协|共青团)?"
_NAME = re.compile(
    r"(?![全各本我该每城社园市县省区镇乡街])(?P<stem>[\u4e00-\u9fff]{2,3}?)"
    r"(?P<suffix>[省县镇]|乡(?![村风])|(?<!城)市(?![场民]|政(?!府))|街道|(?<![社园发新城牧景厂校灾禁地])区)"
)
_FIRST = re.compile(f"{_LEAD}{_NAME.pattern}")

# Rare characters: none of their pairs is the name of a real county, city or province
_FRONTS = "霁泠汐黛漪沚苎茗栎榉芷苓霭霖曦玥珩璟瑾砚筠箬绛缃翎葭蕴鹇檀"
_BACKS = "溪屿垣岫峪浦川汀洲渚滨泽源湾塬峰岭桥陵亭堡坞圩津塘"
STEMS = tuple(front + back for front in _FRONTS for back in _BACKS)
"""Names of places that do not exist, without what they end in."""

Name = tuple[str, str]
"""A stem, and what the name ends in: 新蔡, 县."""


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a place."""

    number: int
    """Which of the report's places: 0 to 3 its own and those above it, by rank; then others."""
    suffix: str
    """What the name ends in; empty where the mention leaves it out."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """The places that one report speaks of."""

    own: Name | None
    """The place that the report is about, where its title says it."""
    numbers: dict[str, Place]
    """Each way to mention a place, and the mention."""
    mentions: re.Pattern[str]
    """Finds them, the longest first."""


def atlases(reports: Iterable[Sequence[Example]]) -> list[Atlas]:
    """The places of each report; a place that one report names is also known in the others."""
    found = [_names(examples) for examples in reports]
    known = dict.fromkeys(name for names, _ in found for name in names)
    return [_atlas(names, own, known) for names, own in found]


def _names(examples: Sequence[Example]) -> tuple[list[Name], Name | None]:
    """The places that names in a report begin with, the most frequent first, and its own."""
    counts: Counter[Name] = Counter()
    own: Name | None = None
    for example in examples:
        chains = [_chain(each.text) for each in example.gold.entities if each.label == "AGENCY"]
        titles = [_chain(each.text)[:1] for each in example.gold.entities if each.label == "LEGAL"]
        if example.gold.role == "title":
            chains.append(_chain(example.segment.text))
            own = own or next((chain[-1] for chain in reversed(chains) if chain), None)
        counts.update(name for chain in (*chains, *titles) for name in chain)
    return [name for name, _ in counts.most_common()], own


def _chain(text: str) -> list[Name]:
    """The places at the start of a name, each below the one before: 沙衡市赭滩区人民政府."""
    chain: list[Name] = []
    match = _FIRST.match(text)
    while match and (not chain or RANKS[match["suffix"]] > RANKS[chain[-1][1]]):
        chain.append((match["stem"], match["suffix"]))
        match = _NAME.match(text, match.end())
    return chain


def _atlas(names: Sequence[Name], own: Name | None, known: Iterable[Name]) -> Atlas:
    numbers = _numbers([*([own] if own else []), *names], known, own)
    mentions: dict[str, Place] = {}
    for (stem, suffix), number in numbers.items():
        mentions[stem + suffix] = Place(number, suffix)
        mentions.setdefault(stem, Place(number, ""))
    longest = sorted(mentions, key=len, reverse=True)
    return Atlas(own, mentions, re.compile("|".join(map(re.escape, longest)) or "(?!)"))


def _numbers(names: Iterable[Name], known: Iterable[Name], own: Name | None) -> dict[Name, int]:
    """The number of each place: its own, the first of each higher rank, then the others."""
    numbers: dict[Name, int] = {}
    others: Counter[str] = Counter()
    for name in dict.fromkeys([*names, *known]):
        rank, suffix = RANKS[name[1]], name[1]
        is_above = own is None or rank < RANKS[own[1]]
        if name == own or (is_above and rank not in numbers.values()):
            numbers[name] = rank
        else:
            turn = others[suffix] % _PER_SUFFIX
            numbers[name] = OTHERS + _PER_SUFFIX * _SUFFIXES.index(suffix) + turn
            others[suffix] += 1
    return numbers
