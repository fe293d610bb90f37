"""Whether the network is better than the feature CRF: by how much, and how sure that is."""

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from fazhi.baselines import Protocol
from fazhi.cli._grids import Grid, percent
from fazhi.cli._published import TITLES, result_files, tally_of
from fazhi.cli._runs import examples_of
from fazhi.cli._score_grids import with_data
from fazhi.cli._verdict import ERRORS, ERRORS_CAPTION
from fazhi.cli._versus import comparison_note, difference_cells
from fazhi.corpus import ENTITY_LABELS
from fazhi.eval import Comparison, compare, figures, pool_seeds, read_result

_PAIR = ("bert-mini-crf", "crf")
"""The first may stand in for the second only where it is better."""
_SCORES = ("entities", *ENTITY_LABELS)


def gate_grid(baselines: Path) -> Grid:
    """The differences of both, under each protocol that both are published under."""
    found = {protocol: dict(_compared(baselines, protocol)) for protocol in TITLES}
    rows = tuple(
        (
            protocol,
            score,
            percent(pair.left_value),
            percent(pair.right_value),
            *difference_cells(pair)[:3],
            pair.interval.unit if pair.interval else "",
        )
        for protocol, pairs in found.items()
        for score, pair in pairs.items()
    )
    note = comparison_note(
        [pair for each in found.values() for pair in each.values()], several=True
    )
    header = ("protocol", "score", *_titles(baselines), "points", "95%", "p", "drawn")
    return Grid("", header, rows, caption=note)


def _titles(baselines: Path) -> list[str]:
    """Both, with what they learned from."""
    files = {**result_files(baselines, "dev"), **result_files(baselines, "fixed")}
    return [
        with_data(name, read_result(files[name][0])) if name in files else name for name in _PAIR
    ]


def _compared(baselines: Path, protocol: Protocol) -> Iterator[tuple[str, Comparison]]:
    """The comparison of both by each score."""
    files = result_files(baselines, protocol)
    if not set(_PAIR) <= set(files):
        return
    examples = examples_of(protocol)
    tallies = {name: [tally_of(path, examples) for path in files[name]] for name in _PAIR}
    counted = {name: [figures(each) for each in seeds] for name, seeds in tallies.items()}
    groups = tallies[_PAIR[0]][0].groups
    for score in _SCORES:
        systems = {
            name: pool_seeds([each[score] for each in seeds]) for name, seeds in counted.items()
        }
        (pair,) = compare(systems, groups)
        yield score, pair


def error_grid(baselines: Path) -> Grid:
    """What goes wrong on the test reports, by type: the mean number of errors over the seeds."""
    files = result_files(baselines, "fixed")
    titles = dict(zip(_PAIR, _titles(baselines), strict=True))
    rows = tuple(
        (
            titles[name],
            label,
            *(f"{fmean(seed[label][error] for seed in errors):.1f}" for error in ERRORS),
        )
        for name in reversed(_PAIR)
        if (errors := [_errors(path) for path in files.get(name, [])])
        for label in ENTITY_LABELS
    )
    header = ("system", "type", *ERRORS.values())
    return Grid("", header, rows, caption=f"Mean numbers over the seeds; {ERRORS_CAPTION}")


def _errors(path: Path) -> dict[str, dict[str, int]]:
    scores = read_result(path).scores.entities
    return scores.errors if scores else {}
