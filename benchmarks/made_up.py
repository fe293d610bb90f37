"""Tagged sequences that resemble the corpus in their density, for the cost of scoring."""

import numpy as np

from fazhi.eval import spans_of_tags

LABELS = ("AGENCY", "LEGAL", "METRIC")
LENGTH = 60
Tags = list[list[str]]


def made_up(sequences: int, seed: int = 0) -> tuple[Tags, Tags]:
    """Gold tags with three or four entities each, and predictions that err on one in twenty."""
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


def as_dicts(sequences: Tags) -> list[list[dict[str, object]]]:
    """The spans as nervaluate takes them, the ends inclusive."""
    found = spans_of_tags(sequences, LABELS)
    rows: list[list[dict[str, object]]] = [[] for _ in sequences]
    for n, start, end, label in zip(
        found.sequence.tolist(), found.start.tolist(), found.end.tolist(), found.label.tolist(),
        strict=True,
    ):  # fmt: skip
        rows[n].append({"label": LABELS[label], "start": start, "end": end - 1})
    return rows
