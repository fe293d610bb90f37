"""`errata.jsonl`: every label of the gold that was corrected, and the way back to an older gold."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from fazhi._record import Record, explain, read_jsonl_records
from fazhi.corpus import Annotation, Example, check_annotation
from fazhi.errors import MismatchError

_NONE = "-"


class Erratum(Record):
    """One corrected label."""

    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    """The version of the gold that has the new label."""
    segment: str
    """Id of the segment."""
    about: Literal["span", "role", "topic"]
    """What was corrected."""
    place: str
    """The surface of the span; empty for role and topic."""
    start: int | None = Field(ge=0)
    """Where the span begins in the segment; None for role and topic."""
    old: str | None
    """The label before, as LABEL.kind for a span; None where there was none."""
    new: str | None
    """The label since; None where there is none."""
    reason: str = Field(min_length=1)
    """Why it was corrected, and who reported it where someone did."""

    @model_validator(mode="after")
    def _place_fits(self) -> Self:
        if self.old == self.new:
            raise ValueError("the old label and the new one are the same")
        is_span = self.about == "span"
        if is_span != bool(self.place) or is_span != (self.start is not None):
            raise ValueError("a span has a place and a start; a role or topic has neither")
        return self


def read_errata(path: Path) -> list[Erratum]:
    """The corrections, in the file's order, which is that of their versions.

    Raises:
        InputError: a line is malformed.
        MismatchError: the versions are not in order.
    """
    errata = read_jsonl_records(Erratum, path)
    versions = [_number(each.version) for each in errata]
    if versions != sorted(versions):
        raise MismatchError(f"{path}: the versions are not in order. Add corrections at the end")
    return errata


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def gold_before(
    examples: Sequence[Example], errata: Iterable[Erratum], version: str
) -> list[Example]:
    """The gold as it was before a version, with the corrections of it and later ones undone.

    Facts of METRICs that were other spans then are left out.

    Raises:
        MismatchError: a correction is not what the gold says.
    """
    due = [each for each in errata if _number(each.version) >= _number(version)]
    by_segment: dict[str, list[Erratum]] = {}
    for each in reversed(due):
        by_segment.setdefault(each.segment, []).append(each)
    unknown = by_segment.keys() - {each.segment.id for each in examples}
    if unknown:
        raise MismatchError(f"a correction names no segment of the corpus: {sorted(unknown)[0]!r}")
    return [_undo_all(each, by_segment.get(each.segment.id, [])) for each in examples]


def _undo_all(example: Example, errata: Sequence[Erratum]) -> Example:
    fields = example.gold.model_dump()
    for each in errata:
        _undo(fields, each)
    metrics = {(e["start"], e["end"]) for e in fields["entities"] if e["label"] == "METRIC"}
    fields["facts"] = [
        each
        for each in fields["facts"]
        if (each["metric"]["start"], each["metric"]["end"]) in metrics
    ]
    try:
        gold = Annotation.model_validate(fields)
    except ValidationError as error:
        raise _unfit(example, explain(error)) from None
    problem = check_annotation(gold, {example.segment.id: example.segment})
    if problem:
        raise _unfit(example, problem)
    return Example(segment=example.segment, gold=gold)


def _unfit(example: Example, problem: str) -> MismatchError:
    return MismatchError(
        f"with its corrections undone, {example.segment.id} is no annotation: {problem}. "
        "Complete the records of that version"
    )


def _undo(fields: dict[str, Any], erratum: Erratum) -> None:
    if erratum.about == "span":
        _undo_span(fields, erratum)
    elif fields[erratum.about] == erratum.new:
        fields[erratum.about] = erratum.old
    else:
        raise _not_so(erratum, fields[erratum.about])


def _undo_span(fields: dict[str, Any], erratum: Erratum) -> None:
    start = erratum.start or 0
    place = {"start": start, "end": start + len(erratum.place), "text": erratum.place}
    kept = [each for each in fields["entities"] if not place.items() <= each.items()]
    removed = [each for each in fields["entities"] if place.items() <= each.items()]
    found = _label(removed[0]) if removed else None
    if found != erratum.new:
        raise _not_so(erratum, found)
    if erratum.old:
        label, _, kind = erratum.old.partition(".")
        kept.append({**place, "label": label, "kind": kind})
    fields["entities"] = sorted(kept, key=lambda each: each["start"])


def _label(entity: Mapping[str, Any]) -> str:
    return f"{entity['label']}.{entity['kind']}"


def _not_so(erratum: Erratum, found: str | None) -> MismatchError:
    what = f"{erratum.about} {erratum.place}".strip()
    return MismatchError(
        f"a correction in version {erratum.version} says that {what} of {erratum.segment} is "
        f"{erratum.new or _NONE}, but it is {found or _NONE}. Correct the record"
    )
