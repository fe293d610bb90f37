"""What commands and documents show as tables, as plain rows: counts, labels, findings, scores."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi.corpus import ENTITIES, ENTITY_LABELS, KINDS, ROLES, TOPICS, Example, Label, kinds_of

if TYPE_CHECKING:
    from fazhi.annotation import Finding
    from fazhi.eval import Scores

Groups = Mapping[str, Sequence[Example]]
"""Examples by the name of their split or report."""

_CAPTION = "entities: strict micro-F1, with precision P and recall R; role, topic: macro-F1"


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
    """Sizes, entities, roles and topics of each group."""
    return [
        size_grid(groups),
        entity_grid(groups),
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


def score_grid(title: str, scores: "Mapping[str, Scores]") -> Grid:
    """The scores of systems, one row each; a dash for a task that is not attempted."""
    header = ("system", "entities", *ENTITY_LABELS, "P", "R", "role", "topic")
    rows = tuple((name, *map(_percent, _figures(each))) for name, each in scores.items())
    return Grid(f"{title} (F1 in %)", header, rows, caption=_CAPTION)


def _figures(scores: "Scores") -> list[float | None]:
    entities: list[float | None] = [None] * (3 + len(ENTITY_LABELS))
    if scores.entities:
        micro = scores.entities.micro
        types = [scores.entities.per_type[label].f1 for label in ENTITY_LABELS]
        entities = [micro.f1, *types, micro.precision, micro.recall]
    sections = [each.macro_f1 if each else None for each in (scores.role, scores.topic)]
    return [*entities, *sections]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"
