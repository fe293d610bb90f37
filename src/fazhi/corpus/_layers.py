"""Annotation layers: one annotator's annotations of the whole corpus, a file per report.

A layer is a folder: `layer.toml` says who annotated under which guidelines, and
`<report>.jsonl` holds one annotation per segment, in the order of the segments.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from fazhi._files import read_jsonl, to_jsonl, to_toml, write_text
from fazhi._names import known_name
from fazhi._record import Record, read_toml_record, to_record
from fazhi.corpus._records import Annotation, Segment, Span
from fazhi.errors import InputError

_REMEDY = "See the label inventory: fazhi corpus info --labels"


Annotator = Literal["language model", "person", "adjudication"]


class LayerCard(Record):
    """Who made a layer, and how."""

    name: str
    """Name of the layer; the folder's name."""
    annotator: Annotator
    """What kind of annotator made it."""
    guidelines: str
    """Version of the guidelines that it follows."""
    method: str
    """How it was made, in a sentence."""


def read_layer_card(folder: Path) -> LayerCard:
    """The card of the layer in `folder`.

    Raises:
        InputError: the card is missing or malformed, or names another layer.
    """
    path = folder / "layer.toml"
    card = read_toml_record(LayerCard, path)
    if card.name != folder.name:
        raise InputError(
            f"it is the card of a layer {card.name!r}",
            path=path,
            remedy="Give the layer the name of its folder",
        )
    return card


def layer_folders(annotation: Path) -> dict[str, Path]:
    """The folder of every layer in the annotation room, by name."""
    return {
        path.parent.name: path.parent for path in sorted(annotation.glob("layers/*/layer.toml"))
    }


def layer_folder(annotation: Path, name: str) -> Path:
    """The folder of a layer.

    Raises:
        UnknownName: there is none of this name.
    """
    folders = layer_folders(annotation)
    return folders[known_name("layer", name, folders)]


def write_layer_card(folder: Path, card: LayerCard) -> None:
    """Writes the card of a layer."""
    write_text(folder / "layer.toml", to_toml(card.model_dump()))


def read_annotations(path: Path, segments: Sequence[Segment]) -> list[Annotation]:
    """One report's annotations, verified against the segments that they annotate.

    Raises:
        InputError: a line is malformed, names no segment or one twice, a span is out of range,
            overlaps another or differs from the text, or a segment has no annotation.
    """
    by_id = {segment.id: segment for segment in segments}
    found: dict[str, Annotation] = {}
    for line, value in read_jsonl(path):
        annotation = to_record(Annotation, value, path=path, line=line, remedy=_REMEDY)
        problem = check_annotation(annotation, by_id)
        if annotation.id in found:
            problem = f"the id {annotation.id!r} occurs twice"
        if problem:
            raise InputError(
                problem, path=path, line=line, remedy="Annotate the current text of the segment"
            )
        found[annotation.id] = annotation
    missing = [segment.id for segment in segments if segment.id not in found]
    if missing:
        raise InputError(
            f"{len(missing)} segments have no annotation, the first is {missing[0]!r}",
            path=path,
            remedy="Annotate every segment, if only with a role",
        )
    return [found[segment.id] for segment in segments]


def check_annotation(annotation: Annotation, segments: dict[str, Segment]) -> str | None:
    """What is wrong between an annotation and its segment's text; None if nothing is."""
    segment = segments.get(annotation.id)
    if segment is None:
        return f"there is no segment {annotation.id!r}"
    return _entity_problem(annotation, segment) or _fact_problem(annotation, segment)


def _entity_problem(annotation: Annotation, segment: Segment) -> str | None:
    end = 0
    for entity in annotation.entities:
        problem = check_span(entity, segment)
        if problem:
            return problem
        if entity.start < end:
            return f"{_name(entity)} overlaps the one before it, or is out of order"
        end = entity.end
    return None


def _fact_problem(annotation: Annotation, segment: Segment) -> str | None:
    metrics = {each.place for each in annotation.metrics}
    last = -1
    for fact in annotation.facts:
        metric, indicator = fact.metric, fact.indicator
        problem = check_span(metric, segment) or (indicator and check_span(indicator, segment))
        if problem:
            return problem
        if metric.place not in metrics:
            return f"{_name(metric)} has a fact but is no METRIC"
        if metric.start <= last:
            return f"{_name(metric)} has two facts, or its fact is out of order"
        if indicator and indicator.overlaps(metric):
            return f"{_name(indicator)} names what {_name(metric)} measures, but overlaps it"
        last = metric.start
    return None


def check_span(span: Span, segment: Segment) -> str | None:
    """What is wrong between a span and its segment's text; None if nothing is."""
    if span.start >= span.end or span.end > len(segment.text):
        return f"{_name(span)} is empty or out of range in {segment.id} ({len(segment.text)} long)"
    surface = segment.text[span.start : span.end]
    if surface != span.text:
        return f"{_name(span)} is {surface!r} in the text, but {span.text!r} in the annotation"
    return None


def _name(span: Span) -> str:
    return f"the span {span.start}:{span.end}"


def write_annotations(path: Path, annotations: Iterable[Annotation]) -> None:
    """Writes one report's annotations, a JSON object per line."""
    write_text(path, to_jsonl(each.model_dump() for each in annotations))
