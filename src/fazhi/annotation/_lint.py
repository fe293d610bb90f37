"""Checks of an annotation that need no second annotator.

Every check yields findings; a clean corpus has none. What a check cannot decide (a numeral
that is a slogan, a newspaper in 《》) is decided by a reader and recorded in `reasons.toml`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fazhi._text import occurrences
from fazhi.annotation._finding import Finding
from fazhi.annotation._lint_facts import lint_facts
from fazhi.annotation._reasons import Reasons
from fazhi.annotation._surface import EDGE, half_pairs
from fazhi.corpus import Entity, Example

_NUMERAL = re.compile(r"\d+(?:\.\d+)?|[①-⑳㈠-㈩]|[〇零一二两三四五六七八九十百千万亿]+")
_TITLE = re.compile(r"《([^》]*)》")
_DATE = re.compile(r"(?:19|20)\d{2}年度?(?:\d{1,2}月(?:\d{1,2}日)?)?")
_HEADING_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
_ITEM_MARK = re.compile(r"[一二三四五六七八九十]{1,3}是")


def lint(examples: Sequence[Example], reasons: Reasons) -> list[Finding]:
    """All findings of all checks, in the order of the corpus."""
    return [
        *_numerals(examples, reasons),
        *_titles(examples, reasons),
        *_surfaces(examples, reasons),
        *_edges(examples),
        *_layout_roles(examples),
        *lint_facts(examples, reasons),
    ]


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _places(entities: Iterable[Entity]) -> list[tuple[int, int]]:
    return [entity.place for entity in entities]


def _occurrences(needle: str, text: str) -> list[tuple[int, int]]:
    return [(start, start + len(needle)) for start in occurrences(needle, text)]


def _numerals(examples: Sequence[Example], reasons: Reasons) -> Iterator[Finding]:
    """A numeral is in an entity, or structural, or in a recorded expression; none superfluous."""
    used: set[str] = set()
    for example in examples:
        text = example.segment.text
        settled = [*_places(example.gold.entities), *_structural(example)]
        for match in _NUMERAL.finditer(text):
            if _covered(*match.span(), settled):
                continue
            found = set(_expressions(*match.span(), text, reasons))
            used |= found
            if not found:
                around = text[max(0, match.start() - 6) : match.end() + 6]
                yield Finding(
                    "numeral",
                    example.segment.id,
                    around,
                    f"{match.group()!r} is in no entity. Annotate it, or record why not",
                )
    for expression in sorted(set(reasons.numerals) - used):
        yield Finding("numeral", "", expression, "the recorded reason is needed nowhere. Drop it")


def _expressions(start: int, end: int, text: str, reasons: Reasons) -> Iterator[str]:
    """The recorded expressions that hold a numeral of a text."""
    present = (each for each in reasons.numerals if each in text)
    return (each for each in present if _covered(start, end, _occurrences(each, text)))


def _structural(example: Example) -> Iterator[tuple[int, int]]:
    """Numerals that the layout explains: dates with a year, heading numbers, item marks."""
    segment = example.segment
    for date in _DATE.finditer(segment.text):
        yield date.span()
    mark = {"heading": _HEADING_NUMBER, "item": _ITEM_MARK}.get(segment.kind)
    for pattern in (mark, _HEADING_NUMBER if segment.kind == "item" else None):
        match = pattern.match(segment.text) if pattern else None
        if match:
            yield match.span()


def _titles(examples: Sequence[Example], reasons: Reasons) -> Iterator[Finding]:
    """What stands in 《》 is one whole LEGAL span, or a recorded newspaper, map or meeting."""
    used: set[str] = set()
    for example in examples:
        legal = {each.place for each in example.gold.entities if each.label == "LEGAL"}
        for match in _TITLE.finditer(example.segment.text):
            if match.span(1) in legal:
                continue
            used.add(match.group(1))
            if match.group(1) not in reasons.titles:
                yield Finding(
                    "title",
                    example.segment.id,
                    match.group(),
                    "the title is not one LEGAL span. Annotate it, or record why not",
                )
    for title in sorted(set(reasons.titles) - used):
        yield Finding("title", "", title, "the recorded reason is needed nowhere. Drop it")


def _surfaces(examples: Sequence[Example], reasons: Reasons) -> Iterator[Finding]:
    """A surface is labelled alike wherever it stands; each recorded reason settles one place.

    A numeral that is a METRIC elsewhere is explained here by its layout or by an expression.
    """
    labels: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for example in examples:
        for entity in example.gold.entities:
            labels[entity.text].add((entity.label, entity.kind))
    recorded = Counter((each.text, each.segment) for each in reasons.surfaces)
    for example in examples:
        for surface, found in _deviations(example, labels, reasons):
            place = (surface, example.segment.id)
            if recorded[place] > 0:
                recorded[place] -= 1
            else:
                yield Finding("surface", example.segment.id, surface, found)
    for (surface, segment), left in sorted(recorded.items()):
        if left:
            message = "the recorded reason is needed nowhere. Drop it"
            yield Finding("surface", segment, surface, message)


def _deviations(
    example: Example, labels: dict[str, set[tuple[str, str]]], reasons: Reasons
) -> Iterator[tuple[str, str]]:
    entities, text = example.gold.entities, example.segment.text
    annotated = _places(entities)
    for entity in entities:
        if len(labels[entity.text]) > 1:
            names = ", ".join(f"{label}.{kind}" for label, kind in sorted(labels[entity.text]))
            yield entity.text, f"the surface has several labels ({names}). Choose, or record why"
    for surface in (each for each in labels if each in text):
        for start, end in _occurrences(surface, text):
            if _covered(start, end, annotated) or _splits_numeral(text, start, end):
                continue
            if _is_metric(labels[surface]) and _is_explained(start, end, example, reasons):
                continue
            yield surface, "an entity elsewhere, unlabelled here. Annotate it, or record why not"


def _is_metric(labels: set[tuple[str, str]]) -> bool:
    return {label for label, _ in labels} == {"METRIC"}


def _is_explained(start: int, end: int, example: Example, reasons: Reasons) -> bool:
    """Whether every numeral of a stretch is structural or stands in a recorded expression."""
    text, structural = example.segment.text, list(_structural(example))
    return all(
        _covered(*match.span(), structural) or any(_expressions(*match.span(), text, reasons))
        for match in _NUMERAL.finditer(text)
        if start < match.end() and match.start() < end
    )


def _splits_numeral(text: str, start: int, end: int) -> bool:
    """Whether the span cuts a longer number in two, as 2件 does in 12件."""
    left = start > 0 and text[start - 1].isdigit() and text[start].isdigit()
    return left or (end < len(text) and text[end - 1].isdigit() and text[end].isdigit())


def _edges(examples: Sequence[Example]) -> Iterator[Finding]:
    """No span begins or ends with a space or mark, and none holds half a pair of brackets."""
    for example in examples:
        for entity in example.gold.entities:
            if entity.text[0] in EDGE or entity.text[-1] in EDGE:
                yield Finding(
                    "edge",
                    example.segment.id,
                    entity.text,
                    "the span has a space or mark at its edge. Leave it out",
                )
            if half_pairs(entity.text):
                yield Finding(
                    "edge",
                    example.segment.id,
                    entity.text,
                    "the span holds half a pair of brackets. Take in or leave out both",
                )


def _layout_roles(examples: Sequence[Example]) -> Iterator[Finding]:
    """Titles, headings and closing lines have the role that their layout gives them."""
    roles = {"title": "title", "heading": "heading", "closing": "other"}
    for example in examples:
        due = roles.get(example.segment.kind)
        role = example.gold.role
        if role != due if due else role in ("title", "heading"):
            yield Finding(
                "role",
                example.segment.id,
                example.segment.text[:20],
                f"a {example.segment.kind} has the role {role!r}. Correct it",
            )
