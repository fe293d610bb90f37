"""Segments that wait for annotation, with their pre-annotations: a file per report."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from fazhi._files import read_jsonl, to_jsonl, write_text
from fazhi._record import explain
from fazhi.annotation._push import Item
from fazhi.errors import InputError

_ITEM = TypeAdapter[Item](Item)


def queue_file(annotation: Path, report: str) -> Path:
    """The file in which a report waits."""
    return annotation / "queue" / f"{report}.jsonl"


def queued_reports(annotation: Path) -> list[str]:
    """Ids of the reports that wait."""
    return sorted(path.stem for path in (annotation / "queue").glob("*.jsonl"))


def write_queue(path: Path, items: Iterable[Item]) -> None:
    """Puts the segments of a report into its file."""
    write_text(path, to_jsonl(asdict(each) for each in items))


def read_queue(path: Path) -> list[Item]:
    """The segments of a report that wait.

    Raises:
        InputError: a line is malformed.
    """
    return [_item(value, path, line) for line, value in read_jsonl(path)]


def _item(value: dict[str, Any], path: Path, line: int) -> Item:
    try:
        return _ITEM.validate_python(value)
    except ValidationError as error:
        raise InputError(
            explain(error), path=path, line=line, remedy="Remove the file, and add the report again"
        ) from None
