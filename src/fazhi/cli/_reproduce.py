"""`fazhi reproduce`: train, predict, score, and compare with what is published."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app, need_checkout

if TYPE_CHECKING:
    from fazhi.baselines import Protocol, Recipe
    from fazhi.cli._runs import Outcome


@app.command("reproduce")
def reproduce(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Recipes; those that need the core alone if none is named."),
    ] = None,
    protocol: Annotated[
        str, typer.Option(help="fixed (train, test) or loro (leave one report out).")
    ] = "fixed",
    out: Annotated[Path, typer.Option(help="Folder for results.")] = Path("runs"),
    publish: Annotated[
        bool, typer.Option("--publish", help="Make the results the published ones.")
    ] = False,
) -> None:
    """Train baselines, score them, and compare with the published figures.

    Example: fazhi reproduce crf
    """
    from fazhi._files import check_target
    from fazhi._names import known_name
    from fazhi._paths import room
    from fazhi.baselines import find_recipe, recipe_names
    from fazhi.cli import _runs as runs
    from fazhi.cli._documents import results_page, write_documents
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import score_grid

    chosen = runs.protocol_named(protocol)
    baselines = room("baselines")
    known = recipe_names(baselines)
    recipes = [find_recipe(name, baselines) for name in dict.fromkeys(names or known)]
    recipes = [each for each in recipes if names or not each.on_request]
    if publish:
        out = need_checkout("publish results") / "baselines" / "results"
        for name in names or ():
            known_name("recipe of the room", name, known)
        results_page(baselines)
    outcomes = {}
    for recipe in recipes:
        check_target(out / recipe.name / f"{chosen}.json")
        typer.echo(f"{recipe.name}: training and predicting …", err=True)
        outcomes[recipe.name] = runs.run_recipe(recipe, chosen)
        runs.write_outcome(outcomes[recipe.name], out / recipe.name)
    title = {"fixed": "Test reports", "loro": "Leave one report out, all reports"}[chosen]
    print_grids(score_grid(title, {name: each.result.scores for name, each in outcomes.items()}))
    for name in outcomes:
        typer.echo(f"{name}: {out / name / chosen}.jsonl (predictions), .json (scores)")
    if publish:
        write_documents(results_page(baselines))
    else:
        _compare([recipe for recipe in recipes if recipe.name in known], chosen, outcomes)


def _compare(recipes: "list[Recipe]", protocol: "Protocol", outcomes: "dict[str, Outcome]") -> None:
    """Says of each recipe whether it agrees with what is published, then fails if one does not."""
    from fazhi.cli._runs import compare_with_published
    from fazhi.errors import MismatchError

    failures = []
    for recipe in recipes:
        try:
            typer.echo(compare_with_published(outcomes[recipe.name], recipe, protocol))
        except MismatchError as error:
            failures.append(error)
    for failure in failures[:-1]:
        typer.echo(f"Error: {failure}", err=True)
    if failures:
        raise failures[-1]
