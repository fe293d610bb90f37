"""What scoring costs here and with the tools that people use, in one process.

Run: python benchmarks/scoring.py [--write]. It takes about five minutes; with --write the
figures go to `eval/cost.json`, from which those in `eval/README.md` are made (`readme.py`).

A ratio is the time of a peer over ours for the same question, each the best of nine.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from made_up import LABELS, LENGTH, Tags, as_dicts, made_up

from fazhi._files import write_text
from fazhi._paths import room
from fazhi._resample import interval
from fazhi.eval import Spans, count_strict, count_tags, spans_of_tags
from fazhi.eval._statistics import f1

SEQUENCES = 20_000
LARGEST = 2_000_000
DOCUMENTS = 400
STARTS = 15
TIMES = 9
EVAL = [str(Path(sys.executable).parent / "fazhi"), "eval"]
PACKAGES = ("numpy", "seqeval", "nervaluate")


def best_of(times: int, work: Callable[[], float]) -> tuple[float, float]:
    """The least time that some work takes, in seconds, and what it gives."""
    seconds = []
    for _ in range(times):
        start = perf_counter()
        value = work()
        seconds.append(perf_counter() - start)
    return min(seconds), value


def documents_of(sequences: int) -> np.ndarray:
    """The document of each sequence."""
    return np.arange(sequences) * DOCUMENTS // sequences


def micro(gold: Spans, predicted: Spans, sequences: int) -> float:
    """The strict micro-F1 of spans."""
    counts = count_strict(gold, predicted, np.zeros(sequences, dtype=np.int64), len(LABELS))
    return float(f1(counts.sum(axis=1))[0])


def peers(gold: Tags, predicted: Tags) -> dict[str, Callable[[], float]]:
    """Micro-F1 by other means; the first two start from tags, the others from spans."""
    from nervaluate import Evaluator
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2

    spans = [as_dicts(side) for side in (gold, predicted)]
    sets = [
        {(n, s["start"], s["end"], s["label"]) for n, row in enumerate(side) for s in row}
        for side in spans
    ]

    def nervaluate() -> float:
        found = Evaluator(*spans, tags=list(LABELS), loader="dict").evaluate()
        return float(found["overall"]["strict"].f1)

    def of_sets() -> float:
        return 2 * len(sets[0] & sets[1]) / (len(sets[0]) + len(sets[1]))

    return {
        "seqeval, strict IOB2": lambda: float(
            f1_score(gold, predicted, mode="strict", scheme=IOB2)
        ),
        "seqeval, default": lambda: float(f1_score(gold, predicted)),
        "nervaluate, strict": nervaluate,
        "Python sets": of_sets,
    }


def compare() -> dict[str, Any]:
    """The ratios to the peers."""
    gold, predicted = made_up(SEQUENCES)
    ours = [spans_of_tags(side, LABELS) for side in (gold, predicted)]

    def from_tags() -> float:
        counts = count_tags(gold, predicted, np.zeros(SEQUENCES, dtype=np.int64), LABELS)
        return float(f1(counts.sum(axis=1))[0])

    tags, value = best_of(TIMES, from_tags)
    spans, _ = best_of(TIMES, lambda: micro(*ours, SEQUENCES))
    rows = []
    for name, work in peers(gold, predicted).items():
        seconds, found = best_of(TIMES, work)
        rows.append(
            {
                "peer": name,
                "seconds": seconds,
                "from_tags": seconds / tags,
                "from_spans": seconds / spans,
                "same": abs(found - value) < 1e-12,
            }
        )
    sizes = {"sequences": SEQUENCES, "length": LENGTH, "entities": len(ours[0])}
    return {**sizes, "tags": tags, "spans": spans, "peers": rows}


def resamples(strict: float) -> dict[str, Any]:
    """What the resamples of an interval cost, and what as many runs of seqeval would."""
    gold, predicted = (spans_of_tags(side, LABELS) for side in made_up(SEQUENCES))
    counts = count_strict(gold, predicted, documents_of(SEQUENCES), len(LABELS)).sum(axis=1)

    def ours() -> float:
        found = interval(counts, f1)
        return float(found.resamples or 0) if found else 0.0

    seconds, number = best_of(TIMES, ours)
    return {
        "documents": DOCUMENTS,
        "resamples": int(number),
        "seconds": seconds,
        "ratio": number * strict / seconds,
    }


def growth() -> list[dict[str, Any]]:
    """The time and memory of ten times the data, again and again."""
    base = made_up(2_000)
    rows: list[dict[str, Any]] = []
    for sequences in (LARGEST // 100, LARGEST // 10, LARGEST):
        sides = [side * (sequences // 2_000) for side in base]
        seconds, _ = best_of(3, lambda: whole(*sides))  # noqa: B023
        tracemalloc.start()
        whole(*sides)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        more = seconds / rows[-1]["seconds"] if rows else None
        rows.append({"sequences": sequences, "seconds": seconds, "more": more, "megabytes": peak})
    return rows


def whole(gold: Tags, predicted: Tags) -> float:
    """The interval of micro-F1 from tags: decoding, counting and resampling."""
    counts = count_tags(gold, predicted, documents_of(len(gold)), LABELS).sum(axis=1)
    found = interval(counts, f1)
    return found.high - found.low if found else 0.0


def start() -> dict[str, float]:
    """The least wall time of `fazhi eval` on the test split, and of a Python that imports numpy."""
    predictions = str(room("baselines") / "results" / "crf" / "fixed.jsonl")
    commands = {"numpy": [sys.executable, "-c", "import numpy"], "eval": [*EVAL, predictions]}
    # as where a package is installed: compiled modules are kept
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(commands["eval"], check=True, capture_output=True, env=environment)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS):  # in turn, so that a slow moment of the machine falls on both
        for name, command in commands.items():
            begin = perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environment)
            times[name].append(perf_counter() - begin)
    return {name: min(found) for name, found in times.items()}


def main() -> None:
    """Measures all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write eval/cost.json")
    write = parser.parse_args().write
    found = compare()
    record = {
        "command": "python benchmarks/scoring.py --write",
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "packages": {name: version(name) for name in PACKAGES},
        "compare": found,
        "resamples": resamples(found["peers"][0]["seconds"]),
        "growth": growth(),
        "start": start(),
    }
    text = json.dumps(record, indent=2)
    print(text)
    if write:
        write_text(room("eval") / "cost.json", f"{text}\n")


if __name__ == "__main__":
    main()
