"""Segments in pieces written out, with the places of their spans."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from fazhi.corpus._recombine_cut import FactCut, Template
from fazhi.corpus._recombine_plan import Line, Slot
from fazhi.corpus._recombine_scene import Scene, measured

Row = dict[str, Any]
"""A record as a dictionary."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A segment of a generated report, before it has a place."""

    text: str
    """Its text."""
    entities: list[Row]
    """Its entities."""
    facts: list[Row]
    """Its facts."""
    template: Template
    """What it was made from."""
    slot: Slot
    """Where it stands in the shape."""


def drafted(template: Template, slot: Slot, scene: Scene, signs: dict[int, str]) -> Draft:
    """A segment written out.

    Args:
        template: the segment in pieces.
        slot: where it will stand.
        scene: the report.
        signs: the punctuation marks that the report writes otherwise.
    """
    scene.turn(template.topic, template.names)
    surfaces = [each if isinstance(each, str) else each.write(scene) for each in template.pieces]
    places = [*accumulate(map(len, surfaces), initial=len(slot.mark))]
    is_free = slot.kind == "heading" or (template.end and slot.end)
    end = slot.end if is_free else template.end
    text = f"{slot.mark}{''.join(surfaces)}{end}"
    if signs:
        text = text.translate(signs)

    def span(first: int, last: int) -> Row:
        start, stop = places[first], places[last]
        return {"start": start, "end": stop, "text": text[start:stop]}

    def fact(each: FactCut) -> Row:
        metric = span(*template.entities[each.entity][:2])
        indicator = each.indicator and span(*each.indicator)
        value = each.value or measured(metric["text"])
        return {"metric": metric, "indicator": indicator, "value": value}

    entities = [
        {**span(first, last), "label": label, "kind": kind}
        for first, last, label, kind in template.entities
    ]
    return Draft(text, entities, [fact(each) for each in template.facts], template, slot)


def lines_of(drafts: Sequence[Draft]) -> list[Line]:
    """The lines that segments stand on."""
    lines: list[Line] = []
    for draft in drafts:
        if draft.slot.begins_line or not lines:
            lines.append(Line(draft.text, draft.slot, len(draft.text)))
        else:
            lines[-1] = replace(lines[-1], text=lines[-1].text + draft.text)
    return lines


def rows_of(report: str, drafts: Sequence[Draft]) -> list[Row]:
    """The examples of a report, as records of `Example`."""
    rows: list[Row] = []
    path: list[tuple[int, str]] = []
    start = 0
    for number, draft in enumerate(drafts, start=1):
        slot, text = draft.slot, draft.text
        start += bool(rows) and slot.begins_line
        if slot.kind == "heading":
            path = [above for above in path if above[0] < slot.level]
        name = f"{report}-s{number:03d}"
        above = () if slot.kind == "closing" else tuple(each for _, each in path)
        segment = {
            "id": name,
            "report": report,
            "kind": slot.kind,
            "start": start,
            "end": start + len(text),
            "text": text,
            "heading_path": above,
        }
        gold = {
            "id": name,
            "entities": draft.entities,
            "facts": draft.facts,
            "role": draft.template.role,
            "topic": draft.template.topic,
        }
        rows.append({"segment": segment, "gold": gold})
        if slot.kind == "heading":
            path.append((slot.level, text))
        start += len(text)
    return rows
