"""The gold annotation: the layer that `annotation/gold.toml` names, joined to the segments."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import Field

from fazhi._files import to_json
from fazhi._record import Record, read_toml_record
from fazhi.corpus._layers import read_annotations, read_layer_card
from fazhi.corpus._records import Example
from fazhi.corpus._report import Report

CONTRIBUTED: Literal["contributed"] = "contributed"
"""The split of reports that were added and are not part of the benchmark, and their layer."""


class GoldCard(Record):
    """Which layer is gold."""

    layer: str
    """Name of the layer's folder under `annotation/layers`."""
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    """Version of the gold annotation; changes with every corrected label."""
    released: date
    """The day of this version."""


def read_gold_card(annotation: Path) -> GoldCard:
    """The content of `gold.toml` in the annotation room.

    Raises:
        InputError: it is missing or malformed.
    """
    return read_toml_record(GoldCard, annotation / "gold.toml")


def gold_layer(report: Report, annotation: Path) -> Path:
    """The folder of the layer that is gold for a report."""
    contributed = report.source.split == CONTRIBUTED
    name = CONTRIBUTED if contributed else read_gold_card(annotation).layer
    return annotation / "layers" / name


def is_annotated(report: Report, annotation: Path) -> bool:
    """Whether a report is in the dataset; a contributed one is not before it is annotated."""
    file = gold_layer(report, annotation) / f"{report.source.id}.jsonl"
    return report.source.split != CONTRIBUTED or file.exists()


def read_examples(report: Report, annotation: Path) -> list[Example]:
    """One report's segments with their gold annotations, verified against each other.

    Raises:
        InputError: the gold layer lacks the report, or does not fit its text.
    """
    layer = gold_layer(report, annotation)
    read_layer_card(layer)
    annotations = read_annotations(layer / f"{report.source.id}.jsonl", report.segments)
    return [
        Example(segment=segment, gold=gold)
        for segment, gold in zip(report.segments, annotations, strict=True)
    ]


def text_hash(examples: Iterable[Example]) -> str:
    """SHA-256 over the ids and texts: tells on which data a result was computed."""
    return _hash(to_json([each.segment.id, each.segment.text]) for each in examples)


def gold_hash(examples: Iterable[Example]) -> str:
    """SHA-256 over the gold annotations: tells against which gold a result was scored."""
    return _hash(to_json(each.gold.model_dump()) for each in examples)


def _hash(lines: Iterable[str]) -> str:
    digest = sha256()
    for line in lines:
        digest.update(line.encode("utf-8") + b"\n")
    return digest.hexdigest()
