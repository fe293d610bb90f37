"""Facts as they are shown: gold and prediction in one row, and what is right."""

from collections.abc import Sequence
from dataclasses import dataclass

from fazhi.corpus import Fact, Placed, format_value
from fazhi.predictions import PredictedFact


@dataclass(frozen=True, slots=True)
class FactRow:
    """What is said of one METRIC."""

    metric: str
    """Its surface."""
    indicator: str | None
    """The gold indicator; None where gold names none."""
    said_indicator: str | None
    """The predicted one."""
    indicator_right: bool
    """Whether both have the same span."""
    value: str | None
    """The gold value in its notation; None where gold has no fact."""
    said_value: str | None
    """The predicted one."""
    value_right: bool | None
    """Whether they are equal; None where gold has no fact, which is not scored."""


def fact_rows(
    text: str, gold: Sequence[Fact], predicted: Sequence[PredictedFact]
) -> tuple[FactRow, ...]:
    """A row for each METRIC of which either side has a fact, in the order of the text."""
    ours = {fact.metric.place: fact for fact in gold}
    theirs = {fact.metric.place: fact for fact in predicted}
    return tuple(
        _row(text, place, ours.get(place), theirs.get(place)) for place in sorted(ours | theirs)
    )


def _row(
    text: str, place: tuple[int, int], gold: Fact | None, said: PredictedFact | None
) -> FactRow:
    ours = gold.indicator if gold else None
    theirs = said.indicator if said else None
    return FactRow(
        metric=text[slice(*place)],
        indicator=_surface(text, ours),
        said_indicator=_surface(text, theirs),
        indicator_right=(ours and ours.place) == (theirs and theirs.place),
        value=format_value(gold.value) if gold else None,
        said_value=format_value(said.value) if said and said.value else None,
        value_right=(said is not None and said.value == gold.value) if gold else None,
    )


def _surface(text: str, span: Placed | None) -> str | None:
    return text[span.start : span.end] if span else None
