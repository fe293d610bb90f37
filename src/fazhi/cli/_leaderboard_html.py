"""The leaderboard as one web page that needs nothing else: no script, no font, no network."""

from html import escape

from fazhi.cli._grids import Grid
from fazhi.cli._leaderboard_page import LINK, notes, origin, system_grid, task_grids
from fazhi.eval import Leaderboard

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>fazhi: leaderboard</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
p { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; text-align: left; vertical-align: top; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
thead th { border-bottom-width: 2px; }
th { white-space: nowrap; }
td { overflow-wrap: anywhere; }
.figures :is(th, td):not(:first-child, :last-child) { text-align: right; white-space: nowrap; }
</style>
</head>
<body>
<main>
<h1>Leaderboard</h1>
"""
_END = "</main>\n</body>\n</html>\n"


def html_page(board: Leaderboard) -> str:
    """The whole of `leaderboard.html`."""
    tables = [_section(grid) for grid in [*task_grids(board), system_grid(board)]]
    items = "".join(f"<li>{escape(each)}</li>\n" for each in notes(board))
    first = f"<p>Every system is scored again from its predictions. {escape(origin(board))}</p>\n"
    return "".join([_HEAD, first, *tables, f"<h2>Notes</h2>\n<ul>\n{items}</ul>\n", _END])


def _section(grid: Grid) -> str:
    kind = ' class="figures"' if grid.numeric else ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in grid.header)
    body = "".join(f"<tr>{_row(row)}</tr>\n" for row in grid.rows)
    return (
        f"<h2>{escape(grid.title)}</h2>\n"
        f'<div class="wide" role="region" aria-label="{escape(grid.title)}" tabindex="0">\n'
        f"<table{kind}>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _row(cells: tuple[str, ...]) -> str:
    first, *others = map(_cell, cells)
    return "".join([f'<th scope="row">{first}</th>', *(f"<td>{each}</td>" for each in others)])


def _cell(text: str) -> str:
    """A cell that shows its text as it is; a web address becomes a link."""
    shown = escape(text)
    if LINK.fullmatch(text):
        return f'<a href="{shown}" rel="nofollow noopener">{shown}</a>'
    return shown
