"""Grids as Markdown, and documents with a generated block."""

import pytest

from fazhi.cli._draw import print_grids, to_markdown, with_block
from fazhi.cli._grids import Grid
from fazhi.errors import InputError


def test_a_grid_of_figures_is_aligned_to_the_right():
    grid = Grid("t", ("system", "F1"), (("crf", "88.1"),), caption="c")
    assert to_markdown(grid) == "| system | F1 |\n| --- | ---: |\n| crf | 88.1 |\n\nc"


def test_a_table_that_is_piped_is_not_cut(capsys):
    names = tuple(f"column number {number}" for number in range(8))
    print_grids(Grid("t", names, (names,)))
    header, row = (line for line in capsys.readouterr().out.splitlines() if "number 7" in line)
    assert all(name in header and name in row for name in names)


def test_a_block_is_replaced_and_nothing_else(tmp_path):
    path = tmp_path / "d.md"
    path.write_text("a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n", encoding="utf-8")
    assert with_block(path, "x", r"new \1") == "a\n<!-- begin x -->\nnew \\1\n<!-- end x -->\nb\n"


def test_a_document_without_the_markers_is_refused(tmp_path):
    path = tmp_path / "d.md"
    path.write_text("a\n", encoding="utf-8")
    with pytest.raises(InputError, match="markers of the block 'x' are missing"):
        with_block(path, "x", "new")
