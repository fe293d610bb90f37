"""Drawing grids: on the terminal, and in Markdown between the markers of a document."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi._files import read_text
from fazhi._text import printable
from fazhi.errors import InputError

if TYPE_CHECKING:
    from fazhi.cli._grids import Grid


_UNBOUNDED = 200
"""Columns of what is written to a file or a pipe."""


def print_grids(*grids: "Grid") -> None:
    """Prints grids as tables."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # what is not a terminal has no edge
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _UNBOUNDED)
    for grid in grids:
        # as Text: names come from outside, and square brackets in them are no markup
        table = Table(title=Text(printable(grid.title)), title_justify="left")
        table.caption, table.caption_justify = grid.caption or None, "left"
        for index, name in enumerate(grid.header):
            right = grid.numeric and index > 0
            table.add_column(name, justify="right" if right else "left", no_wrap=right)
        for row in grid.rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        console.print(table)


def to_markdown(grid: "Grid") -> str:
    """A grid as a Markdown table, the caption below."""
    rule = ["---", *["---:" if grid.numeric else "---"] * (len(grid.header) - 1)]
    rows = [[printable(cell) for cell in row] for row in (grid.header, rule, *grid.rows)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, *(["", grid.caption] if grid.caption else [])])


def to_latex(grid: "Grid") -> str:
    """A grid as a LaTeX table for the booktabs package."""
    columns = "l" + ("r" if grid.numeric else "l") * (len(grid.header) - 1)
    rows = [" & ".join(map(_latex, row)) + r" \\" for row in (grid.header, *grid.rows)]
    return "\n".join(
        [
            rf"\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            rows[0],
            r"\midrule",
            *rows[1:],
            r"\bottomrule",
            r"\end{tabular}",
            f"% {printable(grid.title)}" + (f"; {grid.caption}" if grid.caption else ""),
        ]
    )


def _latex(cell: str) -> str:
    replaced = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    cell = printable(cell)
    return "".join(replaced.get(char, f"\\{char}" if char in "&%$#_{}" else char) for char in cell)


def with_block(path: Path, name: str, content: str, text: str | None = None) -> str:
    """A document's text with what stands between two markers replaced.

    The markers are `<!-- begin NAME -->` and `<!-- end NAME -->`, on lines of their own.

    Args:
        path: the document.
        name: the name in the markers.
        content: what belongs between them.
        text: the document's text, where another block of it was replaced already.

    Raises:
        InputError: the document has no such markers.
    """
    text = read_text(path) if text is None else text
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    pattern = re.compile(rf"{begin}\n.*?{end}", re.DOTALL)
    if not pattern.search(text):
        raise InputError(
            f"the markers of the block {name!r} are missing",
            path=path,
            remedy=f"Put {begin} and {end} where it belongs",
        )
    return pattern.sub(lambda _: f"{begin}\n{content}\n{end}", text)


def with_blocks(path: Path, blocks: Mapping[str, str]) -> str:
    """A document's text with several such parts replaced, by the names in their markers.

    Raises:
        InputError: the document lacks the markers of one.
    """
    text = read_text(path)
    for name, content in blocks.items():
        text = with_block(path, name, content, text)
    return text
