"""`fazhi corpus synthesize`: made-up reports from the segments of others."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._corpus import corpus_app

if TYPE_CHECKING:
    from fazhi.corpus import RecombinedReport

_STEP = 1000


@corpus_app.command("synthesize")
def synthesize(
    reports: Annotated[int, typer.Option(min=1, help="How many reports to make.")],
    seed: Annotated[int, typer.Option(help="Decides on everything.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="File to write; the standard output if not given.")
    ] = None,
    split: Annotated[
        list[str] | None,
        typer.Option(help="Make them from this split: train or synthetic; both if not given."),
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Give each report the layout of a page, too.")
    ] = False,
) -> None:
    """Make reports from the segments of others, with exact labels: to train on, or for load tests.

    A line of JSON for each report. The same seed gives the same reports, and more reports begin
    with the same ones. Nothing is taken from the validation or test split.

    Example: fazhi corpus synthesize --reports 1000 --seed 1 --out reports.jsonl
    """
    from fazhi._files import check_target
    from fazhi._paths import room
    from fazhi._streams import write_lines
    from fazhi.corpus import load_lenders, recombine

    if out:
        check_target(out, room("corpus"))
    lent = load_lenders(room("corpus"), split)
    examples = [example for found in lent.values() for example in found]
    counts = ", ".join(f"{len(found)} of {name}" for name, found in lent.items())
    typer.echo(f"Making {reports} reports from {len(examples)} segments ({counts}) …", err=True)
    lines = _lines(recombine(examples, reports, seed, raw=raw), reports)
    if out:
        write_lines(out, lines)
        typer.echo(f"The reports are in {out}.", err=True)
    else:
        for line in lines:
            typer.echo(line)


def _lines(made: "Iterable[RecombinedReport]", reports: int) -> Iterator[str]:
    """Each report as JSON; says how many there are now and then."""
    for number, report in enumerate(made, start=1):
        yield report.model_dump_json()
        if number % _STEP == 0:
            typer.echo(f"{number} of {reports} …", err=True)
