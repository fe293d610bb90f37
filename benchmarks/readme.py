"""The figures of `eval/README.md`, made from the records of the benchmarks.

Run: python benchmarks/readme.py. The records are `eval/cost.json` (`scoring.py`) and
`eval/coverage.json` (`coverage.py`); a test compares the page with them.
"""

import json
from pathlib import Path
from typing import Any

from fazhi._files import read_text, write_text
from fazhi._paths import room
from fazhi.cli._draw import with_block
from fazhi.eval import coverage_record


def cost() -> str:
    """The block on what scoring costs."""
    record = json.loads(read_text(room("eval") / "cost.json"))
    found, machine = record["compare"], record["machine"]
    rows = [
        f"| {row['peer']} | {row['from_tags']:.1f} | {row['from_spans']:,.0f} |"
        for row in found["peers"]
    ]
    return "\n".join(
        [
            f"`{record['command']}`, on {machine['cores']} cores with Python {machine['python']}: "
            f"micro-F1 of {found['sequences']:,} sequences of {found['length']} characters with "
            f"{found['entities']:,} gold entities takes {1000 * found['tags']:.0f} ms from tags "
            f"and {1000 * found['spans']:.1f} ms from spans. Times of others over these:",
            "",
            "| | over ours from tags | over ours from spans |",
            "|---|---:|---:|",
            *rows,
            "",
            *_resamples(record["resamples"]),
            *_growth(record["growth"]),
            *_start(record["start"]),
        ]
    )


def _resamples(found: dict[str, Any]) -> list[str]:
    return [
        f"- {found['resamples']:,} resamples of {found['documents']} documents: "
        f"{1000 * found['seconds']:.0f} ms, {found['ratio']:,.0f} times faster than as many runs "
        "of seqeval strict."
    ]


def _growth(rows: list[dict[str, Any]]) -> list[str]:
    steps = [
        f"{row['sequences']:,} in {row['seconds']:.1f} s ({row['more']:.1f} times the tenth)"
        for row in rows
        if row["more"]
    ]
    return [f"- Decoding, counting and the interval, by number of sequences: {'; '.join(steps)}."]


def _start(found: dict[str, float]) -> list[str]:
    return [
        f"- `fazhi eval` on the test split, as a whole process: {found['eval']:.2f} s, where "
        f"`python -c 'import numpy'` takes {found['numpy']:.2f} s (the least of several runs)."
    ]


def coverage() -> str:
    """The block on what the intervals achieve."""
    record = coverage_record()
    rows = [
        f"| {cell.documents} | {cell.unit}s | {cell.score} | {cell.population:.0%} "
        f"| {cell.same_documents:.0%} |"
        for cell in record.coverage
        if cell.dependence == "realistic"
    ]
    return "\n".join(
        [
            f"`{record.command}`: {record.simulations} simulations each, documents as unlike each "
            "other as the real reports.",
            "",
            "| documents | resampled | score | held the value of all such documents "
            "| of the same documents |",
            "|---:|---|---|---:|---:|",
            *rows,
        ]
    )


def page() -> tuple[Path, str]:
    """The page, and what it should say."""
    path = room("eval") / "README.md"
    text = with_block(path, "cost", cost())
    return path, with_block(path, "coverage", coverage(), text)


if __name__ == "__main__":
    write_text(*page())
