"""`errata.jsonl`: every label of the gold that was corrected."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from fazhi._record import Record, read_jsonl_records
from fazhi.errors import MismatchError


class Erratum(Record):
    """One corrected label."""

    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    """The version of the gold that has the new label."""
    segment: str
    """Id of the segment."""
    about: Literal["span", "role", "topic", "indicator", "value"]
    """What was corrected; an indicator or value is one of a METRIC."""
    place: str
    """The surface of the span; empty for role and topic."""
    start: int | None = Field(ge=0)
    """Where the span begins in the segment; None for role and topic."""
    old: str | None
    """The label before, as LABEL.kind for a span, and an indicator or value as in a fact line;
    None where there was none."""
    new: str | None
    """The label since; None where there is none."""
    reason: str = Field(min_length=1)
    """Why it was corrected, and who reported it where someone did."""

    @model_validator(mode="after")
    def _place_fits(self) -> Self:
        if self.old == self.new:
            raise ValueError("the old label and the new one are the same")
        has_place = self.about not in ("role", "topic")
        if has_place != bool(self.place) or has_place != (self.start is not None):
            raise ValueError("a role or topic has no place and no start; all else has both")
        return self


def read_errata(path: Path) -> list[Erratum]:
    """The corrections, in the file's order, which is that of their versions.

    Raises:
        InputError: a line is malformed.
        MismatchError: the versions are not in order.
    """
    errata = read_jsonl_records(Erratum, path)
    versions = [version_number(each.version) for each in errata]
    if versions != sorted(versions):
        raise MismatchError(f"{path}: the versions are not in order. Add corrections at the end")
    return errata


def version_number(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared."""
    return tuple(int(part) for part in version.split("."))
