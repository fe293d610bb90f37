"""The second reading of some made-up reports: what it found, and how often the first was wrong."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, get_args

from fazhi._record import Record, read_toml_record
from fazhi.corpus import Annotation, Example
from fazhi.errors import InputError, MismatchError

Marked = Literal["AGENCY", "LEGAL", "METRIC", "kind", "role", "topic", "indicator", "value"]
MARKED: tuple[Marked, ...] = get_args(Marked)


class Difference(Record):
    """A place where the second reader marked something else than the first."""

    segment: str
    """Id of the segment."""
    about: Marked
    """What differs."""
    place: str
    """Surface of the entity; of the METRIC for an indicator or a value; empty for a class."""
    first: str
    """What the first said; empty for nothing."""
    second: str
    """What the second said; empty for nothing."""
    kept: str
    """What was decided."""
    reason: str
    """Why, with the rule of the guidelines."""


class SecondReading(Record):
    """The content of `second_reading.toml`."""

    annotator: str
    """Who read."""
    method: str
    """What was given, and what was done with the differences."""
    guidelines: str
    """Version of the guidelines."""
    reports: tuple[str, ...]
    """Ids of the reports that were read."""
    differences: tuple[Difference, ...]
    """Every difference."""


class ErrorRate(Record):
    """How often the first reading was wrong in marks of one sort."""

    marks: int
    """Number of marks in the reports that were read twice."""
    differences: int
    """Marks that the second reader set otherwise."""
    errors: int
    """Those of them where the first was not kept."""


def read_second_reading(path: Path, examples: Iterable[Example]) -> SecondReading:
    """The second reading of made-up reports.

    Args:
        path: the file.
        examples: the made-up reports as they are now.

    Raises:
        InputError: the file is unusable, or names a segment that is not of its reports.
        MismatchError: an indicator is not what was decided.
    """
    reading = read_toml_record(SecondReading, path)
    known = {each.segment.id: each for each in _read(reading, examples)}
    for each in reading.differences:
        if each.segment not in known:
            raise InputError(
                f"{each.segment} is no segment of its reports",
                path=path,
                remedy="Name a segment of a report that is listed",
            )
        if each.about == "indicator" and each.kept not in _indicators(known[each.segment], each):
            raise MismatchError(
                f"{each.segment}: {each.place} does not have the indicator {each.kept!r} that "
                f"{path} says was kept. Mend the mark or the record"
            )
    return reading


def _indicators(example: Example, difference: Difference) -> list[str]:
    return [
        fact.indicator.text if fact.indicator else ""
        for fact in example.gold.facts
        if fact.metric.text == difference.place
    ]


def _read(reading: SecondReading, examples: Iterable[Example]) -> list[Example]:
    return [each for each in examples if each.segment.report in reading.reports]


def error_rates(reading: SecondReading, examples: Iterable[Example]) -> dict[Marked, ErrorRate]:
    """How often the first reading was wrong, for each sort of marks.

    Args:
        reading: the second reading.
        examples: the made-up reports.
    """
    annotations = [each.gold for each in _read(reading, examples)]
    return {about: _rate(about, annotations, reading.differences) for about in MARKED}


def _rate(
    about: Marked, annotations: Sequence[Annotation], differences: Iterable[Difference]
) -> ErrorRate:
    found = [each for each in differences if each.about == about]
    errors = sum(each.kept != each.first for each in found)
    return ErrorRate(marks=_count(about, annotations), differences=len(found), errors=errors)


def _count(about: Marked, annotations: Sequence[Annotation]) -> int:
    labels = Counter[str](entity.label for each in annotations for entity in each.entities)
    facts = sum(len(each.facts) for each in annotations)
    counts = {
        **labels,
        "kind": labels.total(),
        "role": len(annotations),
        "topic": sum(each.topic is not None for each in annotations),
        "indicator": facts,
        "value": facts,
    }
    return counts.get(about, 0)
