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
    """Build corpus/data/*.parquet from the raw reports and the gold annotation.

    Example: fazhi corpus build --check
    """
    from fazhi.annotation import read_second_reading
    from fazhi.cli._counts import MADE_UP, second_reading_grid
    from fazhi.cli._documents import check_documents, counts_card, write_documents
    from fazhi.corpus import (
        SPLITS,
        SYNTHETIC,
        Example,
        check_tables,
        read_annotated,
        read_synthetic,
        tables,
        write_tables,
    )

    top = need_checkout("build the corpus")
    real, made_up = (
        read_annotated(top / "corpus", top / "annotation"),
        read_synthetic(top / "corpus"),
    )
    folder, built = top / "corpus" / "data", tables([*real, *made_up])
    groups: dict[str, list[Example]] = {split: [] for split in SPLITS}
    for each in real:
        groups.setdefault(each.report.source.split, []).extend(each.examples)
    examples = [example for each in made_up for example in each.examples]
    reading = read_second_reading(top / "corpus" / SYNTHETIC / "second_reading.toml", examples)
    second = second_reading_grid(reading, examples)
    card = counts_card(top / "corpus", built, groups, {MADE_UP: examples}, second)
    if check:
        check_tables(built, folder)
        check_documents("corpus build", card)
        typer.echo(f"{len(built)} files in corpus/data are what the sources give.")
    else:
        write_tables(built, folder)
        write_documents(card)
        typer.echo(f"Wrote {len(built)} files to corpus/data, and the counts in its card.")


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
    from fazhi.cli._counts import MADE_UP, count_grids
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import label_grids
    from fazhi.corpus import SPLITS, SYNTHETIC, Example, load_examples

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
