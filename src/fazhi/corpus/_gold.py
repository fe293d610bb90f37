"""The gold annotation: the layer that `annotation/gold.toml` names, joined to the segments."""

import tomllib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from fazhi._files import read_text, to_json
from fazhi.corpus._layers import read_annotations
from fazhi.corpus._records import Example, Record
from fazhi.corpus._report import Report
from fazhi.errors import InputError


class GoldCard(Record):
    """Which layer is gold."""

    layer: str
    """Name of the layer's folder under `annotation/layers`."""
    version: str
    """Version of the gold annotation; changes with every corrected label."""


def read_gold_card(annotation: Path) -> GoldCard:
    """The content of `gold.toml` in the annotation room.

    Raises:
        InputError: it is missing or malformed.
    """
    path = annotation / "gold.toml"
    try:
        return GoldCard.model_validate(tomllib.loads(read_text(path)))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise InputError(
            f"not a gold card ({error})", path=path, remedy='It needs "layer" and "version"'
        ) from None


def read_examples(report: Report, annotation: Path) -> list[Example]:
    """One report's segments with their gold annotations, verified against each other.

    Raises:
        InputError: the gold layer lacks the report, or does not fit its text.
    """
    layer = annotation / "layers" / read_gold_card(annotation).layer
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
