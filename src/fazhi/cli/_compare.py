"""`fazhi compare`: whether systems differ by more than chance."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app

if TYPE_CHECKING:
    from fazhi.corpus import Example
    from fazhi.eval import Comparison, Figure, Seeds, Tally

_OFFICIAL = ("entities", "role", "topic", "indicator", "value")


@app.command("compare")
def compare_command(
    systems: Annotated[
        list[Path],
        typer.Argument(help="Files of predictions; a folder holds one for each seed of a system."),
    ],
    split: Annotated[str, typer.Option(help="Split that was predicted.")] = "test",
    score: Annotated[
        list[str] | None,
        typer.Option(help="Score to compare, as AGENCY; may be repeated. The official ones if "
                          "none is given."),
    ] = None,
) -> None:  # fmt: skip
    """Compare systems, each pair, by paired tests on the same segments.

    Of a single system with several seeds, its scores are shown.

    Example: fazhi compare crf.jsonl rules.jsonl
    """
    from fazhi.cli._draw import print_grids
    from fazhi.cli._splits import split_examples
    from fazhi.cli._versus import comparison_note, pair_grid, seed_grid
    from fazhi.eval import compare, figures, pool_seeds, summarise_seeds

    typer.echo(f"Comparing {len(systems)} systems …", err=True)
    examples = split_examples(split)
    tallies = {name: _tallies(path, examples) for name, path in _named(systems).items()}
    found = {name: [figures(each) for each in seeds] for name, seeds in tallies.items()}
    groups = next(iter(tallies.values()))[0].groups
    shown: list[Comparison] = []
    for name in _scores(score, found):
        seeds: dict[str, Seeds] = {
            system: summarise_seeds([each[name] for each in all_]) for system, all_ in found.items()
        }
        pooled: dict[str, Figure] = {
            system: pool_seeds([each[name] for each in all_]) for system, all_ in found.items()
        }
        pairs = compare(pooled, groups)
        print_grids(seed_grid(name, seeds), *([pair_grid(name, pairs)] if pairs else []))
        shown += pairs
    typer.echo(comparison_note(shown, several=any(len(each) > 1 for each in tallies.values())))


def _named(paths: Sequence[Path]) -> dict[str, Path]:
    """The systems by name: the file's, and with its folder's where two files are called alike."""
    stems = [path.stem for path in paths]
    names = [
        path.stem if stems.count(path.stem) == 1 else f"{path.absolute().parent.name}/{path.stem}"
        for path in paths
    ]
    if len(set(names)) < len(names):
        raise typer.BadParameter("a system is given twice; give each once")
    return dict(zip(names, paths, strict=True))


def _tallies(path: Path, examples: "Sequence[Example]") -> "list[Tally]":
    """What was counted of each seed of a system.

    Raises:
        InputError: a file cannot be used, or a folder holds none.
    """
    from fazhi.errors import InputError
    from fazhi.eval import tally
    from fazhi.predictions import accept, read_submission

    kinds = ("*.jsonl", "*.bio", "*.conll")
    found = [file for kind in kinds for file in path.glob(kind)] if path.is_dir() else [path]
    files = sorted(found)
    if not files:
        raise InputError(
            "the folder holds no predictions",
            path=path,
            remedy="Give one with a file for each seed: .jsonl, .bio or .conll",
        )
    segments = [each.segment for each in examples]
    readings = {file: read_submission(file, segments) for file in files}
    return [
        tally(list(zip(examples, accept(reading, file), strict=True)))
        for file, reading in readings.items()
    ]


def _scores(
    wanted: Sequence[str] | None, found: "Mapping[str, Sequence[Mapping[str, Figure]]]"
) -> list[str]:
    """The scores that are compared: those asked for, or the official ones that all systems have.

    Raises:
        UnknownName: no such score is had by all systems.
        MismatchError: there is no official score that all have.
    """
    from fazhi._names import known_name
    from fazhi.errors import MismatchError

    sets = [set(figures) for seeds in found.values() for figures in seeds]
    shared = set.intersection(*sets)
    if wanted:
        return [known_name("score of all these systems", name, shared) for name in wanted]
    chosen = [name for name in _OFFICIAL if name in shared]
    if not chosen:
        raise MismatchError("the systems have no task in common. Compare those that attempt one")
    return chosen
