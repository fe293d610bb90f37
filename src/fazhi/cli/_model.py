"""`fazhi train` and `predict`: a baseline step by step."""

from pathlib import Path
from typing import Annotated

import typer

from fazhi.cli._app import app


@app.command("train")
def train(
    recipe: Annotated[str, typer.Argument(help="Name of a recipe, or a path that ends in .toml.")],
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    resume: Annotated[
        Path | None,
        typer.Option(help="Folder for checkpoints; training goes on from those that are there."),
    ] = None,
) -> None:
    """Train a baseline on what its recipe names, its parameters chosen on validation.

    Example: fazhi train crf --out runs/crf
    """
    from fazhi._files import check_target
    from fazhi._paths import room
    from fazhi.baselines import find_recipe, keeps_checkpoints, save_model, train_fold
    from fazhi.cli._runs import objective, training_folds

    chosen = find_recipe(recipe, room("baselines"))
    check_target(out / "model.json")
    if resume and not keeps_checkpoints(chosen.model):
        raise typer.BadParameter(f"{chosen.name} keeps no checkpoints; leave --resume out")
    (fold,) = training_folds(chosen, "fixed")
    params, model = train_fold(chosen, fold, objective, resume)
    save_model(model, chosen, params, fold.final, out)
    typer.echo(f"Trained {chosen.name} with {params or 'no parameters'}; it is in {out}.")


@app.command("predict")
def predict(
    model: Annotated[Path, typer.Argument(help="Folder of a trained model.")],
    out: Annotated[Path, typer.Option(help="File for the predictions (JSON Lines).")],
    split: Annotated[str, typer.Option(help="Split to predict.")] = "test",
) -> None:
    """Predict a split with a trained baseline.

    Example: fazhi predict runs/crf --out predictions.jsonl
    """
    from fazhi._files import check_target
    from fazhi.baselines import load_model, predict_examples
    from fazhi.cli._splits import split_examples
    from fazhi.predictions import write_predictions

    loaded = load_model(model)
    examples = split_examples(split)
    check_target(out, model)
    write_predictions(out, predict_examples(loaded, examples))
    typer.echo(f"Predicted {len(examples)} segments; they are in {out}.")
