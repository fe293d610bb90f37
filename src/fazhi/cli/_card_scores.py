"""The scores of a model card: over the seeds, each with its interval."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from fazhi._resample import Groups, Interval, score_interval
from fazhi.baselines import Protocol
from fazhi.cli._grids import Grid, ends
from fazhi.cli._published import TITLES, tally_of
from fazhi.cli._runs import examples_of
from fazhi.cli._score_grids import over_seeds
from fazhi.corpus import ENTITY_LABELS
from fazhi.eval import Figure, Seeds, figures, pool_seeds, summarise_seeds

_WORDS: Mapping[str, str] = {
    "entities": "entities, strict micro-F1",
    **{label: f"{label}, F1" for label in ENTITY_LABELS},
    "role": "role, macro-F1",
    "topic": "topic, macro-F1",
    "indicator": "indicators, F1 of characters",
    "value": "values, accuracy",
    "indicator on gold": "indicators of gold METRICs, F1 of characters",
    "value on gold": "values of gold METRICs, accuracy",
}


@dataclass(frozen=True, slots=True)
class CardScore:
    """One score of a baseline under a protocol."""

    name: str
    """Its name, as `fazhi.eval.figures` gives it."""
    seeds: Seeds
    """Its value with each seed."""
    interval: Interval | None
    """The 95% interval of the seeds' pooled counts; None where it cannot be formed."""

    @property
    def title(self) -> str:
        """What it is, in words."""
        return _WORDS[self.name]


def card_scores(paths: Sequence[Path], protocol: Protocol) -> list[CardScore]:
    """The scores of published predictions; those that are undefined are left out.

    Args:
        paths: the result of each seed, its predictions beside it.
        protocol: what was predicted.
    """
    examples = examples_of(protocol)
    tallies = [tally_of(path, examples) for path in paths]
    return list(_scores([figures(each) for each in tallies], tallies[0].groups))


def _scores(found: Sequence[Mapping[str, Figure]], groups: Groups) -> Iterator[CardScore]:
    for name in found[0]:
        seeds = [each[name] for each in found]
        if any(isnan(each.value) for each in seeds):
            continue
        pooled = pool_seeds(seeds)
        interval = score_interval(pooled.counts, groups, pooled.statistic)
        yield CardScore(name, summarise_seeds(seeds), interval)


def card_grid(protocol: Protocol, scores: Sequence[CardScore], learned: str) -> Grid:
    """The scores under a protocol, with what was learned from in each line.

    Args:
        protocol: what was predicted.
        scores: at least one score.
        learned: what the baseline learned from, in words.
    """
    rows = tuple(
        (
            each.title,
            over_seeds(each.seeds.values),
            ends(each.interval) if each.interval else "–",
            str(len(each.seeds.values)),
            learned,
        )
        for each in scores
    )
    header = ("score", "%", "95%", "seeds", "learned from")
    return Grid(TITLES[protocol], header, rows)
