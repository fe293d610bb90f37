"""The generated parts of documents: how they are written and checked, and most of them."""

from pathlib import Path

import typer

from fazhi._files import read_text, write_text
from fazhi.cli._draw import to_markdown, with_block
from fazhi.cli._error_grids import error_grid, indicator_error_grid
from fazhi.cli._gate import gate_grid
from fazhi.cli._grids import Grid
from fazhi.cli._leaderboard_html import html_page
from fazhi.cli._leaderboard_page import markdown_page
from fazhi.cli._published import ladder_grid, mixture_grids, result_grids
from fazhi.cli._readme import CHINESE, ENGLISH, first_rows
from fazhi.errors import MismatchError
from fazhi.eval import Leaderboard

Document = tuple[Path, str]
"""A file and the text that it should hold."""


def results_page(baselines: Path) -> Document:
    """The page of the baselines and what it should say, from the published results."""
    page = baselines / "README.md"
    text = with_block(page, "results", sections(result_grids(baselines)))
    text = with_block(page, "gate", to_markdown(gate_grid(baselines)), text)
    errors = (error_grid(baselines), indicator_error_grid(baselines))
    text = with_block(page, "errors", "\n\n".join(map(to_markdown, errors)), text)
    text = with_block(page, "ladder", to_markdown(ladder_grid(baselines)), text)
    return page, with_block(page, "mixtures", sections(mixture_grids(baselines)), text)


def agreement_page(annotation: Path, grid: Grid, sentence: str) -> Document:
    """The page of the annotation and what it should say of the agreement of the layers."""
    page = annotation / "README.md"
    return page, with_block(page, "agreement", f"{sentence}\n\n{to_markdown(grid)}")


def errata_page(corpus: Path, grids: list[Grid]) -> Document:
    """The page of the corrections and what it should say, from the records."""
    page = corpus / "ERRATA.md"
    return page, with_block(page, "errata", sections(grids))


def sections(grids: list[Grid], level: int = 3) -> str:
    """Grids as Markdown tables, each below a heading of this level."""
    mark = "#" * level
    return "\n\n".join(f"{mark} {grid.title}\n\n{to_markdown(grid)}" for grid in grids)


def leaderboard_pages(top: Path, board: Leaderboard) -> list[Document]:
    """The leaderboard's pages, and the READMEs and the card with its first rows."""
    texts = {"leaderboard.md": markdown_page(board), "leaderboard.html": html_page(board)}
    pages = [(top / "eval" / name, text) for name, text in texts.items()]
    readmes = {"README.md": ENGLISH, "README.zh-CN.md": CHINESE, "corpus/README.md": ENGLISH}
    return pages + [
        (top / name, with_block(top / name, "leaderboard", first_rows(words, board)))
        for name, words in readmes.items()
    ]


def write_documents(*documents: Document) -> None:
    """Writes documents as they should be."""
    for path, text in documents:
        write_text(path, text)


def check_documents(command: str, *documents: Document) -> None:
    """Raises MismatchError unless documents say what they should; the command writes them."""
    for path, text in documents:
        if not path.exists() or read_text(path) != text:
            raise MismatchError(f"{path}: its generated part is out of date. Run: fazhi {command}")


def keep_documents(command: str, *documents: Document, write: bool, check: bool) -> None:
    """Writes documents or checks them, as the options of a command ask for."""
    if write and check:
        raise typer.BadParameter("--write changes what --check compares; give one of them")
    if write:
        write_documents(*documents)
    elif check:
        check_documents(f"{command} --write", *documents)
