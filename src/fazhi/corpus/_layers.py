"""Annotation layers: one annotator's annotations of the whole corpus, a file per report.

A layer is a folder: `layer.toml` says who annotated under which guidelines, and
`<report>.jsonl` holds one annotation per segment, in the order of the segments.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from fazhi._files import read_jsonl, to_json, write_text
from fazhi._record import Record, read_toml_record, to_record
from fazhi.corpus._records import Annotation, Segment
from fazhi.errors import InputError

_REMEDY = "See the label inventory: fazhi corpus info --labels"


class LayerCard(Record):
    """Who made a layer, and how."""

    name: str
    """Name of the layer; the folder's name."""
    annotator: Literal["language model", "person", "adjudication"]
    """What kind of annotator made it."""
    guidelines: str
    """Version of the guidelines that it follows."""
    method: str
    """How it was made, in a sentence."""


def read_layer_card(folder: Path) -> LayerCard:
    """The card of the layer in `folder`.

    Raises:
        InputError: the card is missing or malformed.
    """
    return read_toml_record(LayerCard, folder / "layer.toml")


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
    end = 0
    for entity in annotation.entities:
        span = f"the span {entity.start}:{entity.end}"
        if entity.start >= entity.end or entity.end > len(segment.text):
            return f"{span} is empty or out of range in {segment.id} ({len(segment.text)} long)"
        if entity.start < end:
            return f"{span} overlaps the one before it, or is out of order"
        surface = segment.text[entity.start : entity.end]
        if surface != entity.text:
            return f"{span} is {surface!r} in the text, but {entity.text!r} in the annotation"
        end = entity.end
    return None


def write_annotations(path: Path, annotations: Iterable[Annotation]) -> None:
    """Writes one report's annotations, a JSON object per line."""
    write_text(path, "".join(to_json(each.model_dump()) + "\n" for each in annotations))
