"""`fazhi annotation`: check the gold, and edit a layer as marked text."""

from pathlib import Path
from typing import Annotated

import typer

from fazhi.cli._app import app, need_checkout

annotation_app = typer.Typer(help="Check and edit annotations.", no_args_is_help=True)
app.add_typer(annotation_app, name="annotation")


@annotation_app.command("lint")
def lint_command(
    contributed: Annotated[
        bool, typer.Option("--contributed", help="Check the reports that were added, too.")
    ] = False,
) -> None:
    """Check the gold annotation; exit code 1 if there are findings.

    Example: fazhi annotation lint
    """
    from fazhi.annotation import lint, read_reasons
    from fazhi.cli._counts import entity_grid
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import finding_grid
    from fazhi.corpus import SPLITS, read_annotated

    top = need_checkout("check the annotation")
    reports = read_annotated(top / "corpus", top / "annotation")
    reports = [each for each in reports if each.report.source.split in SPLITS or contributed]
    examples = [example for each in reports for example in each.examples]
    findings = lint(examples, read_reasons(top / "annotation" / "reasons.toml"))
    print_grids(entity_grid({each.report.source.id: each.examples for each in reports}))
    if findings:
        print_grids(finding_grid(findings))
        typer.echo(f"{len(findings)} findings.")
        raise typer.Exit(1)
    typer.echo(f"Clean: {len(examples)} segments, no findings.")


@annotation_app.command("doubts")
def doubts_command(
    top: Annotated[int, typer.Option(min=1, help="How many segments to list.")] = 60,
) -> None:
    """Rank the segments whose annotation is worth reading again.

    Counts the places where the lint asks a reader, and the differences between the gold and the
    published leave-one-report-out predictions of the baselines.

    Example: fazhi annotation doubts --top 20
    """
    from fazhi._paths import room
    from fazhi.annotation import rank_doubts
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import doubt_grid
    from fazhi.cli._opinions import published_opinions
    from fazhi.corpus import load_examples

    examples = load_examples(room("corpus"))
    opinions = published_opinions(room("baselines"), examples)
    print_grids(doubt_grid(rank_doubts(examples, opinions)[:top]))


@annotation_app.command("import")
def import_command(
    file: Annotated[
        Path, typer.Argument(help="Marked file of one whole report, named REPORT.txt.")
    ],
    layer: Annotated[str, typer.Option(help="Layer that the annotations go into.")],
) -> None:
    """Turn a marked file into a report's annotations in a layer.

    `fazhi corpus show REPORT` prints a report in this form.

    Example: fazhi annotation import xincai-2022.txt --layer a
    """
    from fazhi._files import read_bytes
    from fazhi.corpus import (
        find_report,
        layer_folder,
        read_marked_report,
        read_reports,
        write_annotations,
    )

    top = need_checkout("import annotations")
    folder = layer_folder(top / "annotation", layer)
    read_bytes(file)
    report = find_report(read_reports(top / "corpus"), file.stem)
    annotations = read_marked_report(file, report.segments)
    write_annotations(folder / f"{file.stem}.jsonl", annotations)
    typer.echo(f"Wrote {len(annotations)} annotations to annotation/layers/{layer}.")
    bare = sum(len(each.metrics) - len(each.facts) for each in annotations)
    if bare:
        typer.echo(f"Warning: {bare} METRICs have no fact.", err=True)
