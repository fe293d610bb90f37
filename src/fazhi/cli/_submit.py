"""`fazhi submit`: predictions and a card become a submission, or all their errors are named."""

from pathlib import Path
from typing import Annotated

import typer

from fazhi.cli._app import app, need_checkout


def _print_template(wanted: bool) -> None:
    if wanted:
        from fazhi.eval import CARD_TEMPLATE

        typer.echo(CARD_TEMPLATE, nl=False)
        raise typer.Exit


@app.command("submit")
def submit(
    predictions: Annotated[
        list[Path],
        typer.Argument(help="Predictions of the test split (JSON Lines), a file for each seed."),
    ],
    card: Annotated[Path, typer.Option(help="What the system is (TOML).")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the submission of the same name.")
    ] = False,
    template: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--template",
            help="Print a card to start from.",
            callback=_print_template,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Check predictions and a card, and put them among the submissions.

    Example: fazhi submit predictions.jsonl --card card.toml
    """
    from fazhi.cli._draw import print_grids
    from fazhi.cli._leaderboard_page import task_grids
    from fazhi.cli._splits import gold_version, split_examples
    from fazhi.eval import check_submission, make_leaderboard, write_submission

    folder = need_checkout("submit") / "eval" / "submissions"
    examples = split_examples("test")
    taken = () if replace or not folder.is_dir() else [each.name for each in folder.iterdir()]
    submission = check_submission(card, predictions, examples, taken)
    alone = make_leaderboard([submission], examples, gold_version())
    target = write_submission(folder, submission)
    print_grids(*task_grids(alone))
    typer.echo(f"It is in {target}, without scores. Now: fazhi leaderboard --write")
