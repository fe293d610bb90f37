"""All that reports are made from: shapes, segments in pieces, organs, titles."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import groupby

from fazhi.corpus._recombine_cut import Template, cut, origin_of
from fazhi.corpus._recombine_places import STEMS, Atlas, atlases
from fazhi.corpus._recombine_plan import Shape, Slot, mark_of, slots_of
from fazhi.corpus._recombine_scene import FEW, NEAR, Choices, Organ, Supply, Title
from fazhi.corpus._records import Example
from fazhi.corpus._segment import MARKS

_FREQUENT = 3
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]+(?:局|厅|委员会)")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张曹严金魏陶姜谢邹窦章苏潘葛范彭鲁马方任袁柳鲍史"
    "唐薛雷贺汤"
)
_POSTS = "书记|省长|市长|县长|区长|镇长|乡长|局长|厅长|主任"
_PERSON = re.compile(f"[{_SURNAMES}](?:{_POSTS})|(?:{_POSTS})[{_SURNAMES}]")
_STOPS = ("：", ":", "！", "!", "？", "?")
_NUMERAL = re.compile(r"\d+(?:[,.]\d+)*|[零一二两三四五六七八九十百千万亿]+")
_UNIT_LENGTH = 4


class Stock:
    """All that reports are made from."""

    def __init__(self, examples: Sequence[Example]) -> None:
        reports = [list(group) for _, group in groupby(examples, lambda each: each.segment.report)]
        self.shapes: list[Shape] = []
        self._templates: dict[Hashable, list[Template]] = defaultdict(list)
        self._near: dict[Hashable, list[Template]] = {}
        found = atlases(reports)
        for report, atlas in zip(reports, found, strict=True):
            self._add(report, atlas)
        taken = {mention for atlas in found for mention in atlas.numbers}
        self.stems = [stem for stem in STEMS if stem not in taken]
        templates = [each for group in self._templates.values() for each in group]
        self.supply = Supply(_tails(templates), _titles(templates), _barred(examples))

    def _add(self, examples: list[Example], atlas: Atlas) -> None:
        name = examples[0].segment.report
        organ = _department(examples, atlas)
        origin = origin_of(_year(name), _kept(examples, atlas) if organ else frozenset(), atlas)
        family = (atlas.own[1] if atlas.own else name, organ)
        shape = Shape(name, origin.year, family, slots_of(examples))
        self.shapes.append(shape)
        for example, slot in zip(examples, shape.slots, strict=True):
            if _is_fit(example):
                template = cut(example, len(slot.mark), origin)
                self._templates[family, slot.sort].append(template)

    def fitting(self, shape: Shape, slot: Slot) -> list[Template]:
        """The segments of a sort from reports of the same year; if they are few, of the last."""
        key = (shape.family, slot.sort, shape.year)
        if key not in self._near:
            found = self._templates.get(key[:2], ())
            same = [each for each in found if each.year == shape.year]
            near = [each for each in found if 0 <= shape.year - each.year <= NEAR]
            self._near[key] = same if len(same) >= FEW else near
        return self._near[key]


def _year(report: str) -> int:
    """The year of a report, as its id says; 0 where it says none."""
    match = re.search(r"-(\d{4})$", report)
    return int(match[1]) if match else 0


def _department(examples: Sequence[Example], atlas: Atlas) -> str | None:
    """The name of the department that issued a report; None for a government."""
    titles = [each for each in examples if each.segment.kind == "title"]
    for entity in (entity for title in titles for entity in title.gold.entities):
        tail = _tail(entity.text, atlas)
        if entity.label == "AGENCY" and _DEPARTMENT.fullmatch(tail):
            return tail
    return None


def _tail(name: str, atlas: Atlas) -> str:
    """The name of an organ without the places that it begins with."""
    while match := atlas.mentions.match(name):
        name = name[match.end() :]
    return name


def _kept(examples: Sequence[Example], atlas: Atlas) -> frozenset[str]:
    """The organs that a department's report names often: itself, by its names, and its parts."""
    counts = Counter(
        _tail(entity.text, atlas).lstrip("省市县区镇乡")
        for example in examples
        for entity in example.gold.entities
        if entity.label == "AGENCY"
    )
    return frozenset(tail for tail, count in counts.items() if count >= _FREQUENT)


def _is_fit(example: Example) -> bool:
    """Whether a segment can stand elsewhere: it names no person, and nothing counts inside it."""
    kind, body = example.segment.kind, example.segment.text[len(mark_of(example)) :]
    if not body or _PERSON.search(body):
        return False
    if kind == "heading":
        return not body.endswith(_STOPS)
    return kind not in ("item", "paragraph") or not any(mark.search(body) for mark in MARKS)


def _tails(templates: Sequence[Template]) -> Choices[str]:
    """What organs of each sort are called after the place or level."""
    tails: dict[tuple[Hashable, str | None], dict[str, None]] = defaultdict(dict)
    for template in templates:
        for piece in template.pieces:
            if isinstance(piece, Organ):
                for topic in (template.topic, None):
                    tails[piece.sort, topic][piece.tail] = None
    return {key: tuple(found) for key, found in tails.items()}


def _titles(templates: Sequence[Template]) -> Choices[Title]:
    """The titles of each sort."""
    titles: dict[tuple[Hashable, str | None], list[Title]] = defaultdict(list)
    for template in templates:
        for piece in template.pieces:
            if isinstance(piece, Title):
                for topic in {template.topic, None}:
                    titles[piece.sort, topic].append(piece)
    return titles


def _barred(examples: Sequence[Example]) -> frozenset[str]:
    """What begins with a numeral and is no METRIC somewhere: 三项 in 三项制度, 28期 in 第28期."""
    return frozenset(
        text[start : match.end() + length]
        for text in map(_unlabelled, examples)
        for match in _NUMERAL.finditer(text)
        for start in range(match.start(), match.end() if match[0][0] > "9" else match.start() + 1)
        for length in range(1, _UNIT_LENGTH + 1)
    )


def _unlabelled(example: Example) -> str:
    """The text outside entities."""
    text, end = "", 0
    for entity in example.gold.entities:
        text += example.segment.text[end : entity.start] + "\n"
        end = entity.end
    return text + example.segment.text[end:]
