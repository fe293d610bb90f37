"""`fazhi docs`: the documents on the whole of the corpus, and the cards of the baselines."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app, need_checkout

if TYPE_CHECKING:
    from fazhi.cli._documents import Document

_PICTURED = "xincai-2022-s006"
"""The segment that the READMEs show: all entity types, facts, and short."""


@app.command("docs")
def docs_command(
    check: Annotated[
        bool, typer.Option("--check", help="Compare with what is committed; write nothing.")
    ] = False,
) -> None:
    """Write the generated parts of READMEs and datasheet, the picture, and the model cards.

    Example: fazhi docs --check
    """
    from fazhi.cli._documents import check_documents, write_documents

    top = need_checkout("update the documents")
    documents = [*_sheets(top), _picture(top), *_cards(top)]
    if check:
        check_documents("docs", *documents)
        typer.echo(f"{len(documents)} documents say what the data give.")
    else:
        write_documents(*documents)
        typer.echo(f"Wrote {len(documents)} documents.")


def _sheets(top: Path) -> "list[Document]":
    """Both READMEs, the datasheet, and what the dataset card has of it."""
    from fazhi.cli._datasheet import datasheet_blocks
    from fazhi.cli._draw import with_blocks
    from fazhi.cli._readme import CHINESE, ENGLISH, citation_block, counts_line
    from fazhi.cli._splits import split_examples, synthetic_examples
    from fazhi.corpus import SPLITS, Example, read_gold_card

    splits: dict[str, list[Example]] = {split: split_examples(split) for split in SPLITS}
    real = [example for examples in splits.values() for example in examples]
    made_up = synthetic_examples()
    cited = {"citation": citation_block(read_gold_card(top / "annotation"))}
    blocks = {
        "README.md": {"counts": counts_line(ENGLISH, real, made_up), **cited},
        "README.zh-CN.md": {"counts": counts_line(CHINESE, real, made_up), **cited},
        "DATASHEET.md": datasheet_blocks(top, splits, made_up),
    }
    blocks["corpus/README.md"] = {"agreement": blocks["DATASHEET.md"]["agreement"]}
    return [(top / name, with_blocks(top / name, found)) for name, found in blocks.items()]


def _picture(top: Path) -> "Document":
    """A segment with its annotation."""
    from fazhi.cli._segment_picture import segment_picture
    from fazhi.cli._splits import split_examples
    from fazhi.corpus import find_segment

    example = find_segment(split_examples("train"), _PICTURED)
    return top / "corpus" / "segment.svg", segment_picture(example)


def _cards(top: Path) -> "list[Document]":
    """The model card of every published baseline, beside its results."""
    from fazhi.cli._model_card import model_card, published_names

    baselines, submissions = top / "baselines", top / "eval" / "submissions"
    return [
        (baselines / "results" / name / "README.md", model_card(name, baselines, submissions))
        for name in published_names(baselines)
    ]
