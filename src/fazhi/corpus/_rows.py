"""Records to dataset rows, and rows back to records."""

from dataclasses import asdict
from typing import Any, get_args

from fazhi.corpus._bio import spans_to_tags
from fazhi.corpus._labels import ENTITY_LABELS, KIND_NAMES, ROLE_NAMES, TOPIC_NAMES
from fazhi.corpus._layers import LayerCard
from fazhi.corpus._quantity import value_of
from fazhi.corpus._records import Annotation, Entity, Example, Fact, Segment, SegmentKind
from fazhi.corpus._report import Report

_SEGMENT_KINDS: tuple[SegmentKind, ...] = get_args(SegmentKind)


def report_row(report: Report) -> dict[str, Any]:
    """A row of the `reports` configuration."""
    known = report.source.model_dump(exclude={"file", "split", "original"})
    runs = [asdict(run) for run in report.offsets.runs]
    return {**known, "title": report.title, "text": report.text, "offsets": runs}


def section_row(example: Example) -> dict[str, Any]:
    """A row of the `sections` configuration; class labels by name."""
    return {
        **_segment_columns(example.segment),
        "role": example.gold.role,
        "topic": example.gold.topic,
    }


def entity_row(example: Example) -> dict[str, Any]:
    """A row of the `entities` configuration; class labels by name."""
    text, entities = example.segment.text, example.gold.entities
    return {
        **_segment_columns(example.segment),
        "tokens": list(text),
        "tags": spans_to_tags(entities, len(text)),
        "spans": [entity.model_dump() for entity in entities],
    }


def fact_row(example: Example) -> dict[str, Any]:
    """A row of the `facts` configuration."""
    return {**_segment_columns(example.segment), "facts": _fact_columns(example.gold)}


def layer_row(card: LayerCard, segment: Segment, annotation: Annotation) -> dict[str, Any]:
    """A row of the `layers` configuration; class labels by name."""
    return {
        "layer": card.name,
        "annotator": card.annotator,
        "id": segment.id,
        "report": segment.report,
        "text": segment.text,
        "spans": [entity.model_dump() for entity in annotation.entities],
        "role": annotation.role,
        "topic": annotation.topic,
        "facts": _fact_columns(annotation),
    }


def _segment_columns(segment: Segment) -> dict[str, Any]:
    return {**segment.model_dump(), "heading_path": list(segment.heading_path)}


def _fact_columns(annotation: Annotation) -> list[dict[str, Any]]:
    return [
        {**fact.model_dump(), "computed": value_of(fact.metric.text) == fact.value}
        for fact in annotation.facts
    ]


def example_of(entities: dict[str, Any], section: dict[str, Any], facts: dict[str, Any]) -> Example:
    """The example that the rows of the same id in three configurations stand for.

    Class labels are integers, as they are stored.

    Raises:
        ValueError: the rows are not of the same id, or no rows of the dataset.
    """
    if not entities["id"] == section["id"] == facts["id"]:
        raise ValueError("rows of different segments")
    columns = {name: section[name] for name in ("id", "report", "start", "end", "text")}
    segment = Segment(
        **columns,
        kind=_SEGMENT_KINDS[section["kind"]],
        heading_path=tuple(section["heading_path"]),
    )
    gold = _annotation_of({**section, "spans": entities["spans"], "facts": facts["facts"]})
    return Example(segment=segment, gold=gold)


def _annotation_of(row: dict[str, Any]) -> Annotation:
    topic = row["topic"]
    return Annotation(
        id=row["id"],
        entities=tuple(_entity_of(span) for span in row["spans"]),
        facts=tuple(_fact_of(fact) for fact in row["facts"]),
        role=ROLE_NAMES[row["role"]],
        topic=None if topic is None else TOPIC_NAMES[topic],
    )


def _entity_of(span: dict[str, Any]) -> Entity:
    names = {"label": ENTITY_LABELS[span["label"]], "kind": KIND_NAMES[span["kind"]]}
    return Entity.model_validate(span | names)


def _fact_of(fact: dict[str, Any]) -> Fact:
    return Fact.model_validate({name: fact[name] for name in Fact.model_fields})
