"""The figures of `eval/README.md` and `baselines/README.md`, made from records of benchmarks.

Run: python benchmarks/readme.py. The records are `eval/cost.json` (`scoring.py`),
`eval/coverage.json` (`coverage.py`) and `benchmarks/inference.json` (`inference.py`); a test
compares the pages with them.
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
    millions = found["ratio"] / 1e6
    return [
        f"- {found['resamples']:,} resamples of {found['documents']} documents: "
        f"{1000 * found['seconds']:.0f} ms, some {millions:.1g} million times faster than as many "
        "runs of seqeval strict (a few timed, and multiplied)."
    ]


def _growth(rows: list[dict[str, Any]]) -> list[str]:
    steps = [
        f"{row['sequences']:,} in {row['seconds']:.1f} s ({row['more']:.1f} times as long as a "
        "tenth of them)"
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


def inference() -> str:
    """The block on what predicting costs."""
    record = json.loads(read_text(Path(__file__).parent / "inference.json"))
    machine = record["machine"]
    rows = [
        f"| {row['system']} | {row['rate']:,.0f} | {row['ratio']:.1f} | {100 * row['f1']:.1f} "
        f"| {100 * row['same']:.1f} | {row['megabytes']:.1f} |"
        for row in record["rows"]
    ]
    return "\n".join(
        [
            f"`{record['command']}`, on {machine['cores']} cores with Python {machine['python']}: "
            f"{record['characters']:,} characters, from a file of segments to one of predictions.",
            "",
            "| `bert-mini-crf` (synthetic-then-real), `crf` (real+synthetic) "
            "| characters/s | over PyTorch fp32 | F1 | same | MB |",
            "|---|---:|---:|---:|---:|---:|",
            *rows,
            "",
            "F1: entities of the validation split (%), which the parameters of the CRF were chosen "
            "on; all have learned from synthetic reports, too. Same: segments of the timed texts, "
            "from which all have learned, in which the same "
            "entities are found as with PyTorch fp32 (%).",
            *_fits(record["fit_seconds"]),
        ]
    )


def _fits(seconds: dict[str, float]) -> list[str]:
    if not seconds:
        return []
    fits = [f"`{name}` {found:.0f} s" for name, found in seconds.items()]
    return ["", f"Training there took: {', '.join(fits)}."]


def pages() -> dict[Path, str]:
    """The pages, and what they should say."""
    scoring = room("eval") / "README.md"
    text = with_block(scoring, "cost", cost())
    baselines = room("baselines") / "README.md"
    return {
        scoring: with_block(scoring, "coverage", coverage(), text),
        baselines: with_block(baselines, "inference", inference()),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        write_text(path, text)
