"""The leaderboard as tables and as Markdown.

Cards are written by strangers: their text is escaped for each medium, and nothing but a plain web
address becomes a link.
"""

import re
from dataclasses import replace

from fazhi.cli._draw import to_markdown
from fazhi.cli._grids import Grid, ends, percent
from fazhi.cli._versus import p_value
from fazhi.eval import Leaderboard, Seeds, Standing, SystemCard, Table, coverage_warning

TITLES = {
    "entities": "Entities: strict micro-F1",
    "role": "Roles: macro-F1",
    "topic": "Topics: macro-F1",
    "facts": "Facts: F1 over the characters of indicators",
    "facts on gold": "Facts of gold METRICs that the system was told: the same F1",
}
"""What each task is scored by."""
LINK = re.compile(r"https?://[\w.~%/?#&=+,:@-]+", re.ASCII)
"""The only text of a card that becomes a link."""
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>()#!|~$&@:]|(?<=www)\.", re.IGNORECASE)
"""What means something in Markdown within a line, or would make an address a link."""


def task_grids(board: Leaderboard) -> list[Grid]:
    """A table for each task, the best system first."""
    cards = {card.name: card for card in board.systems}
    return [_task_grid(table, cards) for table in board.tables]


def _task_grid(table: Table, cards: dict[str, SystemCard]) -> Grid:
    first = "F1" if table.figure == table.task else table.figure
    header = ("system", "rank", first, "95%", *table.rows[0].others, "p", "seeds", "trained on")
    rows = tuple(_row(row, cards[row.system]) for row in table.rows)
    return Grid(f"{TITLES[table.task]} (in %)", header, rows)


def _row(row: Standing, card: SystemCard) -> tuple[str, ...]:
    return (
        row.system,
        f"{row.rank} ≈" if row.is_near_best else str(row.rank),
        scored(row.score),
        ends(row.interval) if row.interval else "–",
        *map(scored, row.others.values()),
        "–" if row.corrected_p is None else p_value(row.corrected_p),
        str(len(row.score.values)),
        _training(card),
    )


def scored(seeds: Seeds | None) -> str:
    """The mean over the seeds, with the deviation where there are several."""
    if seeds is None:
        return "–"
    spread = f" ± {percent(seeds.sd)}" if seeds.sd is not None else ""
    return f"{percent(seeds.mean)}{spread}"


def _training(card: SystemCard) -> str:
    synthetic = ["synthetic data"] if card.synthetic else []
    return ", ".join([*card.training_data, *synthetic]) or "nothing"


def system_grid(board: Leaderboard) -> Grid:
    """What the systems are, from their cards."""
    header = ("system", "what it is", "authors", "trained on", "parameters", "hardware")
    rows = tuple(
        (
            card.name,
            f"{card.title}. {card.description}",
            ", ".join(card.authors) or "anonymous",
            _training(card),
            f"{card.parameters:,}" if card.parameters is not None else "–",
            card.hardware or "–",
            card.date,
            card.licence,
            card.url or "–",
        )
        for card in board.systems
    )
    return Grid("Systems", (*header, "date", "licence of predictions", "link"), rows, numeric=False)


def origin(board: Leaderboard) -> str:
    """What the scores were computed from, in a sentence."""
    return (
        f"Scored by {board.scorer} on gold {board.gold_version} (SHA-256 {board.gold_hash}) of "
        f"texts with the SHA-256 {board.data_hash}."
    )


def notes(board: Leaderboard) -> list[str]:
    """How to read the tables, in sentences."""
    rows = [row for table in board.tables for row in table.rows]
    drawn = sorted({(row.interval.documents, row.interval.unit) for row in rows if row.interval})
    swapped = sorted({f"{row.test.unit}s are swapped" for row in rows if row.test})
    apart = [f"Not ranked, for they predicted other texts: {', '.join(board.other_data)}."]
    return [
        "≈: differs from the best system by less than the test can tell (p ≥ 0.05); a system of a "
        "lower score may differ more surely. "
        "p: paired permutation test against the best system, corrected for all pairs of systems "
        f"(Holm){''.join(f'; {each}' for each in swapped)}.",
        "95%: expanded percentile bootstrap. Where segments are drawn or swapped, a figure speaks "
        "of these reports, not of others.",
        "Macro-F1: a label of the gold that a draw lacks counts 0 in it, so that intervals reach "
        "far down even where nothing is wrong.",
        "Values nearly always follow from the text of a METRIC by rule: they tell whether a "
        "METRIC was found, and whether the rule is known.",
        *(f"{coverage_warning(*each)}." for each in drawn),
        "Several seeds: the mean ± the standard deviation; interval and test are of their "
        "pooled counts.",
        "Trained on: fixed is the train and validation splits, to learn from or choose by.",
        *(apart if board.other_data else []),
    ]


def markdown_page(board: Leaderboard) -> str:
    """The whole of `leaderboard.md`."""
    lines = [
        "# Leaderboard",
        "Written by `fazhi leaderboard --write` from the predictions in `submissions/`, each of "
        "which is scored again; `README.md` says how to add a system. "
        "`leaderboard.html` is the same page for a browser.",
        origin(board),
    ]
    for grid in (*task_grids(board), system_grid(board)):
        rows = tuple(tuple(map(markdown_text, row)) for row in grid.rows)
        lines += [f"## {grid.title}", to_markdown(replace(grid, rows=rows))]
    listed = "\n".join(f"- {each}" for each in notes(board))
    return "\n\n".join([*lines, "## Notes", listed]) + "\n"


def markdown_text(text: str) -> str:
    """Text that Markdown shows as it is, within a table too; a web address becomes a link."""
    if LINK.fullmatch(text):
        return f"<{text}>"
    return _MARKDOWN.sub(lambda found: f"\\{found[0]}", text)
