"""Fact lines: under a marked segment, what each METRIC measures and its value.

    = 71件 | 行政复议案件 | 71 件

The metrics stand in their order. The indicator is given by its surface: the occurrence nearest
before the metric, else the first behind it; `surface@2` means the second one in the segment,
and `-` that nothing names what is measured.
"""

import re
from collections.abc import Iterable, Sequence

from fazhi._record import explain
from fazhi._text import occurrences
from fazhi.corpus._records import Entity, Fact, Span
from fazhi.corpus._values import format_value, parse_value
from fazhi.errors import MarkError

FACT = "= "
NO_INDICATOR = "-"
"""What stands for an indicator where nothing names what is measured."""
_PLACE = re.compile(r"(.+)@([0-9]{1,4})", re.DOTALL)


def render_facts(text: str, facts: Iterable[Fact]) -> str:
    """One line per fact, each ended by a line break."""
    return "".join(
        f"{FACT}{each.metric.text} | {render_indicator(text, each)} | {format_value(each.value)}\n"
        for each in facts
    )


def render_indicator(text: str, fact: Fact) -> str:
    """The indicator of a fact as a fact line gives it."""
    span = fact.indicator
    if span is None:
        return NO_INDICATOR
    starts = occurrences(span.text, text)
    ambiguous = span.text == NO_INDICATOR or _PLACE.fullmatch(span.text)
    if _default(starts, span.text, fact.metric) == span.start and not ambiguous:
        return span.text
    return f"{span.text}@{starts.index(span.start) + 1}"


def _default(starts: Sequence[int], surface: str, metric: Span) -> int | None:
    before = [start for start in starts if start + len(surface) <= metric.start]
    behind = [start for start in starts if start >= metric.end]
    return before[-1] if before else next(iter(behind), None)


def parse_facts(lines: Sequence[str], text: str, metrics: Sequence[Entity]) -> tuple[Fact, ...]:
    """The facts of a segment, from its fact lines.

    Args:
        lines: the fact lines; there are none, or one for each metric.
        text: the segment's bare text.
        metrics: its METRIC entities, in order.

    Raises:
        MarkError: a line is malformed, is not about the metric whose turn it is, names an
            indicator that is not in the text, or there are more or fewer lines than metrics.
    """
    if lines and len(lines) != len(metrics):
        raise MarkError(f"{len(lines)} fact lines for {len(metrics)} METRICs; write one for each")
    return tuple(
        _parse_line(line, text, metric) for line, metric in zip(lines, metrics, strict=False)
    )


def _parse_line(line: str, text: str, metric: Entity) -> Fact:
    start = f"{FACT}{metric.text} | "
    indicator, bar, notation = line.removeprefix(start).rpartition(" | ")
    if not line.startswith(start) or not bar:
        raise MarkError(f"{line!r} is not '{start}<indicator or -> | <value>'")
    return parse_fact(indicator, notation, text, metric)


def parse_fact(indicator: str, notation: str, text: str, metric: Entity) -> Fact:
    """The fact of a METRIC, from its indicator and value as a fact line gives them.

    Raises:
        MarkError: the indicator is not in the text, or the value is none.
    """
    try:
        value = parse_value(notation)
    except ValueError as error:
        raise MarkError(f"the fact of {metric.text!r}: {explain(error)}") from None
    return Fact(metric=metric.span, indicator=_locate(indicator, text, metric), value=value)


def _locate(written: str, text: str, metric: Entity) -> Span | None:
    if written == NO_INDICATOR:
        return None
    place = _PLACE.fullmatch(written)
    surface = place[1] if place else written
    starts = occurrences(surface, text) if surface else []
    if place:
        number = int(place[2])
        start = starts[number - 1] if 0 < number <= len(starts) else None
    else:
        start = _default(starts, surface, metric)
    span = None if start is None else Span(start=start, end=start + len(surface), text=surface)
    if span is None or span.overlaps(metric):
        raise MarkError(f"the indicator {written!r} of {metric.text!r} is not in the text there")
    return span
