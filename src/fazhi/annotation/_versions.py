"""`versions.jsonl`: what the gold of each version was, so that none changes unseen."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from fazhi._record import Record, read_jsonl_records
from fazhi.annotation._errata import Erratum, version_number
from fazhi.annotation._undo import gold_before
from fazhi.corpus import Example, gold_hash
from fazhi.errors import MismatchError


class GoldVersion(Record):
    """A line of `versions.jsonl`: what the gold of a version was."""

    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    """The version."""
    sha256: str
    """The hash of its annotations, facts included."""


def read_versions(path: Path) -> list[GoldVersion]:
    """The versions on record.

    Raises:
        InputError: a line is malformed.
    """
    return read_jsonl_records(GoldVersion, path)


def check_versions(
    recorded: Sequence[GoldVersion],
    examples: Sequence[Example],
    errata: Sequence[Erratum],
    now: str,
) -> list[GoldVersion]:
    """The recorded versions and the present one, oldest first.

    Args:
        recorded: the versions on record.
        examples: the present gold.
        errata: all corrections.
        now: the version of the present gold.

    Raises:
        MismatchError: a label was changed without a correction on record or without a new
            version, or the present version is older than a recorded one.
    """
    known = {each.version: each.sha256 for each in recorded}
    names = sorted({*known, now}, key=version_number)
    if names[-1] != now:
        raise MismatchError(
            f"the gold is version {now}, but {names[-1]} is on record. Raise its version"
        )
    golds = [gold_before(examples, errata, later) for later in names[1:]] + [list(examples)]
    versions = [
        GoldVersion(version=name, sha256=gold_hash(gold))
        for name, gold in zip(names, golds, strict=True)
    ]
    for each in versions:
        if known.get(each.version, each.sha256) != each.sha256:
            raise MismatchError(
                f"the gold is not the one that version {each.version} was, corrections undone. "
                "Give it a new version in annotation/gold.toml, and record each changed label in "
                "corpus/errata.jsonl"
            )
    return versions
