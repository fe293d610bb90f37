"""The scores as tables with bars."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fazhi._resample import Interval
from fazhi.corpus import ENTITY_LABELS
from fazhi.eval._calibration import Calibration
from fazhi.eval._entities import EntityScore, EntityScores
from fazhi.eval._figure import Figure

_TITLES: dict[str, str] = {
    "entities": "Entities, micro-F1",
    **{str(label): f"{label}, F1" for label in ENTITY_LABELS},
    "role": "Role, macro-F1",
    "topic": "Topic, macro-F1",
    "indicator": "Indicator, F1 of characters",
    "value": "Value, accuracy",
    "indicator on gold": "Indicator on gold METRICs, F1 of characters",
    "value on gold": "Value on gold METRICs, accuracy",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A share in [0, 1], with a range."""

    value: float
    """How long the bar is."""
    low: float | None = None
    """Where the range begins; None without one."""
    high: float | None = None
    """Where it ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    name: str
    """Its header."""
    cells: tuple[str, ...]
    """What stands in it."""
    bar: Bar | None
    """Its bar; None where the value is undefined."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the last column holds bars."""

    title: str
    """What it shows."""
    columns: tuple[str, ...]
    """The headers, without those of the rows and of the bars."""
    rows: tuple[Row, ...]
    """The rows."""


def percent(value: float) -> str:
    """A share in %, with one decimal; a dash where it is undefined."""
    return "–" if math.isnan(value) else f"{100 * value:.1f}"


def figure_table(figures: Mapping[str, Figure], intervals: Mapping[str, Interval]) -> Table:
    """The figures that have an interval; the column is left out where none has."""
    columns = ("%", "interval") if intervals else ("%",)
    rows = []
    for name, figure in figures.items():
        value, found = figure.value, intervals.get(name)
        cells = (percent(value), _ends(found))[: len(columns)]
        rows.append(Row(_TITLES[name], cells, _bar(value, found)))
    return Table("Official scores, and the entity types", columns, tuple(rows))


def _ends(interval: Interval | None) -> str:
    return f"{percent(interval.low)} to {percent(interval.high)}" if interval else "–"


def _bar(value: float, interval: Interval | None) -> Bar | None:
    if math.isnan(value):
        return None
    return Bar(value, interval.low, interval.high) if interval else Bar(value)


def type_table(scores: EntityScores) -> Table:
    """Precision and recall of each type."""
    return _entity_table("Entities by type", {"all": scores.micro, **scores.per_type})


def more_tables(scores: EntityScores) -> Iterator[Table]:
    """What else is known of the entities."""
    yield _ways(scores)
    rows = (
        Row(name, (percent(each.recall), str(each.support)), Bar(each.recall))
        for name, each in scores.per_kind.items()
    )
    yield Table("Gold entities that were found, by kind", ("recall", "gold"), tuple(rows))
    yield _entity_table("Entities by report", scores.per_report)
    yield _entity_table("Parts of the entities", scores.parts)
    if scores.calibration:
        yield _calibration(scores.calibration)


def _entity_table(title: str, scores: Mapping[str, EntityScore]) -> Table:
    columns = ("precision", "recall", "F1", "gold", "predicted", "correct")
    return Table(title, columns, tuple(_entity_rows(scores.items())))


def _entity_rows(scores: Iterable[tuple[str, EntityScore]]) -> Iterator[Row]:
    for name, each in scores:
        shares = (percent(value) for value in (each.precision, each.recall, each.f1))
        counts = (str(count) for count in (each.support, each.predicted, each.correct))
        yield Row(name, (*shares, *counts), Bar(each.f1))


def _ways(scores: EntityScores) -> Table:
    found = {
        "Exact span and type (official)": scores.micro.f1,
        "Mean of the types": scores.macro_f1,
        "Right ends, whatever the type": scores.same_span_f1,
        "Right type, a character shared": scores.same_type_f1,
        "Each error counted once": scores.fair_f1,
    }
    if scores.joint:
        found["Exact, in a segment with right role and topic"] = scores.joint.f1
    rows = (Row(name, (percent(value),), Bar(value)) for name, value in found.items())
    return Table("F1 of entities, counted in several ways", ("%",), tuple(rows))


def _calibration(found: Calibration) -> Table:
    title = (
        "Probabilities and what came true, the line at the mean probability: "
        f"expected error {percent(found.expected_error)}%, Brier score {found.brier:.3f}"
    )
    rows = (
        Row(
            f"{each.low:.0%} to {each.high:.0%}",
            (str(each.entities), percent(each.score), percent(each.correct)),
            Bar(each.correct, each.score, each.score),
        )
        for each in found.bins
    )
    return Table(title, ("entities", "mean probability", "correct"), tuple(rows))
