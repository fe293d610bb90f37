"""Counts of examples as tables: sizes, entities, facts, roles and topics."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from statistics import mean, median
from typing import TYPE_CHECKING

from fazhi.cli._grids import Grid, percent
from fazhi.corpus import (
    ENTITY_LABELS,
    ROLES,
    TOPICS,
    Example,
    Fact,
    Label,
    kinds_of,
    value_of,
)

if TYPE_CHECKING:
    from fazhi.annotation import ErrorRate, SecondReading

Groups = Mapping[str, Sequence[Example]]
"""Examples by the name of their split or report."""

_NONE: Groups = {}


def second_reading_grid(reading: "SecondReading", examples: Sequence[Example]) -> Grid:
    """How often the first reading of made-up reports was wrong, by what is marked."""
    from fazhi.annotation import error_rates

    rows = tuple(
        (about, str(rate.marks), str(rate.differences), str(rate.errors), _share(rate))
        for about, rate in error_rates(reading, examples).items()
    )
    reports = ", ".join(reading.reports)
    title = f"Second reading of made-up reports (never scored): {reports}"
    return Grid(title, ("", "marks", "differences", "errors", "errors in %"), rows)


def _share(rate: "ErrorRate") -> str:
    return percent(rate.errors / rate.marks if rate.marks else None)


def count_grids(groups: Groups, apart: Groups = _NONE) -> list[Grid]:
    """Sizes, entities, facts, roles and topics of each group.

    Args:
        groups: what is counted, and added up if there are several.
        apart: what is counted beside them and not added.
    """
    return [
        _count_grid("Corpus", "size", _SIZES, _sizes, groups, apart),
        entity_grid(groups, apart),
        _count_grid("Facts", "", _FACTS, _facts, groups, apart),
        _label_grid("role", ROLES, lambda each: each.gold.role, groups, apart),
        _label_grid("topic", TOPICS, lambda each: each.gold.topic, groups, apart),
    ]


def entity_grid(groups: Groups, apart: Groups = _NONE) -> Grid:
    """Entities per type and kind in each group."""
    keys = [
        key
        for label in ENTITY_LABELS
        for key in (label, *(f"{label}.{kind}" for kind in kinds_of(label)))
    ]
    return _count_grid("Entities", "type and kind", keys, _entities, groups, apart)


def rate_grid(groups: Groups) -> Grid:
    """How long a segment of each group is, and how much it holds, on average."""
    rates: dict[str, Callable[[Sequence[Example]], float]] = {
        **{f"{name}, mean": partial(_mean, count) for name, count in _CONTENTS.items()},
        "characters, median": lambda found: median(len(each.segment.text) for each in found),
        "entities in 100 characters of work, problems and plans": _density,
        **{f"role {name}, share in %": partial(_share_of, name) for name in _COMMON},
    }
    rows = tuple(
        (name, *(f"{rate(examples):.2f}" for examples in groups.values()))
        for name, rate in rates.items()
    )
    return Grid("In a segment", ("", *groups), rows)


def _mean(count: Callable[[Example], int], examples: Sequence[Example]) -> float:
    return mean(map(count, examples))


def _density(examples: Sequence[Example]) -> float:
    """Entities in a hundred characters of the segments of these roles."""
    body = [each for each in examples if each.gold.role in _BODY]
    characters = sum(len(each.segment.text) for each in body)
    return 100 * sum(len(each.gold.entities) for each in body) / max(1, characters)


def _share_of(role: str, examples: Sequence[Example]) -> float:
    return 100 * mean(each.gold.role == role for each in examples)


_BODY = ("work", "problem", "plan")
_COMMON = ("heading", *_BODY)
_CONTENTS: dict[str, Callable[[Example], int]] = {
    "characters": lambda each: len(each.segment.text),
    "entities": lambda each: len(each.gold.entities),
    "AGENCY": lambda each: _labelled(each, "AGENCY"),
    "LEGAL": lambda each: _labelled(each, "LEGAL"),
    "METRIC": lambda each: _labelled(each, "METRIC"),
}


def _labelled(example: Example, label: str) -> int:
    return sum(entity.label == label for entity in example.gold.entities)


def _count_grid(
    title: str,
    first: str,
    names: Iterable[str],
    count: Callable[[Sequence[Example]], Counter[str]],
    groups: Groups,
    apart: Groups,
) -> Grid:
    added, beside = ([count(each) for each in part.values()] for part in (groups, apart))
    total = ["total"] if len(groups) > 1 else []
    rows = []
    for name in names:
        counts = [each[name] for each in added]
        sums = [sum(counts) for _ in total]
        rows.append((name, *map(str, [*counts, *sums, *(each[name] for each in beside)])))
    return Grid(title, (first, *groups, *total, *apart), tuple(rows))


_SIZES = ("reports", "segments", "characters", "entities")


def _sizes(examples: Sequence[Example]) -> Counter[str]:
    return Counter(
        reports=report_count(examples),
        segments=len(examples),
        characters=sum(len(each.segment.text) for each in examples),
        entities=sum(len(each.gold.entities) for each in examples),
    )


def _entities(examples: Sequence[Example]) -> Counter[str]:
    return Counter(
        key
        for each in examples
        for entity in each.gold.entities
        for key in (entity.label, f"{entity.label}.{entity.kind}")
    )


_FACTS: dict[str, Callable[[Fact], bool]] = {
    "facts": lambda _: True,
    "with an indicator": lambda fact: fact.indicator is not None,
    "approximate": lambda fact: fact.value.approximate,
    "a range or limit": lambda fact: fact.value.low != fact.value.high,
    "value not as computed": lambda fact: value_of(fact.metric.text) != fact.value,
}


def _facts(examples: Sequence[Example]) -> Counter[str]:
    facts = [fact for each in examples for fact in each.gold.facts]
    return Counter({name: sum(map(test, facts)) for name, test in _FACTS.items()})


def _label_grid(
    task: str,
    labels: Sequence[Label],
    label_of: Callable[[Example], str | None],
    groups: Groups,
    apart: Groups,
) -> Grid:
    def count(examples: Sequence[Example]) -> Counter[str]:
        return Counter(filter(None, map(label_of, examples)))

    names = [label.name for label in labels]
    return _count_grid(f"{task.capitalize()}s", task, names, count, groups, apart)


def report_count(examples: Sequence[Example]) -> int:
    """How many reports the examples are of."""
    return len({each.segment.report for each in examples})
