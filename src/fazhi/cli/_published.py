"""The published results of the baselines: the table of all, and what mixtures of data are worth."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fazhi._resample import Groups
from fazhi.baselines import REAL, Protocol, recipe_names
from fazhi.cli._grids import Grid
from fazhi.cli._runs import examples_of
from fazhi.cli._score_grids import over_seeds, score_grid, with_data
from fazhi.cli._versus import p_value
from fazhi.corpus import ENTITY_LABELS, Example
from fazhi.eval import Figure, Result, Tally, compare, figures, pool_seeds, read_result, tally
from fazhi.predictions import read_predictions

TITLES: Mapping[Protocol, str] = {
    "fixed": "Fixed split: train on 2021-2022, test on 2023",
    "loro": "Leave one report out: predictions on all five reports, pooled",
    "dev": "Leave one report out of train and validation: predictions on those three, pooled",
}
_LADDER_ENDS = ("crf", "bert-mini-crf")
"""What the ladder starts from, and the recipe that it has led to."""
_COMPARED = ("entities", *ENTITY_LABELS, "role", "topic")


def result_grids(baselines: Path) -> list[Grid]:
    """The published results of every recipe as it is, a table for each protocol.

    A recipe that has none under a protocol has a row with the command that makes them; those
    that have none at all have a table of their own.
    """
    files = {protocol: result_files(baselines, protocol) for protocol in TITLES}
    run = {name for found in files.values() for name in found}
    grids = [
        _with_unrun(
            _with_command(score_grid(TITLES[protocol], _read(found)), protocol),
            sorted(run.difference(found)),
            protocol,
        )
        for protocol, found in files.items()
        if found
    ]
    unrun = [name for name in recipe_names(baselines) if name not in run]
    return [*grids, _unrun_grid(unrun)] if unrun else grids


def _read(files: Mapping[str, Sequence[Path]]) -> dict[str, list[Result]]:
    return {name: list(map(read_result, seeds)) for name, seeds in files.items()}


def _with_command(grid: Grid, protocol: Protocol) -> Grid:
    command = _command(f"NAME --protocol {protocol} --seeds N")
    return replace(grid, caption=f"{grid.caption}. A row is what {command} gives, of its name")


def _with_unrun(grid: Grid, names: Sequence[str], protocol: Protocol) -> Grid:
    option = "" if protocol == "fixed" else f" --protocol {protocol}"
    rows = tuple(
        (name, f"not run here: {_command(name + option)}", *[""] * (len(grid.header) - 2))
        for name in names
    )
    return replace(grid, rows=(*grid.rows, *rows))


def _unrun_grid(names: Sequence[str]) -> Grid:
    rows = tuple((name, f"not run here: {_command(name)}") for name in names)
    caption = "Under other protocols and with several seeds, as below the tables above"
    header = ("system", "scores")
    return Grid("Recipes that were not run", header, rows, numeric=False, caption=caption)


def _command(words: str) -> str:
    return f"`fazhi reproduce {words}`"


def mixture_grids(baselines: Path) -> list[Grid]:
    """What each mixture of training data gave, a table for each recipe and protocol."""
    return [
        _compared(f"{recipe}. {title}", "learned from", mixtures, protocol)
        for protocol, title in TITLES.items()
        for recipe, mixtures in mixtures_of(baselines, protocol).items()
    ]


def result_files(room: Path, protocol: Protocol, folder: str = "results") -> dict[str, list[Path]]:
    """The published results of a protocol: of each system by name, the files of its seeds.

    Args:
        room: the baselines room.
        protocol: whose results.
        folder: `results` for recipes as they are, `mixtures` for those with other training data.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted((room / folder).glob(f"*/{protocol}*.json"), key=_by_seed):
        found.setdefault(path.parent.name, []).append(path)
    return found


def _by_seed(path: Path) -> tuple[str, int]:
    return path.parent.name, int(path.stem.partition(".")[2] or -1)


def mixtures_of(baselines: Path, protocol: Protocol) -> dict[str, dict[str, list[Path]]]:
    """By recipe, the files of each mixture; the first is the one that others are compared with."""
    own = result_files(baselines, protocol)
    groups: dict[str, dict[str, list[Path]]] = {}
    for name, seeds in result_files(baselines, protocol, "mixtures").items():
        recipe = name.partition("@")[0]
        found = groups.setdefault(
            recipe, {_data(own[recipe]): own[recipe]} if recipe in own else {}
        )
        found[_data(seeds)] = seeds
    return {
        recipe: {data: found[data] for data in sorted(found, key=_by_amount)}
        for recipe, found in groups.items()
    }


def _by_amount(data: str) -> tuple[bool, str]:
    """The order of mixtures: the real reports alone, then by sources and numbers of reports."""
    return data != REAL, re.sub(r"\d+", lambda number: number[0].zfill(6), data)


def _data(seeds: Sequence[Path]) -> str:
    return str(read_result(seeds[0]).run.data)


def ladder_grid(baselines: Path) -> Grid:
    """What each rung of the ladder gave, beside the feature CRF that it is to climb over."""
    protocol: Protocol = "dev"
    own = result_files(baselines, protocol)
    rungs = result_files(baselines, protocol, "ladder")
    first, last = ({name: own[name]} if name in own else {} for name in _LADDER_ENDS)
    found = {
        with_data(name, read_result(seeds[0])): seeds
        for name, seeds in {**first, **rungs, **last}.items()
    }
    return _compared(TITLES[protocol], "rung", found, protocol)


def _compared(
    title: str, what: str, systems: Mapping[str, Sequence[Path]], protocol: Protocol
) -> Grid:
    """The scores of systems, and the paired test of each against the first.

    Args:
        title: what was predicted.
        what: what tells the systems apart.
        systems: of each system by name, the files of its seeds.
        protocol: whose results they are.
    """
    examples = examples_of(protocol)
    tallies = {
        data: [tally_of(path, examples) for path in paths] for data, paths in systems.items()
    }
    groups = next(iter(tallies.values()))[0].groups
    found = {data: [figures(each) for each in seeds] for data, seeds in tallies.items()}
    scores = [score for score in _COMPARED if all(score in seeds[0] for seeds in found.values())]
    columns = [
        _column({data: [each[score] for each in seeds] for data, seeds in found.items()}, groups)
        for score in scores
    ]
    rows = tuple(
        (data, str(len(seeds)), *(cell for column in columns for cell in column[data]))
        for data, seeds in found.items()
    )
    header = (what, "seeds", *(cell for score in scores for cell in (score, "p")))
    return Grid(title, header, rows)


def _column(found: Mapping[str, Sequence[Figure]], groups: Groups) -> dict[str, tuple[str, str]]:
    """One score of every mixture, and p of its test against the first."""
    pooled = {data: pool_seeds(seeds) for data, seeds in found.items()}
    pairs = compare(pooled, groups, against=next(iter(found)))
    tested = {pair.left: p_value(pair.corrected_p) for pair in pairs}
    return {
        data: (over_seeds([each.value for each in seeds]), tested.get(data, ""))
        for data, seeds in found.items()
    }


def tally_of(path: Path, examples: Sequence[Example]) -> Tally:
    """What is counted of the published predictions that belong to a result.

    Args:
        path: the result; its predictions are beside it.
        examples: what was predicted, with its gold.
    """
    predictions = read_predictions(path.with_suffix(".jsonl"), [each.segment for each in examples])
    return tally(list(zip(examples, predictions, strict=True)))
