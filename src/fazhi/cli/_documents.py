"""The generated parts of documents: counts in the dataset card, results of the baselines."""

from pathlib import Path

from fazhi._files import read_text, write_text
from fazhi.cli._draw import to_markdown, with_block
from fazhi.cli._grids import Grid, Groups, count_grids, score_grid
from fazhi.errors import MismatchError
from fazhi.eval import read_result


def counts_card(corpus: Path, groups: Groups) -> tuple[Path, str]:
    """The dataset card and what it should say, its counts taken from the examples."""
    card = corpus / "README.md"
    return card, with_block(card, "counts", _sections(count_grids(groups)))


def results_page(baselines: Path) -> tuple[Path, str]:
    """The page of the baselines and what it should say, from the published results."""
    page = baselines / "README.md"
    grids = [
        score_grid(title, {path.parent.name: read_result(path).scores for path in found})
        for title, protocol in (
            ("Fixed split: train on 2021-2022, test on 2023", "fixed"),
            ("Leave one report out: predictions on all five reports, pooled", "loro"),
        )
        if (found := sorted((baselines / "results").glob(f"*/{protocol}.json")))
    ]
    return page, with_block(page, "results", _sections(grids))


def _sections(grids: list[Grid]) -> str:
    return "\n\n".join(f"### {grid.title}\n\n{to_markdown(grid)}" for grid in grids)


def write_document(document: tuple[Path, str]) -> None:
    """Writes a document as it should be."""
    path, text = document
    write_text(path, text)


def check_document(document: tuple[Path, str], remedy: str) -> None:
    """Raises MismatchError unless a document says what it should."""
    path, text = document
    if read_text(path) != text:
        raise MismatchError(f"{path}: its generated part is out of date. {remedy}")
