"""`fazhi figures`: the pictures in the rooms."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app, need_checkout

if TYPE_CHECKING:
    from fazhi.cli._documents import Document
    from fazhi.cli._picture import Picture


@app.command("figures")
def figures_command(
    check: Annotated[
        bool, typer.Option("--check", help="Compare with what the data give; draw nothing.")
    ] = False,
) -> None:
    """Draw the pictures of corpus/ and baselines/, with a font that has Chinese characters.

    Example: fazhi figures --check
    """
    from fazhi.cli._documents import check_documents, write_documents
    from fazhi.cli._picture import check_pictures, write_pictures

    top = need_checkout("draw the pictures")
    results = pictures_of_results(top / "baselines")
    pictures, page = [picture_of_labels(top), *results], _page(top / "baselines", results)
    if check:
        check_pictures("figures", *pictures)
        check_documents("figures", page)
        typer.echo(f"{len(pictures)} pictures show what the data give:")
    else:
        write_pictures(*pictures)
        write_documents(page)
    for picture in pictures:
        typer.echo(picture.path.relative_to(top))


def picture_of_labels(top: Path) -> "Picture":
    """The picture of the corpus."""
    from fazhi.cli._picture_labels import label_picture
    from fazhi.corpus import MADE_UP, SPLITS, SYNTHETIC, Example, load_examples

    corpus = top / "corpus"
    groups: dict[str, list[Example]] = {split: load_examples(corpus, [split]) for split in SPLITS}
    made_up = {MADE_UP: load_examples(corpus, [SYNTHETIC])}
    return label_picture(corpus / "labels.png", groups, made_up)


def pictures_of_results(baselines: Path) -> "list[Picture]":
    """The pictures of the baselines that the published results allow."""
    from fazhi.cli._picture_confusion import confusion_picture
    from fazhi.cli._picture_curve import curve_picture

    curve = curve_picture(baselines / "learning-curve.png", baselines)
    confusion = confusion_picture(baselines / "confusion.png", baselines)
    return [confusion, *([curve] if curve else [])]


def _page(baselines: Path, pictures: "list[Picture]") -> "Document":
    """The page of the baselines with the pictures that there are."""
    from fazhi.cli._draw import with_block

    page = baselines / "README.md"
    lines = [f"![{picture.alt}]({picture.path.name})" for picture in pictures]
    return page, with_block(page, "figures", "\n\n".join(lines))
