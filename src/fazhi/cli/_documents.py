"""The generated parts of documents: counts in the dataset card, results of the baselines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from fazhi._files import read_text, write_text
from fazhi.baselines import recipe_names
from fazhi.cli._draw import to_markdown, with_block
from fazhi.cli._grids import Grid, count_grids, score_grid
from fazhi.corpus import CONFIGS, Example, Split, parquet_name
from fazhi.errors import MismatchError
from fazhi.eval import read_result

_FILES = re.compile(r"^configs:\n.*?^---\n", re.DOTALL | re.MULTILINE)


Document = tuple[Path, str]
"""A file and the text that it should hold."""


def counts_card(corpus: Path, groups: Mapping[Split, Sequence[Example]]) -> Document:
    """The dataset card and what it should say: its files, and the counts of the examples."""
    card = corpus / "README.md"
    text = with_block(
        card, "counts", _sections(count_grids({str(split): each for split, each in groups.items()}))
    )
    return card, _FILES.sub(lambda _: _file_list(list(groups)), text, count=1)


def _file_list(splits: Sequence[Split]) -> str:
    """The `configs` of the card's YAML, which tell `datasets` where each split is."""
    lines = ["configs:"]
    for config in CONFIGS:
        lines += [f"- config_name: {config}"]
        lines += ["  default: true"] if config == CONFIGS[0] else []
        lines += ["  data_files:"]
        for split in splits:
            lines += [f"  - split: {split}", f"    path: data/{parquet_name(config, split)}"]
    return "\n".join([*lines, "---", ""])


def results_page(baselines: Path) -> Document:
    """The page of the baselines and what it should say, from the published results."""
    page = baselines / "README.md"
    names = recipe_names(baselines)
    grids = [
        _with_unrun(
            score_grid(title, {path.parent.name: read_result(path).scores for path in found}),
            names,
            "fazhi reproduce {}" + (f" --protocol {protocol}" if protocol == "loro" else ""),
        )
        for title, protocol in (
            ("Fixed split: train on 2021-2022, test on 2023", "fixed"),
            ("Leave one report out: predictions on all five reports, pooled", "loro"),
        )
        if (found := sorted((baselines / "results").glob(f"*/{protocol}.json")))
    ]
    return page, with_block(page, "results", _sections(grids))


def _with_unrun(grid: Grid, names: Sequence[str], command: str) -> Grid:
    """A grid of scores with a row for each recipe that has none: the command that makes them."""
    scored = {row[0] for row in grid.rows}
    rows = tuple(
        (name, f"not run here: `{command.format(name)}`", *[""] * (len(grid.header) - 2))
        for name in names
        if name not in scored
    )
    return replace(grid, rows=(*grid.rows, *rows))


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


def write_documents(*documents: Document) -> None:
    """Writes documents as they should be."""
    for path, text in documents:
        write_text(path, text)


def check_documents(command: str, *documents: Document) -> None:
    """Raises MismatchError unless documents say what they should; the command writes them."""
    for path, text in documents:
        if read_text(path) != text:
            raise MismatchError(f"{path}: its generated part is out of date. Run: fazhi {command}")


def keep_documents(command: str, *documents: Document, write: bool, check: bool) -> None:
    """Writes documents or checks them, as the options of a command ask for."""
    if write and check:
        raise typer.BadParameter("--write changes what --check compares; give one of them")
    if write:
        write_documents(*documents)
    elif check:
        check_documents(f"{command} --write", *documents)
