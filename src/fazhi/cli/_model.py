"""`fazhi train` and `export`: a model in a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app

if TYPE_CHECKING:
    from fazhi.predictions import Prediction


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


@app.command("export")
def export(
    model: Annotated[Path, typer.Argument(help="Folder of a trained network.")],
    out: Annotated[Path, typer.Option(help="Folder for the exported model.")],
    int8: Annotated[
        bool, typer.Option("--int8/--fp32", help="Weights as 8-bit integers, or as they are.")
    ] = True,
) -> None:
    """Export a network to ONNX, with which it predicts faster and without torch.

    What it predicts of the validation split is compared before and after.

    Example: fazhi export runs/bert-mini-crf --out runs/bert-mini-crf-int8
    """
    from fazhi._files import check_target
    from fazhi.baselines import export_model, load_model, predict_examples
    from fazhi.cli._splits import split_examples
    from fazhi.eval import headline, score

    check_target(out / "model.json", model)
    export_model(model, "int8" if int8 else "fp32", out)
    size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
    typer.echo(f"Exported {model} to {out}, {size:.1f} MB.")
    examples = split_examples("validation")
    before, after = (predict_examples(load_model(each), examples) for each in (model, out))
    same = sum(map(_says_the_same, before, after))
    typer.echo(f"On {same} of {len(examples)} segments of validation both predict the same.")
    figures = headline(score(examples, before)), headline(score(examples, after))
    for name, figure in figures[0].items():
        typer.echo(f"{name} in %: {100 * figure:.1f} before, {100 * figures[1][name]:.1f} after")


def _says_the_same(one: "Prediction", other: "Prediction") -> bool:
    """Whether two predictions are equal but for how probable entities are found."""

    def bare(prediction: "Prediction") -> "Prediction":
        entities = [each.model_copy(update={"score": None}) for each in prediction.entities or ()]
        return prediction.model_copy(update={"entities": entities})

    return bare(one) == bare(other)
