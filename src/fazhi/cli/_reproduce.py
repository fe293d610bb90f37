"""`fazhi reproduce`: train, predict, score, and compare with what is published."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app, need_checkout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fazhi.baselines import Protocol, Recipe
    from fazhi.cli._grids import Grid
    from fazhi.cli._runs import Outcome
    from fazhi.cli._trials import Trial
    from fazhi.eval import Result


@app.command("reproduce")
def reproduce(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Recipes; those that need the core alone if none is named."),
    ] = None,
    protocol: Annotated[
        str,
        typer.Option(help="fixed (train, test), loro (leave one report out), or dev (leave one "
                          "report of train and validation out)."),
    ] = "fixed",
    seeds: Annotated[
        int, typer.Option(min=1, max=100, help="Number of seeds, for what depends on one.")
    ] = 1,
    data: Annotated[
        str | None,
        typer.Option(help="Training data: real, synthetic, real+synthetic, real+synthetic15, "
                          "real+recombined200, 3xreal+synthetic, synthetic-then-real (networks); "
                          "the recipe's own if none is given."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for results; runs if none is given.")
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(help="Keep checkpoints of networks here, and go on from those that are."),
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Make the results the published ones.")
    ] = False,
) -> None:  # fmt: skip
    """Train baselines, score them, and compare with the published figures.

    Example: fazhi reproduce crf
    """
    from fazhi._files import check_target
    from fazhi._names import known_name
    from fazhi._paths import room
    from fazhi.baselines import find_recipe, keeps_checkpoints, recipe_names
    from fazhi.cli import _runs as runs
    from fazhi.cli._documents import results_page, write_documents
    from fazhi.cli._trials import mixture_named, trials_of

    chosen = runs.protocol_named(protocol)
    mixture = mixture_named(data)
    baselines = room("baselines")
    known = recipe_names(baselines)
    recipes = _distinct([find_recipe(name, baselines) for name in names or known])
    recipes = [each for each in recipes if names or not each.on_request]
    if resume and not any(keeps_checkpoints(each.model) for each in recipes):
        raise typer.BadParameter("none of these keeps checkpoints; leave --resume out")
    _check_names(recipes, known, baselines)
    if publish:
        if out:
            raise typer.BadParameter("--publish knows where results go; leave --out out")
        for name in names or ():
            known_name("recipe of the room", name, known)
        results_page(baselines)
        out = need_checkout("publish results") / "baselines" / ("mixtures" if data else "results")
    folder = out or Path("runs")
    trials = [each for recipe in recipes for each in trials_of(recipe, chosen, mixture, seeds)]
    outcomes = {}
    for trial in trials:
        check_target(folder / trial.system / f"{trial.stem}.json")
    for trial, outcome in runs.run_trials(trials, resume):
        outcomes[trial] = outcome
        runs.write_outcome(trial, outcome, folder)
    _show(outcomes, folder, publish=publish)
    if publish:
        write_documents(results_page(baselines))
    else:
        _compare({trial: each for trial, each in outcomes.items() if trial.recipe.name in known})


def _distinct(recipes: "Sequence[Recipe]") -> "list[Recipe]":
    """Each recipe once.

    Raises:
        BadParameter: two of them have one name.
    """
    found: dict[str, Recipe] = {}
    for recipe in recipes:
        if found.setdefault(recipe.name, recipe) != recipe:
            raise typer.BadParameter(f"two recipes are named {recipe.name!r}; rename one of them")
    return list(found.values())


def _check_names(recipes: "Sequence[Recipe]", known: "Sequence[str]", baselines: Path) -> None:
    """Raises BadParameter if a recipe that is not of the room bears the name of one that is."""
    from fazhi.baselines import find_recipe

    for recipe in recipes:
        if recipe.name in known and recipe != find_recipe(recipe.name, baselines):
            message = f"{recipe.name!r} is the name of another recipe; give yours one of its own"
            raise typer.BadParameter(message)


def _show(outcomes: "Mapping[Trial, Outcome]", out: Path, *, publish: bool) -> None:
    """Prints the scores beside the published ones and those of other systems; says where they are.

    Args:
        outcomes: what was run, of one protocol.
        out: where it was written.
        publish: whether these have become the published ones.
    """
    from fazhi.cli._draw import print_grids
    from fazhi.cli._published import TITLES
    from fazhi.cli._score_grids import score_grid

    protocol = next(iter(outcomes)).protocol
    files: dict[str, list[Path]] = {}
    results: dict[str, list[Result]] = {}
    for trial, outcome in outcomes.items():
        files.setdefault(trial.system, []).append(out / trial.system / f"{trial.stem}.json")
        results.setdefault(trial.system, []).append(outcome.result)
    grids = [score_grid(TITLES[protocol], results)]
    if not publish:
        grids += _published(outcomes)
    print_grids(*grids, *_beside_others(files, protocol))
    for trial in outcomes:
        path = out / trial.system / trial.stem
        typer.echo(f"{trial.title}: {path}.jsonl (predictions), .json (scores)")


def _published(trials: "Iterable[Trial]") -> "list[Grid]":
    """The published scores of the same trials, if there are any."""
    from fazhi.cli._runs import published_file
    from fazhi.cli._score_grids import score_grid
    from fazhi.eval import read_result

    found: dict[str, list[Result]] = {}
    for trial in trials:
        if (path := published_file(trial)).exists():
            found.setdefault(trial.system, []).append(read_result(path))
    return [score_grid("The same, as published", found)] if found else []


def _beside_others(files: "Mapping[str, Sequence[Path]]", protocol: "Protocol") -> "list[Grid]":
    """Systems beside those that need no network, as run with them or else as published."""
    from fazhi._paths import room
    from fazhi.cli._gate import REFERENCES, compared_grid, compared_systems
    from fazhi.cli._published import result_files

    known = result_files(room("baselines"), protocol)
    others = {name: known[name] for name in REFERENCES.values() if name in known}
    compared = list(compared_systems({**others, **files}, protocol))
    return [compared_grid(compared)] if compared else []


def _compare(outcomes: "Mapping[Trial, Outcome]") -> None:
    """Says of each trial whether it agrees with what is published, then fails if one does not."""
    from fazhi.cli._runs import compare_with_published
    from fazhi.errors import MismatchError

    failures = []
    for trial, outcome in outcomes.items():
        try:
            typer.echo(compare_with_published(trial, outcome))
        except MismatchError as error:
            failures.append(error)
    for failure in failures[:-1]:
        typer.echo(f"Error: {failure}", err=True)
    if failures:
        raise failures[-1]
