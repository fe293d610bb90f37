"""The card of a submitted system: what it is, in text that is safe to show anywhere."""

import re
import stat
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
)

from fazhi._files import read_text
from fazhi._record import Record
from fazhi.errors import InputError

SYSTEM_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""What a system and its folder may be called."""

_MAX_BYTES = 20_000
_SHOWN_CHARACTERS = 60
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


def _on_one_line(text: str) -> str:
    """Keeps out line ends, control characters, and marks that turn the direction of writing."""
    if not text.isprintable():
        raise ValueError("it holds a line end, or a character that cannot be printed")
    return text


def _for_every_system(name: str) -> str:
    """A folder of this name can be made on every operating system."""
    if _DEVICES.fullmatch(name):
        raise ValueError("it is the name of a device on Windows")
    return name


def _written(day: object) -> object:
    return day.isoformat() if type(day) is date else day


def _in_the_calendar(day: str) -> str:
    date.fromisoformat(day)
    return day


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_on_one_line),
]
"""A few words on one line."""
Name = Annotated[str, Field(pattern=f"^{SYSTEM_NAME.pattern}$"), AfterValidator(_for_every_system)]
"""The name of a system and of its folder."""
Link = Annotated[
    str,
    Field(
        pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~%/?#&=+,:@-]*)?$", max_length=300
    ),
]
"""A web address, without a password and without anything that would need escaping."""
Day = Annotated[
    str,
    BeforeValidator(_written),
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_in_the_calendar),
]
"""A date as in 2026-03-01."""


class SystemCard(Record):
    """What a submitted system is. It says nothing of scores: they are computed."""

    name: Name
    """Name of the system and of its folder."""
    title: Text
    """What it is called in print."""
    authors: tuple[Text, ...] = Field(default=(), max_length=20)
    """Who made it; none for an anonymous submission."""
    description: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
        AfterValidator(_on_one_line),
    ]
    """How it works, in a few sentences on one line."""
    url: Link | None = None
    """Where there is more: a paper, code, a model."""
    training_data: tuple[Text, ...] = Field(max_length=10)
    """The labelled data that it learned from: `fixed` for the benchmark's train and validation
    splits, others by their names; none for a system that learns nothing."""
    synthetic: StrictBool
    """Whether a model wrote any of them, or labelled any but the corpus itself."""
    parameters: StrictInt | None = Field(default=None, ge=0, le=10**15)
    """Number of parameters; None where it is not known."""
    hardware: Text | None = None
    """What it was trained and run on; None where it is not known."""
    licence: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]{0,39}$")
    """SPDX identifier of the licence of the predictions."""
    date: Day
    """When the predictions were made."""
    data_hash: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of the texts that were predicted; None before it is submitted."""


CARD_TEMPLATE = """\
name = "my-system"                  # of the folder: a-z, 0-9 and -
title = "My system"
authors = ["A. Author"]             # [] for an anonymous submission
description = "What it is and how it was trained, in a few sentences."
url = "https://example.org/paper"   # or leave it out
training_data = ["fixed"]           # labelled data: "fixed" is train and validation; [] for none
synthetic = false                   # true if a model wrote, or labelled, further training data
parameters = 102000000              # or leave it out
hardware = "one GPU, 20 minutes"    # or leave it out
licence = "CC-BY-4.0"               # of the predictions
date = "2026-01-31"                 # of the predictions
"""
"""A card to start from."""

_REMEDIES = {
    "name": "Use 1 to 40 of a-z, 0-9 and -, a letter or digit first",
    "url": "Give an address as in https://example.org/paper, or leave it out",
    "licence": "Give an SPDX identifier as in CC-BY-4.0",
    "date": 'Give a day as in "2026-01-31"',
    "data_hash": "Leave it out; fazhi submit fills it in",
}
_REMEDY = "fazhi submit --template prints a card to start from"


def read_card(path: Path, faults: list[InputError]) -> SystemCard | None:
    """The card in a file; None where something is wrong with it, all of which is added to faults.

    Args:
        path: a regular file of at most 20,000 bytes.
        faults: what is wrong with a submission so far.
    """
    try:
        text = _read(path)
        return SystemCard.model_validate(_parse(text, path))
    except InputError as error:
        faults.append(error)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_context=False, include_input=False):
            faults.append(_fault(each["loc"], each["msg"], text, path))
    return None


def _read(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return read_text(path)  # which says why
    if not stat.S_ISREG(status.st_mode):  # a pipe would wait for its writer
        raise InputError("is no regular file", path=path, remedy="Save the card to a file")
    if status.st_size > _MAX_BYTES:
        raise InputError(f"is larger than {_MAX_BYTES:,} bytes", path=path, remedy="Shorten it")
    return read_text(path)


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # too long a number, too deep a list
        reason = " ".join(str(error).split())[:200]
        place = re.search(r"at line (\d+)", reason)
        raise InputError(
            f"invalid TOML ({reason})",
            path=path,
            line=int(place[1]) if place else None,
            remedy=_REMEDY,
        ) from None


def _fault(place: tuple[int | str, ...], message: str, text: str, path: Path) -> InputError:
    key = ".".join(map(str, place))
    reason = " ".join(message.removeprefix("Value error, ").split())[:200]
    named = f"{key[:_SHOWN_CHARACTERS]!r}…" if len(key) > _SHOWN_CHARACTERS else repr(key)
    first = str(place[0])
    return InputError(
        f"key {named}: {reason}",
        path=path,
        line=_line_of(first, text),
        remedy=_REMEDIES.get(first, _REMEDY),
    )


def _line_of(key: str, text: str) -> int | None:
    """The line at which a key is given; None where it is missing."""
    for number, line in enumerate(text.split("\n"), start=1):
        name, equals, _ = line.partition("=")
        if equals and name.split(".")[0].strip(" \t\"'") == key:
            return number
    return None
