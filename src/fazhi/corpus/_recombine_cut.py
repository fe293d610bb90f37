"""Segments cut into pieces: what may be replaced, and what stays."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fazhi.corpus._labels import Role, Topic
from fazhi.corpus._quantity import value_of
from fazhi.corpus._recombine_places import OTHERS, Atlas
from fazhi.corpus._recombine_quantities import take_apart
from fazhi.corpus._recombine_scene import (
    Mention,
    Metric,
    Organ,
    Piece,
    Title,
    Year,
    measured,
)
from fazhi.corpus._records import Annotation, Entity, Example, Fact

_STOPS = "。；;"
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_YEAR = r"(?<![\d—－–\-])(?P<year>20\d\d|二〇[〇一二三四五六七八九]{2})(?=年(?![—－–\-]))"
_YEARS_BACK = 4
_LEVEL = re.compile(r"(?:[省县区镇乡]|街道|市(?![场民]))(?![场村块域级直、省县区镇乡]|市(?!场))")
_SWAPPABLE = {
    "party": "[部办]",
    "government": "局|厅|大队|支队|指挥部|领导小组",
    "legislature": "委员会",
    "judiciary": "法院|检察院",
    "institution": "中心|协会|学会|医院|公司|集团|学院|大学|银行|律师事务所|公证处|调解委员会|"
    "仲裁委员会|救援队|小学|中学|联合会|卫生院|基金会|研究院",
}
_HEAD = {kind: re.compile(rf"[\u4e00-\u9fff]+?({heads})") for kind, heads in _SWAPPABLE.items()}
_FIXED = re.compile("及其|常务委员会")
_BRACKETS = re.compile("（[^（）]*）$")
_PERIOD = re.compile(r"20\d\d")
_STATE = re.compile("国务院|中共中央|中央|[\u4e00-\u9fff]{2,10}部关于")
_ASCII_MARK = re.compile(r"(?<![\x00-\x7f])[,;:()]|[,;:()](?![\x00-\x7f])")
_WIDE = str.maketrans(",;:()", "，；：（）")
_FRAME = ("title", "other")
_OPENING = ("《", "〈")


@dataclass(frozen=True, slots=True)
class FactCut:
    """A fact, by the pieces that it speaks of."""

    entity: int
    """Which entity is its metric."""
    indicator: tuple[int, int] | None
    """The first piece of its indicator, and the last (exclusive)."""
    value: Mapping[str, Any] | None
    """Its value, where it is not the one that is computed."""


@dataclass(frozen=True, slots=True)
class Template:
    """A segment in pieces, without its number and its final stop."""

    source: str
    """Id of the segment that it was."""
    year: int
    """The year of its report."""
    role: Role
    """Its role."""
    topic: Topic | None
    """Its topic."""
    pieces: tuple[str | Piece, ...]
    """Its text."""
    entities: tuple[tuple[int, int, str, str], ...]
    """First piece, last piece (exclusive), label and kind of each entity."""
    facts: tuple[FactCut, ...]
    """Its facts."""
    end: str
    """Its final stop; empty where it has none that could be another."""
    names: tuple[str, ...]
    """The tails of its organs, and its titles."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The report that a segment comes from."""

    year: int
    """The year that it is about."""
    kept: frozenset[str]
    """The organs that stay as they are: those of a department, where one issued the report."""
    atlas: Atlas
    """Its places."""
    varying: re.Pattern[str]
    """Finds places and years in its text."""


def origin_of(year: int, kept: frozenset[str], atlas: Atlas) -> Origin:
    """What has to be known of a report to cut its segments."""
    varying = re.compile(f"(?P<place>{atlas.mentions.pattern})|{_YEAR}")
    return Origin(year, kept, atlas, varying)


def cut(example: Example, number: int, origin: Origin) -> Template:
    """A segment in pieces.

    Args:
        example: the segment with its gold annotation.
        number: how many characters its item or heading number has.
        origin: its report.
    """
    text, gold = _widened(example.segment.text), example.gold
    end = len(text) - text.endswith(tuple(_STOPS))
    indicators = [each.indicator for each in gold.facts if each.indicator]
    cuts = {number, end, *(place for each in (*gold.entities, *indicators) for place in each.place)}
    whole = {each.place: each for each in gold.entities}
    pieces: list[str | Piece] = []
    at: dict[int, int] = {}
    for start, stop in pairwise(sorted(cuts)):
        at[start] = len(pieces)
        entity = whole.get((start, stop))
        pieces += _entity(entity, text, gold, origin) if entity else _vary(text[start:stop], origin)
    at[end] = len(pieces)
    order = {each.place: place for place, each in enumerate(gold.entities)}
    return Template(
        source=example.segment.id,
        year=origin.year,
        role=gold.role,
        topic=gold.topic,
        pieces=tuple(pieces),
        entities=tuple((at[e.start], at[e.end], e.label, e.kind) for e in gold.entities),
        facts=tuple(
            FactCut(
                order[fact.metric.place],
                (at[fact.indicator.start], at[fact.indicator.end]) if fact.indicator else None,
                None if _is_computed(fact) else fact.value.model_dump(),
            )
            for fact in gold.facts
        ),
        end=text[end:],
        names=tuple(_names(pieces)),
    )


