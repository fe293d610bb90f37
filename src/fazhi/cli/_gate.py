"""Whether systems are better than those that need no network: by how much, and how sure that is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi._paths import room
from fazhi.baselines import Protocol, find_recipe
from fazhi.cli._grids import Grid, percent
from fazhi.cli._published import TITLES, result_files, tally_of
from fazhi.cli._runs import examples_of
from fazhi.cli._score_grids import with_data
from fazhi.cli._versus import comparison_note, difference_cells, mean_cell
from fazhi.eval import Comparison, Seeds, compare, figures, pool_seeds, read_result, summarise_seeds

REFERENCES = {"entities": "crf", "AGENCY": "crf", "role": "tfidf-svm", "topic": "tfidf-svm"}
"""By score, what others are compared with: a network may replace it only where it is better."""
_CAPTION = (
    "Points: what a system has over the one that it is compared with; p: for the number of "
    "systems in this table (Holm; the leaderboard corrects for all pairs of its systems); over "
    "seeds: the 95% interval of the mean that more seeds would give (Student's t)."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A system beside the one that needs no network, by one score."""

    protocol: Protocol
    """What was predicted."""
    system: str
    """Its name, with what it learned from."""
    score: str
    """Name of the score."""
    seeds: Seeds
    """Its scores."""
    pair: Comparison
    """The comparison."""

    @property
    def unit(self) -> str:
        """What its interval draws."""
        return self.pair.interval.unit if self.pair.interval else ""


def gate_grid(baselines: Path) -> Grid:
    """All published networks beside the feature CRF and the SVM, under each protocol."""
    return compared_grid(
        [
            each
            for protocol in TITLES
            for each in compared_systems(_networks(result_files(baselines, protocol)), protocol)
        ]
    )


def _networks(files: Mapping[str, Sequence[Path]]) -> dict[str, Sequence[Path]]:
    """The networks among the systems, and what they are compared with."""
    known = room("baselines")
    return {
        name: seeds
        for name, seeds in files.items()
        if name in REFERENCES.values() or find_recipe(name, known).model == "bert"
    }


def compared_grid(compared: Sequence[Compared]) -> Grid:
    """Systems beside others, a row for each score, and under each protocol if there are several."""
    several = len({each.protocol for each in compared}) > 1
    rows = tuple(
        (*[each.protocol] * several, *_cells(each), *[each.unit] * several) for each in compared
    )
    header = ("system", "score", "mean", "over seeds", "against", "points", "95%", "p")
    titles = (*["protocol"] * several, *header, *["drawn"] * several)
    drawn = any(each.seeds.mean_interval for each in compared)
    note = comparison_note([each.pair for each in compared], several=drawn)
    return Grid("", titles, rows, caption=f"{_CAPTION} {note}")


def _cells(it: Compared) -> tuple[str, ...]:
    points, interval, _, p, *_ = difference_cells(it.pair)
    mean, over_seeds = percent(it.seeds.mean), mean_cell(it.seeds)
    return it.system, it.score, mean, over_seeds, it.pair.right, points, interval, p


def compared_systems(
    systems: Mapping[str, Sequence[Path]], protocol: Protocol
) -> Iterator[Compared]:
    """Each system beside the one that needs no network, by each score that both have.

    Args:
        systems: of each system by name, the result files of its seeds.
        protocol: whose results they are.
    """
    examples = examples_of(protocol)
    tallies = {name: [tally_of(path, examples) for path in each] for name, each in systems.items()}
    found = {name: [figures(each) for each in seeds] for name, seeds in tallies.items()}
    for score, reference in REFERENCES.items():
        scored = {
            name: [each[score] for each in seeds]
            for name, seeds in found.items()
            if score in seeds[0]
        }
        if reference not in scored:
            continue
        pooled = {name: pool_seeds(seeds) for name, seeds in scored.items()}
        for pair in compare(pooled, tallies[reference][0].groups, against=reference):
            yield Compared(
                protocol=protocol,
                system=with_data(pair.left, read_result(systems[pair.left][0])),
                score=score,
                seeds=summarise_seeds(scored[pair.left]),
                pair=pair,
            )
