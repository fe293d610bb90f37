"""`fazhi corpus`: build the dataset, count it, look at it."""

from typing import Annotated

import typer

from fazhi.cli._app import app, need_checkout

corpus_app = typer.Typer(help="Build, count and show the corpus.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")


@corpus_app.command("build")
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Compare with what is committed; write nothing.")
    ] = False,
) -> None:
    """Build what is generated in corpus/: data, checksums, croissant.json, parts of the card.

    Example: fazhi corpus build --check
    """
    from fazhi.cli._corpus_files import build_corpus, check_corpus

    top = need_checkout("build the corpus")
    if check:
        files = check_corpus(top)
        typer.echo(f"{files} files in corpus/data are what the sources give.")
    else:
        files = build_corpus(top)
        typer.echo(f"Wrote {files} files to corpus/data, croissant.json, and parts of the card.")


@corpus_app.command("info")
def info(
    labels: Annotated[
        bool, typer.Option("--labels", help="Print the label inventory instead.")
    ] = False,
) -> None:
    """Count reports, segments, characters and labels in each split.

    Example: fazhi corpus info
    """
    from fazhi._paths import room
    from fazhi.cli._counts import count_grids
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import label_grids
    from fazhi.corpus import MADE_UP, SPLITS, SYNTHETIC, Example, load_examples

    if labels:
        print_grids(*label_grids())
    else:
        groups: dict[str, list[Example]] = {
            split: load_examples(room("corpus"), [split]) for split in SPLITS
        }
        apart = {MADE_UP: load_examples(room("corpus"), [SYNTHETIC])}
        print_grids(*count_grids(groups, apart))


@corpus_app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="Id of a report or of a segment.")],
) -> None:
    """Show a report or a segment with its annotation as inline marks.

    Example: fazhi corpus show xincai-2022-s005
    """
    from fazhi._paths import room
    from fazhi.corpus import built_splits, find_segment, load_examples, render_blocks

    examples = load_examples(room("corpus"), built_splits(room("corpus"), "entities"))
    chosen = [each for each in examples if each.segment.report == name]
    typer.echo(render_blocks(chosen or [find_segment(examples, name)]), nl=False)
