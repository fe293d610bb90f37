"""What commands and documents show as tables, as plain rows: labels, findings, scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi.corpus import ENTITIES, ENTITY_LABELS, KINDS, ROLES, TOPICS

if TYPE_CHECKING:
    from fazhi._resample import Interval
    from fazhi.annotation import Doubt, Erratum, Finding, Progress

_DASH = "-"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it is drawn."""

    title: str
    """What it shows."""
    header: tuple[str, ...]
    """Names of the columns."""
    rows: tuple[tuple[str, ...], ...]
    """The cells, row by row."""
    numeric: bool = True
    """Whether all columns but the first hold figures."""
    caption: str = ""
    """How to read it."""


def label_grids() -> list[Grid]:
    """The label inventory with definitions and examples."""
    sections = {
        "Entity types": ENTITIES,
        **{f"Kinds of {label}": KINDS[label] for label in ENTITY_LABELS},
        "Roles": ROLES,
        "Topics": TOPICS,
    }
    header = ("label", "中文", "definition", "example")
    return [
        Grid(
            title,
            header,
            tuple((each.name, each.chinese, each.definition, each.example) for each in labels),
            numeric=False,
        )
        for title, labels in sections.items()
    ]


def finding_grid(findings: "Sequence[Finding]") -> Grid:
    """What lint has found."""
    rows = tuple((each.check, each.segment, each.text, each.message) for each in findings)
    return Grid("Findings", ("check", "segment", "text", "message"), rows, numeric=False)


def doubt_grid(doubts: "Sequence[Doubt]") -> Grid:
    """The most doubtful segments, with what makes them so."""
    rows = tuple((each.segment, str(each.checks), str(each.disagreements)) for each in doubts)
    return Grid("Doubtful segments", ("segment", "asked by lint", "models differ"), rows)


def progress_grid(rows: "Sequence[Progress]") -> Grid:
    """How far reports are annotated on a server."""
    cells = tuple(
        (each.project, each.report, str(each.tasks), str(each.annotated), str(each.suggested))
        for each in rows
    )
    header = ("project", "report", "tasks", "annotated", "pre-annotated")
    return Grid("Label Studio", header, cells)


def erratum_grid(version: str, errata: "Sequence[Erratum]") -> Grid:
    """The corrections of a version of the gold."""
    rows = tuple(
        (each.segment, each.place or each.about, each.old or "-", each.new or "-", each.reason)
        for each in errata
    )
    header = ("segment", "where", "before", "since", "reason")
    return Grid(f"Corrected in gold {version}", header, rows, numeric=False)


def ends(interval: "Interval") -> str:
    """The ends of an interval in percent."""
    return f"{percent(interval.low)} to {percent(interval.high)}"


def percent(value: float | None) -> str:
    """A share of 1 in percent; a dash for None."""
    return _DASH if value is None else f"{100 * value:.1f}"
