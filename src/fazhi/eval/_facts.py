"""Counts of facts: the values and indicators that a system gives to METRICs.

The tokens of an indicator are its characters. A fact answers the gold fact whose METRIC has the
same span; the characters of a fact that answers none, and of a gold fact without answer, count on
their own side.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from fazhi._names import listed
from fazhi._resample import Counts
from fazhi.corpus import Example, Fact, Placed
from fazhi.errors import MismatchError
from fazhi.predictions import PredictedFact, Prediction

FACTS, VALUES = 0, 1
"""Columns: gold facts, and those whose value is given exactly."""
TOKENS = slice(2, 5)
"""Columns: characters of gold indicators, of predicted ones, and those in both."""
_COLUMNS = 5

Task = Literal["facts", "facts_on_gold"]


def count_facts(task: Task, pairs: Sequence[tuple[Example, Prediction]]) -> Counts | None:
    """The counts of each segment, (segments, 5); None where no fact is given or gold has none.

    Raises:
        MismatchError: a fact that is said to be of a gold METRIC is of none.
    """
    said = [getattr(prediction, task) for _, prediction in pairs]
    if all(each is None for each in said) or not any(example.gold.facts for example, _ in pairs):
        return None
    if task == "facts_on_gold":
        _check_metrics(pairs)
    rows = [
        _count(example.gold.facts, facts or ())
        for (example, _), facts in zip(pairs, said, strict=True)
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, _COLUMNS)


def _check_metrics(pairs: Sequence[tuple[Example, Prediction]]) -> None:
    problems = [
        f"{example.segment.id}: {fact.metric.start}:{fact.metric.end}"
        for example, prediction in pairs
        for fact in prediction.facts_on_gold or ()
        if fact.metric.place not in {m.place for m in example.gold.metrics}
    ]
    if problems:
        raise MismatchError(
            f"facts_on_gold holds {len(problems)} spans that are no METRIC of the gold; give those "
            f"that follow from a prediction in facts. The first are:{listed(problems[:20])}"
        )


def _count(gold: Sequence[Fact], predicted: Sequence[PredictedFact]) -> list[int]:
    answers = {each.metric.place: each for each in predicted}
    pairs = [(fact, answers.get(fact.metric.place)) for fact in gold]
    return [
        len(gold),
        sum(answer is not None and answer.value == fact.value for fact, answer in pairs),
        sum(_length(fact.indicator) for fact in gold),
        sum(_length(fact.indicator) for fact in predicted),
        sum(_shared(fact.indicator, answer.indicator) for fact, answer in pairs if answer),
    ]


def _length(span: Placed | None) -> int:
    return span.end - span.start if span else 0


def _shared(left: Placed | None, right: Placed | None) -> int:
    if left is None or right is None:
        return 0
    return max(0, min(left.end, right.end) - max(left.start, right.start))
