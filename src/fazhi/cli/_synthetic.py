"""`fazhi corpus synthetic`: the made-up reports, counted beside real ones, and checked."""

from typing import Annotated

import typer

from fazhi.cli._app import need_checkout
from fazhi.cli._corpus import corpus_app


@corpus_app.command("synthetic")
def synthetic_command(
    check: Annotated[
        bool, typer.Option("--check", help="Check them instead; exit code 1 if there are findings.")
    ] = False,
) -> None:
    """Count the made-up reports beside the train split.

    With --check: whether their blocks are their segments, the lint is clean, they share no 20
    characters with a real report and not too much with each other, and name no real place.

    Example: fazhi corpus synthetic --check
    """
    if check:
        _check()
    else:
        _count()


def _count() -> None:
    from fazhi._paths import room
    from fazhi.cli._counts import count_grids, rate_grid
    from fazhi.cli._draw import print_grids
    from fazhi.corpus import MADE_UP, SYNTHETIC, load_examples

    real = {"train": load_examples(room("corpus"), ["train"])}
    made_up = {MADE_UP: load_examples(room("corpus"), [SYNTHETIC])}
    print_grids(*count_grids(real, made_up), rate_grid({**real, **made_up}))


def _check() -> None:
    from fazhi.annotation import lint_made_up, read_allowed, read_reasons, real_places
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import finding_grid
    from fazhi.corpus import SYNTHETIC, read_reports, read_synthetic

    corpus = need_checkout("check the made-up reports") / "corpus"
    places, made_up = real_places(), read_synthetic(corpus)
    reasons = read_reasons(corpus / SYNTHETIC / "reasons.toml")
    allowed = read_allowed(corpus / SYNTHETIC / "allowed.toml")
    findings = lint_made_up(made_up, read_reports(corpus), reasons, allowed, places)
    if findings:
        print_grids(finding_grid(findings))
        typer.echo(f"{len(findings)} findings.")
        raise typer.Exit(1)
    segments = sum(len(each.examples) for each in made_up)
    typer.echo(f"Clean: {len(made_up)} made-up reports, {segments} segments, no findings.")
