"""What commands and documents show as tables, as plain rows: counts, labels, findings, scores."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi.corpus import (
    ENTITIES,
    ENTITY_LABELS,
    KINDS,
    ROLES,
    TOPICS,
    Example,
    Fact,
    Label,
    kinds_of,
    value_of,
)

if TYPE_CHECKING:
    from fazhi._resample import Interval
    from fazhi.annotation import Doubt, Erratum, Finding, Progress

Groups = Mapping[str, Sequence[Example]]
"""Examples by the name of their split or report."""

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


def count_grids(groups: Groups) -> list[Grid]:
    """Sizes, entities, facts, roles and topics of each group."""
    return [
        size_grid(groups),
        entity_grid(groups),
        fact_grid(groups),
        _label_grid("role", ROLES, groups, lambda each: each.gold.role),
        _label_grid("topic", TOPICS, groups, lambda each: each.gold.topic),
    ]


def _row(name: str, counts: Sequence[int]) -> tuple[str, ...]:
    return (name, *map(str, counts), str(sum(counts)))


def size_grid(groups: Groups) -> Grid:
    """Reports, segments and characters of each group."""
    sizes: dict[str, Callable[[Sequence[Example]], int]] = {
        "reports": lambda examples: len({each.segment.report for each in examples}),
        "segments": len,
        "characters": lambda examples: sum(len(each.segment.text) for each in examples),
    }
    rows = tuple(
        _row(name, [size(examples) for examples in groups.values()]) for name, size in sizes.items()
    )
    return Grid("Corpus", ("size", *groups, "total"), rows)


def entity_grid(groups: Groups) -> Grid:
    """Entities per type and kind in each group."""
    counts = [
        Counter(
            key
            for each in examples
            for entity in each.gold.entities
            for key in (entity.label, f"{entity.label}.{entity.kind}")
        )
        for examples in groups.values()
    ]
    keys = [
        key
        for label in ENTITY_LABELS
        for key in (label, *(f"{label}.{kind}" for kind in kinds_of(label)))
    ]
    rows = tuple(_row(key, [count[key] for count in counts]) for key in keys)
    return Grid("Entities", ("type and kind", *groups, "total"), rows)


def fact_grid(groups: Groups) -> Grid:
    """Facts, and what is known of them, in each group."""
    tests: dict[str, Callable[[Fact], bool]] = {
        "facts": lambda _: True,
        "with an indicator": lambda fact: fact.indicator is not None,
        "approximate": lambda fact: fact.value.approximate,
        "a range or limit": lambda fact: fact.value.low != fact.value.high,
        "value not as computed": lambda fact: value_of(fact.metric.text) != fact.value,
    }
    rows = tuple(
        _row(
            name,
            [
                sum(test(fact) for each in examples for fact in each.gold.facts)
                for examples in groups.values()
            ],
        )
        for name, test in tests.items()
    )
    return Grid("Facts", ("", *groups, "total"), rows)


def _label_grid(
    task: str, labels: Sequence[Label], groups: Groups, label_of: Callable[[Example], str | None]
) -> Grid:
    counts = [Counter(map(label_of, examples)) for examples in groups.values()]
    rows = tuple(_row(label.name, [count[label.name] for count in counts]) for label in labels)
    return Grid(f"{task.capitalize()}s", (task, *groups, "total"), rows)


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