def _widened(text: str) -> str:
    """A text with the marks of Chinese punctuation, but for those inside ASCII."""
    return _ASCII_MARK.sub(lambda match: match.group().translate(_WIDE), text)


def _is_computed(fact: Fact) -> bool:
    return value_of(fact.metric.text) == fact.value


def _names(pieces: list[str | Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Organ):
            yield piece.tail
        elif isinstance(piece, Title):
            yield piece.text


def _vary(text: str, origin: Origin) -> list[str | Piece]:
    """A text in which places and years are pieces of their own."""
    pieces: list[str | Piece] = []
    end = 0
    for match in origin.varying.finditer(text):
        piece = _varied(match, origin)
        if piece:
            pieces += [text[end : match.start()], piece]
            end = match.end()
    return [piece for piece in (*pieces, text[end:]) if piece]


def _varied(match: re.Match[str], origin: Origin) -> Piece | None:
    if match["place"]:
        return Mention(origin.atlas.numbers[match["place"]])
    digits = match["year"].translate(_DIGITS)
    shift = int(digits) - origin.year
    return Year(shift, digits == match["year"]) if -_YEARS_BACK <= shift <= 1 else None


def _entity(entity: Entity, text: str, gold: Annotation, origin: Origin) -> Sequence[str | Piece]:
    surface = text[entity.start : entity.end]
    if entity.label == "METRIC":
        return [_metric(entity, text, gold)]
    # an abbreviation that the text explains would no longer fit, nor another issuer or addressee
    if "简称" not in text and gold.role not in _FRAME:
        if entity.label == "LEGAL":
            is_quoted = text[: entity.start].endswith(_OPENING)
            return [_title(surface, entity.kind, is_quoted, origin)]
        if organ := _organ(surface, entity.kind, origin):
            return [organ]
    return _vary(surface, origin)


def _metric(entity: Entity, text: str, gold: Annotation) -> Metric:
    surface = text[entity.start : entity.end]
    facts = [each for each in gold.facts if each.metric.place == entity.place]
    counts_organs = any(e.end == entity.start and e.label == "AGENCY" for e in gold.entities)
    value = measured(surface)
    if value is None or counts_organs or not all(map(_is_computed, facts)):
        return Metric(surface, is_range=False, quantity=None)
    quantity = take_apart(surface, value["unit"], text[: entity.start], text[entity.end :])
    return Metric(surface, value["low"] != value["high"], quantity)


def _organ(name: str, kind: str, origin: Origin) -> Organ | None:
    """An organ in its lead and tail; None where its name stays as it is."""
    lead: list[str | Piece] = []
    end, level = 0, ""
    while match := origin.atlas.mentions.match(name, end):
        place = origin.atlas.numbers[match.group()]
        lead.append(Mention(place))
        end, level = match.end(), place.suffix or f"of {min(place.number, OTHERS)}"
    if not lead and (match := _LEVEL.match(name)):
        lead, end, level = [match.group()], match.end(), match.group()
    tail = name[end:]
    if tail in origin.kept or _FIXED.search(tail) or origin.atlas.mentions.search(tail):
        return None
    if not lead and kind == "government" and tail.endswith("部"):
        return Organ((), tail, (kind, level, "部"))
    head = _HEAD[kind].fullmatch(tail)
    return Organ(tuple(lead), tail, (kind, level, head[1])) if lead and head else None


def _title(name: str, kind: str, is_quoted: bool, origin: Origin) -> Title:
    """A title with its sort: kind, marks, whose it is, and what document it is."""
    match = origin.atlas.mentions.match(name)
    place = origin.atlas.numbers[match.group()] if match else None
    level = _LEVEL.match(name)
    lead = (min(place.number, OTHERS), place.suffix) if place else level and level.group()
    issuer = (match := _STATE.match(name)) and match.group()[:2]
    bare = _BRACKETS.sub("", name)
    head = "法" if bare.endswith(("法", "法典")) else bare[-2:]
    document = (issuer, head, "草案" in name, origin.kept if lead else frozenset())
    pieces = tuple(_vary(name, origin))
    says = _PERIOD.search(name)
    since = int(says[0]) if says and not any(isinstance(each, Year) for each in pieces) else 0
    return Title(pieces, name, (kind, is_quoted, lead, *document), origin.year, since)
