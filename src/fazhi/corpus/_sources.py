"""`sources.toml`: what is known of each report, and the raw file that it names."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator

from fazhi._files import decode, read_bytes, sha256
from fazhi._record import Record, read_toml, to_record
from fazhi.errors import InputError, MismatchError

Split = Literal["train", "validation", "test", "contributed", "synthetic"]
Level = Literal["province", "prefecture", "county", "district", "township", "department"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
"""The splits of the benchmark; the others are never mixed with them."""
ALL_SPLITS: tuple[Split, ...] = get_args(Split)
SYNTHETIC: Literal["synthetic"] = "synthetic"
"""The split of made-up reports, which are read from a folder of this name and never scored."""
MADE_UP = "synthetic (made up; never scored)"
"""What that split is called wherever a figure of it is shown."""

_UNKNOWN = "unknown"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Source(Record):
    """What is known of one report; None where the file says "unknown"."""

    id: str = Field(pattern=r"^[a-z]+-\d{4}$")
    """Id of the report: place in pinyin and reporting year."""
    file: str
    """The raw file, or the marked file of a made-up report, relative to the corpus room."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of that file."""
    split: Split
    """The split that all its segments belong to."""
    issuer: Annotated[str, Field(min_length=1)] | None
    """Who issued it, as the text says."""
    province: str | None
    """The province of the jurisdiction."""
    region: str | None
    """The jurisdiction."""
    region_code: str | None = Field(pattern=r"^\d{6}$")
    """Its GB/T 2260 code."""
    level: Level | None
    """Its administrative level."""
    year: int = Field(ge=2004, le=2100)
    """The year that the report is about."""
    signed: date | None
    """The date at its end."""
    published: date | None
    """When it was published, where the text states it."""
    source: str | None
    """Where it was published."""
    original: str | None = None
    """The file as it was found, where `file` holds the text taken out of it."""

    @field_validator(
        *("issuer", "province", "region", "region_code", "level"),
        *("signed", "published", "source"),
        mode="before",
    )
    @classmethod
    def _unknown_is_none(cls, value: object) -> object:
        return None if value == _UNKNOWN else value

    @field_validator("signed", "published", mode="before")
    @classmethod
    def _day_is_written_out(cls, value: object) -> object:
        # a bare number would be read as seconds since 1970
        if isinstance(value, str) and value != _UNKNOWN and not _DAY.fullmatch(value):
            raise ValueError("write the day as YYYY-MM-DD")
        return value


def read_sources(path: Path) -> tuple[Source, ...]:
    """The reports that `sources.toml` lists, in its order.

    Raises:
        InputError: the file is unusable, a key is missing or unknown, or an id occurs twice.
    """
    sources: list[Source] = []
    entries = read_toml(path).get("report")
    if not isinstance(entries, list):
        raise InputError("it lists no report", path=path, remedy="Begin each with [[report]]")
    for number, entry in enumerate(entries, start=1):
        remedy = f'It is in report {number}; write "unknown" for what is not known'
        source = to_record(Source, entry, path=path, remedy=remedy)
        if source.split == SYNTHETIC:
            raise InputError(
                f"{source.id!r} is said to be made up",
                path=path,
                remedy=f"List made-up reports in {SYNTHETIC}/reports.toml",
            )
        if any(source.id == other.id for other in sources):
            raise InputError(
                f"the id {source.id!r} occurs twice", path=path, remedy="Give each report its own"
            )
        sources.append(source)
    return tuple(sources)


def read_raw(source: Source, corpus: Path) -> str:
    """The raw text of a report, its checksum verified.

    Raises:
        InputError: the file is missing, empty or not UTF-8 text.
        MismatchError: the file is not the one that `sources.toml` records.
    """
    path = corpus / source.file
    data = read_bytes(path)
    if sha256(data) != source.sha256:
        raise MismatchError(
            f"{path}: its SHA-256 is not the one in sources.toml. "
            "Restore the file, or record the new checksum if the change is meant"
        )
    return decode(data, path)
