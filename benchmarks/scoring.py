"""What scoring costs here and with the tools that people use, in one process.

    python benchmarks/scoring.py            # minutes: seqeval is run on 20,000 sequences
    python benchmarks/scoring.py --quick    # a tenth of the data

Ratios are times of the peer over times of ours for the same question, each the best of three.
"""

import argparse
import tracemalloc
from collections.abc import Callable
from time import perf_counter

import numpy as np

from fazhi._resample import interval
from fazhi.eval import Spans, count_strict, spans_of_tags
from fazhi.eval._statistics import f1

LABELS = ("AGENCY", "LEGAL", "METRIC")
LENGTH = 60
DOCUMENTS = 400
Tags = list[list[str]]


def made_up(sequences: int, seed: int = 0) -> tuple[Tags, Tags]:
    """Gold tags with about four entities each, and predictions that miss a tenth of them."""
    generator = np.random.default_rng(seed)
    gold, predicted = [], []
    for starts in generator.integers(1, 12, size=(sequences, 5)).cumsum(axis=1):
        sides: tuple[list[str], list[str]] = (["O"] * LENGTH, ["O"] * LENGTH)
        for start, size, label, luck in zip(
            starts, generator.integers(2, 9, 5), generator.integers(3, size=5),
            generator.random(5), strict=True,
        ):  # fmt: skip
            end = min(start + size, LENGTH)
            for tags, last in zip(sides, (end, end - (luck < 0.05)), strict=True):
                if tags[start - 1 : last] == ["O"] * (last - start + 1) and luck > 0.03:
                    tags[start:last] = _tagged(LABELS[label], last - start)
        gold.append(sides[0])
        predicted.append(sides[1])
    return gold, predicted


def _tagged(label: str, size: int) -> list[str]:
    return [f"B-{label}", *([f"I-{label}"] * (size - 1))]


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

    spans = [_as_dicts(side) for side in (gold, predicted)]
    sets = [
        {(n, s["start"], s["end"], s["label"]) for n, row in enumerate(side) for s in row}
        for side in spans
    ]

    def nervaluate() -> float:
        found = Evaluator(*spans, tags=list(LABELS), loader="dict").evaluate()
        return float(found["overall"]["strict"].f1)

    def of_sets() -> float:
        return 2 * len(sets[0] & sets[1]) / (len(sets[0]) + len(sets[1]))

    strict = {"mode": "strict", "scheme": IOB2}
    return {
        "seqeval, strict IOB2": lambda: float(f1_score(gold, predicted, **strict)),
        "seqeval, default": lambda: float(f1_score(gold, predicted)),
        "nervaluate, strict": nervaluate,
        "Python sets": of_sets,
    }


def _as_dicts(sequences: Tags) -> list[list[dict[str, object]]]:
    """The spans as nervaluate takes them, the ends inclusive."""
    found = spans_of_tags(sequences, LABELS)
    rows: list[list[dict[str, object]]] = [[] for _ in sequences]
    for n, start, end, label in zip(
        found.sequence.tolist(), found.start.tolist(), found.end.tolist(), found.label.tolist(),
        strict=True,
    ):  # fmt: skip
        rows[n].append({"label": LABELS[label], "start": start, "end": end - 1})
    return rows


def compare(sequences: int) -> float:
    """Prints the ratios to the peers; returns the seconds of seqeval strict."""
    gold, predicted = made_up(sequences)
    ours = [spans_of_tags(side, LABELS) for side in (gold, predicted)]

    def from_tags() -> float:
        return micro(spans_of_tags(gold, LABELS), spans_of_tags(predicted, LABELS), sequences)

    (tags, value), (spans, _) = best_of(3, from_tags), best_of(3, lambda: micro(*ours, sequences))
    print(f"{sequences:,} sequences of {LENGTH} characters, {len(ours[0]):,} gold entities")
    print(f"fazhi: {1000 * tags:.1f} ms from tags, {1000 * spans:.2f} ms from spans\n")
    print(f"{'peer':22}{'seconds':>9}{'from tags':>11}{'from spans':>12}   micro-F1")
    times = {name: best_of(3, work) for name, work in peers(gold, predicted).items()}
    for name, (seconds, found) in times.items():
        same = "the same" if found == value else f"{found:.6f}, not {value:.6f}"
        print(f"{name:22}{seconds:9.3f}{seconds / tags:11.1f}{seconds / spans:12.0f}   {same}")
    return times["seqeval, strict IOB2"][0]


def resamples(sequences: int, strict: float) -> None:
    """Prints what the resamples of an interval cost, and what as many runs of seqeval would."""
    gold, predicted = (spans_of_tags(side, LABELS) for side in made_up(sequences))
    counts = count_strict(gold, predicted, documents_of(sequences), len(LABELS)).sum(axis=1)

    def ours() -> float:
        found = interval(counts, f1)
        return float(found.resamples or 0) if found else 0.0

    seconds, number = best_of(3, ours)
    print(f"\n{number:,.0f} resamples of {DOCUMENTS} documents: {1000 * seconds:.1f} ms,")
    print(f"{number * strict / seconds:,.0f} times faster than as many runs of seqeval strict")


def growth(largest: int) -> None:
    """Prints the time and memory of ten times the data, again and again."""
    print(f"\n{'sequences':>10}{'seconds':>10}{'times more':>12}{'MB at the peak':>16}")
    before = 0.0
    for sequences in (largest // 100, largest // 10, largest):
        gold, predicted = made_up(2_000)
        sides = [side * (sequences // 2_000) for side in (gold, predicted)]
        tracemalloc.start()
        seconds, _ = best_of(1, lambda: whole(*sides))  # noqa: B023
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        more = f"{seconds / before:.1f}" if before else "-"
        print(f"{sequences:10,}{seconds:10.2f}{more:>12}{peak:16.0f}")
        before = seconds


def whole(gold: Tags, predicted: Tags) -> float:
    """The interval of micro-F1 from tags: decoding, counting and resampling."""
    sides = [spans_of_tags(side, LABELS) for side in (gold, predicted)]
    counts = count_strict(*sides, documents_of(len(gold)), len(LABELS)).sum(axis=1)
    found = interval(counts, f1)
    return found.high - found.low if found else 0.0


def main() -> None:
    """Runs all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data")
    divisor = 10 if parser.parse_args().quick else 1
    strict = compare(20_000 // divisor)
    resamples(20_000 // divisor, strict)
    growth(2_000_000 // divisor)


if __name__ == "__main__":
    main()
