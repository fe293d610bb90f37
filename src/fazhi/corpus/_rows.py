"""Records to dataset rows, and rows back to records."""

from dataclasses import asdict
from typing import Any, get_args

from fazhi.corpus._bio import spans_to_tags
from fazhi.corpus._labels import ENTITY_LABELS, KIND_NAMES, ROLE_NAMES, TOPIC_NAMES
from fazhi.corpus._records import Annotation, Entity, Example, Segment, SegmentKind
from fazhi.corpus._report import Report

_SEGMENT_KINDS: tuple[SegmentKind, ...] = get_args(SegmentKind)


def report_row(report: Report) -> dict[str, Any]:
    """A row of the `reports` configuration."""
    known = report.source.model_dump(exclude={"file", "split"})
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


def _segment_columns(segment: Segment) -> dict[str, Any]:
    return {**segment.model_dump(), "heading_path": list(segment.heading_path)}


def example_of(entities: dict[str, Any], section: dict[str, Any]) -> Example:
    """The example that an `entities` row and the `sections` row of the same id stand for.

    Class labels are integers, as they are stored.
    """
    columns = {name: section[name] for name in ("id", "report", "start", "end", "text")}
    segment = Segment(
        **columns,
        kind=_SEGMENT_KINDS[section["kind"]],
        heading_path=tuple(section["heading_path"]),
    )
    topic = section["topic"]
    gold = Annotation(
        id=entities["id"],
        entities=tuple(_entity_of(span) for span in entities["spans"]),
        role=ROLE_NAMES[section["role"]],
        topic=None if topic is None else TOPIC_NAMES[topic],
    )
    return Example(segment=segment, gold=gold)


def _entity_of(span: dict[str, Any]) -> Entity:
    return Entity(
        start=span["start"],
        end=span["end"],
        label=ENTITY_LABELS[span["label"]],
        kind=KIND_NAMES[span["kind"]],
        text=span["text"],
    )
