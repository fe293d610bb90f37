"""What goes wrong with indicators: each fact counted once, in the manner of Ortmann (2022)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from fazhi.corpus import Example, Placed
from fazhi.predictions import Prediction

IndicatorError = Literal["missed", "spurious", "absent", "needless", "short", "long", "other"]
"""missed: the METRIC of a gold fact was not found. spurious: what was found is no METRIC.
absent: no indicator where gold has one. needless: one where gold has none. short: a part of the
gold indicator. long: it, and more. other: another place, whether or not they share characters.
"""


def indicator_errors(
    examples: Sequence[Example], predictions: Sequence[Prediction]
) -> Counter[IndicatorError]:
    """How many facts of a system are wrong in which way, for the METRICs that it found itself.

    Args:
        examples: the segments with their gold.
        predictions: one per example, in the same order.
    """
    return Counter(
        error
        for example, prediction in zip(examples, predictions, strict=True)
        for error in _errors(example, prediction)
    )


def _errors(example: Example, prediction: Prediction) -> Iterator[IndicatorError]:
    said = {fact.metric.place: fact.indicator for fact in prediction.facts or ()}
    for fact in example.gold.facts:
        place = fact.metric.place
        error = _error(fact.indicator, said.pop(place)) if place in said else "missed"
        if error:
            yield error
    for _ in said:
        yield "spurious"


def _error(gold: Placed | None, said: Placed | None) -> IndicatorError | None:
    if gold is None or said is None:
        return None if gold is said else "needless" if said else "absent"
    if gold.place == said.place:
        return None
    if gold.start <= said.start and said.end <= gold.end:
        return "short"
    if said.start <= gold.start and gold.end <= said.end:
        return "long"
    return "other"
