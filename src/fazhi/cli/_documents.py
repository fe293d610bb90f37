"""The generated parts of documents: counts in the dataset card, results of the baselines."""

import re
from collections.abc import Collection
from pathlib import Path

import typer

from fazhi._files import read_text, write_text
from fazhi.cli._counts import Groups, count_grids
from fazhi.cli._draw import to_markdown, with_block
from fazhi.cli._grids import Grid
from fazhi.cli._leaderboard_html import html_page
from fazhi.cli._leaderboard_page import markdown_page
from fazhi.cli._published import mixture_grids, result_grids
from fazhi.cli._readme import CHINESE, ENGLISH, first_rows
from fazhi.corpus import ALL_SPLITS, CONFIGS, parquet_name
from fazhi.errors import MismatchError
from fazhi.eval import Leaderboard

_FILES = re.compile(r"^configs:\n.*?^---\n", re.DOTALL | re.MULTILINE)


Document = tuple[Path, str]
"""A file and the text that it should hold."""


def counts_card(
    corpus: Path, files: Collection[str], groups: Groups, apart: Groups, second: Grid
) -> Document:
    """The dataset card and what it should say: its files, counts, and the second reading."""
    card = corpus / "README.md"
    text = with_block(card, "counts", _sections(count_grids(groups, apart)))
    text = with_block(card, "second reading", _sections([second]), text)
    return card, _FILES.sub(lambda _: _file_list(files), text, count=1)


def _file_list(files: Collection[str]) -> str:
    """The `configs` of the card's YAML, which tell `datasets` where each split is."""
    lines = ["configs:"]
    for config in CONFIGS:
        lines += [f"- config_name: {config}"]
        lines += ["  default: true"] if config == CONFIGS[0] else []
        lines += ["  data_files:"]
        for split in ALL_SPLITS:
            name = parquet_name(config, split)
            lines += [f"  - split: {split}", f"    path: data/{name}"] if name in files else []
    return "\n".join([*lines, "---", ""])


def results_page(baselines: Path) -> Document:
    """The page of the baselines and what it should say, from the published results."""
    page = baselines / "README.md"
    text = with_block(page, "results", _sections(result_grids(baselines)))
    return page, with_block(page, "mixtures", _sections(mixture_grids(baselines)), text)


def agreement_page(annotation: Path, grid: Grid, sentence: str) -> Document:
    """The page of the annotation and what it should say of the agreement of the layers."""
    page = annotation / "README.md"
    return page, with_block(page, "agreement", f"{sentence}\n\n{to_markdown(grid)}")


def errata_page(corpus: Path, grids: list[Grid]) -> Document:
    """The page of the corrections and what it should say, from the records."""
    page = corpus / "ERRATA.md"
    return page, with_block(page, "errata", _sections(grids))


def _sections(grids: list[Grid]) -> str:
    return "\n\n".join(f"### {grid.title}\n\n{to_markdown(grid)}" for grid in grids)


def leaderboard_pages(top: Path, board: Leaderboard) -> list[Document]:
    """The leaderboard's pages, and the READMEs with its first rows."""
    texts = {"leaderboard.md": markdown_page(board), "leaderboard.html": html_page(board)}
    pages = [(top / "eval" / name, text) for name, text in texts.items()]
    readmes = {"README.md": ENGLISH, "README.zh-CN.md": CHINESE}
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
