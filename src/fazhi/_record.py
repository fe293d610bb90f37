"""Typed records, and the border at which data from files become records."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from fazhi._files import load_json, read_jsonl, read_text
from fazhi.errors import InputError


class Record(BaseModel):
    """Base of all records: immutable, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


AnyRecord = TypeVar("AnyRecord", bound=Record)


def explain(error: ValueError) -> str:
    """The first thing that is wrong with a record: the key and the reason."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    reason = " ".join(first["msg"].removeprefix("Value error, ").split())
    return f"key {key!r}: {reason}" if key else reason


def to_record(
    model: type[AnyRecord], value: object, *, path: Path, remedy: str, line: int | None = None
) -> AnyRecord:
    """A value from a file as a record.

    Raises:
        InputError: a key is missing, unknown or has a value that is not allowed.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise InputError(explain(error), path=path, line=line, remedy=remedy) from None


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Raises:
        InputError: the file is unusable or no TOML.
    """
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"invalid TOML ({error})", path=path, remedy="Mend the place that is named"
        ) from None


def read_toml_record(model: type[AnyRecord], path: Path) -> AnyRecord:
    """A TOML file as a record.

    Raises:
        InputError: the file is unusable, or does not hold such a record.
    """
    remedy = f"Its keys are {', '.join(model.model_fields)}"
    return to_record(model, read_toml(path), path=path, remedy=remedy)


def read_jsonl_records(model: type[AnyRecord], path: Path) -> list[AnyRecord]:
    """The records of a JSON Lines file, one per line.

    Raises:
        InputError: the file is unusable, or a line does not hold such a record.
    """
    remedy = f"Its keys are {', '.join(model.model_fields)}"
    return [
        to_record(model, value, path=path, line=line, remedy=remedy)
        for line, value in read_jsonl(path)
    ]


def read_json_record(model: type[AnyRecord], path: Path, remedy: str) -> AnyRecord:
    """A JSON file as a record.

    Raises:
        InputError: the file is unusable, or does not hold such a record.
    """
    return to_record(model, load_json(read_text(path), path), path=path, remedy=remedy)
