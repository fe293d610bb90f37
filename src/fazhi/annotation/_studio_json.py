"""Annotations as Label Studio stores them, and back without loss.

Offsets are the same on both sides: Python code points, half-open. Regions have ids made from
their offsets (`e3-7` an entity, `i0-2` an indicator); ids that Label Studio made are accepted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fazhi.annotation._label_config import (
    ENTITY,
    INDICATOR,
    INDICATOR_LABEL,
    MEASURES,
    ROLE,
    TEXT,
    TOPIC,
    VALUE,
    kind_tag,
)
from fazhi.corpus import Annotation, Entity, EntityLabel, Segment, Span, format_value, value_of

Region = dict[str, Any]
Result = Sequence[Mapping[str, Any]]


def task_data(segment: Segment, title: str) -> dict[str, str]:
    """The data of a segment's task; its `uid` is the segment's id.

    Args:
        segment: the segment.
        title: the title of its report, shown to the annotator.
    """
    return {
        "uid": segment.id,
        "report": segment.report,
        "title": title,
        "heading_path": " › ".join(segment.heading_path) or "–",
        "kind": segment.kind,
        "text": segment.text,
    }


def to_result(annotation: Annotation) -> list[Region]:
    """The regions, relations and choices that stand for an annotation."""
    indicators = {
        (each.indicator.start, each.indicator.end): each.indicator
        for each in annotation.facts
        if each.indicator
    }
    return [
        *(region for each in annotation.entities for region in _entity(each, each.kind)),
        *(_span(INDICATOR, each, INDICATOR_LABEL) for each in indicators.values()),
        *(_value(each.metric, format_value(each.value)) for each in annotation.facts),
        *(_relation(each.metric, each.indicator) for each in annotation.facts if each.indicator),
        *_sections(annotation.role, annotation.topic),
    ]


def to_prediction(
    text: str,
    entities: Iterable[tuple[int, int, EntityLabel]],
    role: str | None,
    topic: str | None,
) -> list[Region]:
    """The regions of a model's prediction, which has no kinds; METRICs get computed values.

    Args:
        text: the segment's text.
        entities: start, end and label of each predicted span.
        role: the predicted role; None where the model predicts none.
        topic: the predicted topic; None where the model predicts none.
    """
    regions = []
    for start, end, label in entities:
        span = Span(start=start, end=end, text=text[start:end])
        regions.append(_span(ENTITY, span, label))
        value = value_of(span.text) if label == "METRIC" else None
        if value:
            regions.append(_value(span, format_value(value)))
    return [*regions, *_sections(role, topic)]


def region_id(tag: str, span: Span) -> str:
    """The id of a span's region."""
    return f"{tag[0]}{span.start}-{span.end}"


def _entity(entity: Entity, kind: str) -> Iterator[Region]:
    yield _span(ENTITY, entity, entity.label)
    yield {
        "id": region_id(ENTITY, entity),
        "from_name": kind_tag(entity.label),
        "to_name": TEXT,
        "type": "choices",
        "value": {"start": entity.start, "end": entity.end, "choices": [kind]},
    }


def _span(tag: str, span: Span, label: str) -> Region:
    return {
        "id": region_id(tag, span),
        "from_name": tag,
        "to_name": TEXT,
        "type": "labels",
        "value": {"start": span.start, "end": span.end, "text": span.text, "labels": [label]},
    }


def _value(metric: Span, notation: str) -> Region:
    return {
        "id": region_id(ENTITY, metric),
        "from_name": VALUE,
        "to_name": TEXT,
        "type": "textarea",
        "value": {"start": metric.start, "end": metric.end, "text": [notation]},
    }


def _relation(metric: Span, indicator: Span) -> Region:
    return {
        "type": "relation",
        "from_id": region_id(ENTITY, metric),
        "to_id": region_id(INDICATOR, indicator),
        "direction": "right",
        "labels": [MEASURES],
    }


def _sections(role: str | None, topic: str | None) -> Iterator[Region]:
    for name, choice in ((ROLE, role), (TOPIC, topic)):
        if choice:
            yield {
                "id": name,
                "from_name": name,
                "to_name": TEXT,
                "type": "choices",
                "value": {"choices": [choice]},
            }


def normal_form(result: Result) -> list[str]:
    """What a result says, without order and ids: equal for results that mean the same."""
    places = {
        str(each.get("id")): f"{each['value'].get('start')}-{each['value'].get('end')}"
        for each in result
        if each.get("type") == "labels" and isinstance(each.get("value"), dict)
    }
    return sorted(_normal(each, places) for each in result)


def _normal(region: Mapping[str, Any], places: Mapping[str, str]) -> str:
    if region.get("type") == "relation":
        ends = [places.get(str(region.get(end)), "") for end in ("from_id", "to_id")]
        return f"relation {ends} {region.get('labels')}"
    value = region.get("value")
    said = value if isinstance(value, dict) else {}
    words = said.get("labels") or said.get("choices") or said.get("text")
    return f"{region.get('from_name')} {places.get(str(region.get('id')), '')} {words}"


def said_of(result: Result, control: str, key: str, region: str | None = None) -> list[Any]:
    """What the regions of a control say under a key; those of one id where it is given."""
    return [
        each["value"].get(key)
        for each in result
        if each.get("from_name") == control and region in (None, str(each.get("id")))
    ]


def one(found: object) -> Any:
    """The only member of a list; None for anything else."""
    return found[0] if isinstance(found, list) and len(found) == 1 else None
