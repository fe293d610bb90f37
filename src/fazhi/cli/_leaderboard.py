"""`fazhi leaderboard`: every submission, scored again and ranked."""

from pathlib import Path
from typing import Annotated

import typer

from fazhi.cli._app import app, need_checkout


@app.command("leaderboard")
def leaderboard_command(
    write: Annotated[
        bool, typer.Option("--write", help="Update the pages in eval/, and the READMEs.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare them with what the submissions give.")
    ] = False,
) -> None:
    """Score every submission on the test split, and rank them.

    Example: fazhi leaderboard
    """
    from fazhi._paths import room
    from fazhi.cli._documents import keep_documents, leaderboard_pages
    from fazhi.cli._draw import print_grids
    from fazhi.cli._leaderboard_page import notes, origin, task_grids
    from fazhi.cli._splits import gold_version, split_examples
    from fazhi.eval import make_leaderboard, read_submissions

    examples = split_examples("test")
    submissions = read_submissions(room("eval") / "submissions", examples)
    typer.echo(f"Scoring and testing {len(submissions)} submissions …", err=True)
    board = make_leaderboard(submissions, examples, gold_version())
    if write or check:
        top = need_checkout("update the leaderboard")
        _check_baselines(top)
        pages = leaderboard_pages(top, board)
        keep_documents("leaderboard", *pages, write=write, check=check)
    print_grids(*task_grids(board))
    typer.echo("\n".join([origin(board), *notes(board)]))


def _check_baselines(top: Path) -> None:
    """Checks that the published predictions of every baseline are what it has submitted.

    Raises:
        MismatchError: some are not; names all of them.
    """
    from fazhi._names import listed
    from fazhi.cli._published import result_files
    from fazhi.errors import MismatchError

    problems = []
    for name, results in result_files(top / "baselines", "fixed").items():
        folder = Path("eval", "submissions", name)
        published = [path.with_suffix(".jsonl") for path in results]
        submitted = sorted(
            (top / folder).glob("test.*.jsonl"), key=lambda path: (len(path.name), path.name)
        )
        if [path.read_bytes() for path in submitted] != [path.read_bytes() for path in published]:
            seeds = " ".join(str(path.relative_to(top)) for path in published)
            problems.append(f"{name}: fazhi submit {seeds} --card {folder / 'card.toml'} --replace")
    if problems:
        raise MismatchError(
            "published predictions of baselines are not those that are submitted. "
            f"Submit them:{listed(problems)}"
        )
