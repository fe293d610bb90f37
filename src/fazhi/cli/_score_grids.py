"""Tables of scores, as plain rows: of systems, over seeds, before and after a correction."""

from collections.abc import Mapping, Sequence
from statistics import fmean, stdev

from fazhi.cli._grids import Grid, percent
from fazhi.corpus import ENTITY_LABELS
from fazhi.eval import Result, Scores

_CAPTION = "entities: strict micro-F1, with precision P and recall R; role, topic: macro-F1"
_FACTS = ("indicator", "on gold")
_FACTS_CAPTION = (
    "indicator: F1 over the characters of indicators, of METRICs that the system found; on gold: "
    "of those that it was told"
)


def rescore_grid(version: str, before: Mapping[str, Scores], after: Mapping[str, Scores]) -> Grid:
    """Published predictions, scored on the gold before a version and with it."""
    rows = tuple(
        (name, *(_change(*pair) for pair in zip(*map(_cells, figures), strict=True)))
        for name, *figures in ((name, before[name], after[name]) for name in after)
    )
    header = ("system", "entities", *ENTITY_LABELS, "role", "topic")
    title = (
        "Published predictions (leave one report out, each recipe's own seed) on the gold before "
        f"and in {version}"
    )
    return Grid(f"{title} (F1 in %)", header, rows)


def _change(old: str, new: str) -> str:
    return old if old == new == "-" else f"{old} → {new}"


def _cells(scores: Scores) -> list[str]:
    entities, *types, _, _, role, topic, _, _ = map(percent, _figures(scores))
    return [entities, *types, role, topic]


def score_grid(title: str, results: Mapping[str, Sequence[Result]]) -> Grid:
    """The scores of systems, one row each; a dash for a task that is not attempted.

    Facts have columns where any system attempts them.

    Args:
        title: what was predicted.
        results: of each system by name, a result for each of its seeds.
    """
    facts = any(each.scores.facts for seeds in results.values() for each in seeds)
    several = max((len(seeds) for seeds in results.values()), default=1) > 1
    names = ("system", "seeds", "entities", *ENTITY_LABELS, "P", "R", "role", "topic", *_FACTS)
    header = names if facts else names[: -len(_FACTS)]
    rows = tuple(
        (with_data(name, seeds[0]), str(len(seeds)), *_over_seeds(seeds))[: len(header)]
        for name, seeds in results.items()
    )
    caption = "; ".join(
        [
            _CAPTION,
            *([_FACTS_CAPTION] if facts else []),
            *(["±: standard deviation over seeds"] if several else []),
        ]
    )
    return Grid(f"{title} (F1 in %)", header, rows, caption=caption)


def _over_seeds(seeds: Sequence[Result]) -> list[str]:
    columns = zip(*(_figures(each.scores) for each in seeds), strict=True)
    return [over_seeds(column) for column in columns]


def over_seeds(values: Sequence[float | None]) -> str:
    """The mean of a score over the seeds, with its standard deviation where there are several."""
    known = [value for value in values if value is not None]
    mean = percent(fmean(known) if known else None)
    return f"{mean} ± {percent(stdev(known))}" if len(known) > 1 else mean


def with_data(system: str, result: Result) -> str:
    """The system, and what it learned from where that is not real reports alone."""
    data = result.run.data
    return system if "@" in system or data in (None, "real") else f"{system} ({data})"


def _figures(scores: Scores) -> list[float | None]:
    entities: list[float | None] = [None] * (3 + len(ENTITY_LABELS))
    if scores.entities:
        micro = scores.entities.micro
        types = [scores.entities.per_type[label].f1 for label in ENTITY_LABELS]
        entities = [micro.f1, *types, micro.precision, micro.recall]
    sections = [each.macro_f1 if each else None for each in (scores.role, scores.topic)]
    facts = [each.indicator_f1 if each else None for each in (scores.facts, scores.facts_on_gold)]
    return [*entities, *sections, *facts]
