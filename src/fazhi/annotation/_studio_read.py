"""Annotations from what Label Studio stores, every span verified against the text."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from fazhi._record import explain
from fazhi.annotation._label_config import (
    ENTITY,
    INDICATOR,
    ROLE,
    TOPIC,
    VALUE,
    kind_tag,
)
from fazhi.annotation._studio_facts import read_facts
from fazhi.annotation._studio_json import Result, one, said_of
from fazhi.corpus import (
    ENTITY_LABELS,
    Annotation,
    Entity,
    Segment,
    Span,
    check_annotation,
)

_KIND_TAGS = tuple(kind_tag(label) for label in ENTITY_LABELS)
_CONTROLS = (ENTITY, INDICATOR, ROLE, TOPIC, VALUE, *_KIND_TAGS)


def from_result(result: Result, segment: Segment) -> Annotation:
    """A segment's annotation from Label Studio's regions.

    A METRIC has a fact where it has a value or a `measures` relation; a value that was left
    empty is computed from the surface.

    Raises:
        ExceptionGroup: of ValueErrors, one for everything that cannot be used: a span that is
            out of range or whose surface differs, a label, kind, relation or choice that is
            missing or unknown, a value that is not in the notation.
    """
    problems = _strangers(result)
    result = [each for each in result if _is_known(each)]
    spans = _spans(result, segment.text, problems)
    entities = _entities(result, spans, problems)
    problems += _homeless(result)
    fields = {
        "id": segment.id,
        "entities": sorted(entities.values(), key=lambda each: (each.start, each.end)),
        "facts": read_facts(result, entities, spans, problems),
        "role": _choice(result, ROLE, problems),
        "topic": _choice(result, TOPIC, problems),
    }
    try:
        annotation = Annotation.model_validate(fields)
    except ValidationError as error:
        problems.append(explain(error))
    else:
        problem = check_annotation(annotation, {segment.id: segment})
        problems += [problem] if problem else []
        if not problems:
            return annotation
    raise ExceptionGroup(segment.id, [ValueError(problem) for problem in problems])


def _strangers(result: Result) -> list[str]:
    return [
        f"it holds a region of the unknown control {each.get('from_name')!r}"
        for each in result
        if not _is_known(each)
    ]


def _is_known(region: Mapping[str, Any]) -> bool:
    if region.get("type") == "relation":
        return True
    return region.get("from_name") in _CONTROLS and isinstance(region.get("value"), Mapping)


def _spans(result: Result, text: str, problems: list[str]) -> dict[str, Span]:
    """The verified span of each entity and indicator region, by region id."""
    spans = {}
    for region in result:
        if region.get("from_name") not in (ENTITY, INDICATOR):
            continue
        start, end, shown = (region["value"].get(key) for key in ("start", "end", "text"))
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
            problems.append(f"the span {start}:{end} is empty or out of range ({len(text)} long)")
        elif not _same(text[start:end], shown):
            problems.append(f"the span {start}:{end} is {text[start:end]!r}, not {shown!r}")
        elif str(region.get("id")) in spans:
            problems.append(f"two spans have the region id {region.get('id')!r}")
        else:
            spans[str(region.get("id"))] = Span(start=start, end=end, text=text[start:end])
    return spans


def _same(surface: str, shown: object) -> bool:
    """Whether a region shows the surface; Label Studio writes a line break as backslash and n."""
    if not isinstance(shown, str):
        return False
    return surface == shown or _one_line(surface) == _one_line(shown)


def _one_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _entities(result: Result, spans: Mapping[str, Span], problems: list[str]) -> dict[str, Entity]:
    """The entity of each region that has a verified span, by region id."""
    entities = {}
    for region in result:
        name = str(region.get("id"))
        if region.get("from_name") == ENTITY and name in spans:
            kinds = [kind for tag in _KIND_TAGS for kind in said_of(result, tag, "choices", name)]
            entity = _entity(spans[name], region["value"].get("labels"), kinds, problems)
            if entity:
                entities[name] = entity
    return entities


def _entity(
    span: Span, labels: object, kinds: Sequence[object], problems: list[str]
) -> Entity | None:
    label, kind = one(labels), one(one(kinds))
    if label is None or kind is None:
        problems.append(
            f"{span.text!r} at {span.start} has the labels {labels} and kinds {kinds}; "
            "it needs one of each"
        )
        return None
    try:
        return Entity.model_validate({**span.model_dump(), "label": label, "kind": kind})
    except ValidationError as error:
        problems.append(f"{span.text!r} at {span.start}: {explain(error)}")
        return None


def _homeless(result: Result) -> list[str]:
    """What is said of a region that is not there, or that it cannot be said of."""
    labels = {
        str(each.get("id")): each["value"].get("labels")
        for each in result
        if each.get("from_name") == ENTITY
    }
    return [
        f"the kind {each['value'].get('choices')} belongs to no entity"
        for each in result
        if each.get("from_name") in _KIND_TAGS and str(each.get("id")) not in labels
    ] + [
        f"the value {each['value'].get('text')} belongs to no METRIC"
        for each in result
        if each.get("from_name") == VALUE and labels.get(str(each.get("id"))) != ["METRIC"]
    ]


def _choice(result: Result, name: str, problems: list[str]) -> str | None:
    found = said_of(result, name, "choices")
    choice = one(one(found))
    if found and choice is None:
        problems.append(f"the choice {name} is {found}; it needs one")
    return None if choice is None else str(choice)
