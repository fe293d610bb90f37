"""Confusions and error classes, as tables whose cells are shaded or have bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from fazhi._resample import Counts
from fazhi.corpus import ENTITY_LABELS, ROLE_NAMES, TOPIC_NAMES
from fazhi.eval._align import ERRORS, Error
from fazhi.eval._entities import EntityScores
from fazhi.eval._page_marks import ERROR_NAMES, ERROR_SIGNS
from fazhi.eval._page_tables import percent
from fazhi.eval._score import SectionScore
from fazhi.eval._tally import ROLES, TOPICS

_SHADES = 5
_NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many things of a row came out as the column says."""

    count: int
    """How many."""
    shade: int
    """Their share of the row, from 0 for none to 5 for nearly all."""
    right: bool
    """Whether row and column are the same label."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Gold labels in rows, predicted ones in columns."""

    title: str
    """What it shows."""
    columns: tuple[str, ...]
    """The predicted labels."""
    rows: dict[str, tuple[Cell, ...]]
    """The cells of each gold label."""
    f1: dict[str, str]
    """F1 of each label in %; empty where another table shows it."""
    wrong: str
    """The token of the segments that are wrong; empty where each type has its own."""


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """How often an error occurs."""

    error: Error
    """The error."""
    name: str
    """In words."""
    sign: str
    """As a sign."""
    counts: dict[str, int]
    """By type."""
    total: int
    """Over all types."""
    share: float
    """Its share of all errors."""


def error_rows(errors: Mapping[str, Mapping[str, int]]) -> list[ErrorRow]:
    """The error classes, from the errors of each type."""
    total = sum(sum(each.values()) for each in errors.values())
    rows = []
    for error in ERRORS:
        counts = {label: each[error] for label, each in errors.items()}
        number = sum(counts.values())
        share = number / total if total else 0.0
        rows.append(ErrorRow(error, ERROR_NAMES[error], ERROR_SIGNS[error], counts, number, share))
    return rows


def entity_confusion(scores: EntityScores) -> Confusion:
    """The types of gold entities and of those that answer them."""
    labels = (*ENTITY_LABELS, _NOTHING)
    counts = [list(each.values()) for each in scores.confusion.values()]
    return Confusion("Types of entities", labels, _rows(labels, labels, counts), {}, "")


def role_confusion(counts: Counts, score: SectionScore) -> Confusion:
    """Roles, of the segments' counts (segments, roles, roles + 1)."""
    return _sections("role", ROLE_NAMES, ROLES, counts, score)


def topic_confusion(counts: Counts, score: SectionScore) -> Confusion:
    """Topics, of the segments' counts (segments, topics, topics + 1)."""
    return _sections("topic", TOPIC_NAMES, TOPICS, counts, score)


def _sections(
    task: str, names: Sequence[str], order: Sequence[str], counts: Counts, score: SectionScore
) -> Confusion:
    """The labels in the order of `names`, those left out that occur on neither side."""
    places = [order.index(name) for name in names]
    sums = counts.sum(axis=0)[places][:, [*places, len(names)]]
    rows = [n for n in range(len(names)) if sums[n].any()]
    columns = [n for n in range(len(names) + 1) if sums[:, n].any() or n in rows]
    labels = (*names, _NOTHING)
    shown = sums[rows][:, columns].tolist()
    return Confusion(
        title=f"{task.capitalize()}s of segments",
        columns=tuple(labels[n] for n in columns),
        rows=_rows([labels[n] for n in rows], [labels[n] for n in columns], shown),
        f1={name: percent(value) for name, value in score.per_label.items()},
        wrong=task,
    )


def _rows(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> dict[str, tuple[Cell, ...]]:
    return {
        name: tuple(
            Cell(count, ceil(_SHADES * count / max(1, sum(line))), name == column)
            for column, count in zip(columns, line, strict=True)
        )
        for name, line in zip(rows, counts, strict=True)
    }
