"""`fazhi reproduce`: train, predict, score, and compare with what is published."""

from pathlib import Path
from typing import Annotated

import typer

from fazhi.cli._app import app, need_checkout


@app.command("reproduce")
def reproduce(
    names: Annotated[
        list[str] | None, typer.Argument(help="Recipes; all of them if none is named.")
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
    from fazhi._paths import room
    from fazhi.baselines import find_recipe, recipe_names
    from fazhi.cli import _runs as runs
    from fazhi.cli._documents import results_page, write_document
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import score_grid

    chosen = runs.protocol_named(protocol)
    baselines = room("baselines")
    recipes = [find_recipe(name, baselines) for name in names or recipe_names(baselines)]
    folder = need_checkout("publish results") / "baselines" / "results" if publish else out
    outcomes = {}
    for recipe in recipes:
        typer.echo(f"{recipe.name}: training and predicting …", err=True)
        outcomes[recipe.name] = runs.run_recipe(recipe, chosen)
        runs.write_outcome(outcomes[recipe.name], folder / recipe.name)
    title = {"fixed": "Test reports", "loro": "Leave one report out, all reports"}[chosen]
    print_grids(score_grid(title, {name: each.result.scores for name, each in outcomes.items()}))
    typer.echo(f"Predictions and results: {folder}/RECIPE/{chosen}.jsonl and .json")
    if publish:
        write_document(results_page(baselines))
        return
    for recipe in recipes:
        typer.echo(runs.compare_with_published(outcomes[recipe.name], recipe, chosen))
