"""The tables of a comparison, as plain rows."""

from collections.abc import Mapping, Sequence

from fazhi.cli._grids import Grid, percent
from fazhi.eval import Comparison, Seeds

_DASH = "-"
_SWAPPED = {
    "document": "Tests swap whole reports between two systems.",
    "segment": (
        "Tests swap segments between two systems, since there are too few reports to swap: they "
        "speak of these reports, not of others."
    ),
}
_DRAWN = {
    "document": "Intervals draw whole reports.",
    "segment": "Intervals draw segments within each report, and say nothing of other reports.",
}
_DRAWN_BOTH = (
    "Intervals draw whole reports (document) or, where those are too few, segments within each "
    "report (segment), which says nothing of other reports."
)


def seed_grid(score: str, systems: Mapping[str, Seeds]) -> Grid:
    """The score of each system, over its seeds."""
    rows = tuple(
        (
            name,
            str(len(each.values)),
            percent(each.mean),
            percent(each.sd),
            mean_cell(each),
            " ".join(percent(value) for value in each.values),
        )
        for name, each in systems.items()
    )
    return Grid(
        f"{score} (%)", ("system", "seeds", "mean", "sd", "95% of the mean", "each seed"), rows
    )


def mean_cell(seeds: Seeds) -> str:
    """The interval of the mean over seeds, within 0 to 1; a dash for a single one."""
    if seeds.mean_interval is None:
        return _DASH
    low, high = seeds.mean_interval
    return f"{percent(max(0, low))} to {percent(min(1, high))}"


def pair_grid(score: str, pairs: Sequence[Comparison]) -> Grid:
    """The differences of all pairs, with their tests."""
    header = ("pair", "points", "95%", "p", "p corr.", "critical", "80% power")
    rows = tuple((f"{each.left} - {each.right}", *difference_cells(each)) for each in pairs)
    caption = (
        "p corr.: for the number of pairs (Holm); critical: the least difference that would have "
        "had p < 0.05; 80% power: the one that would be found in 80% of cases; none: no "
        "difference could have been shown"
    )
    return Grid(f"{score}, differences", header, rows, caption=caption)


def difference_cells(pair: Comparison) -> tuple[str, ...]:
    """The difference of a pair, its interval, p, p corrected, and what could have been shown."""
    if pair.test is None:
        return (_DASH,) * 6
    critical, detectable = pair.test.critical, pair.test.detectable
    return (
        _points(pair.difference),
        f"{_points(pair.interval.low)} to {_points(pair.interval.high)}"
        if pair.interval
        else _DASH,
        p_value(pair.test.p_value),
        p_value(pair.corrected_p),
        "none" if critical is None else percent(critical),
        "none" if detectable is None else percent(detectable),
    )


def _points(value: float | None) -> str:
    return _DASH if value is None else f"{100 * value:+.1f}"


def p_value(value: float | None) -> str:
    """A p-value as it is shown; a dash where there is none."""
    if value is None:
        return _DASH
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def comparison_note(pairs: Sequence[Comparison], *, several: bool) -> str:
    """What was drawn and swapped, and what is made of several seeds."""
    units = {each.test.unit for each in pairs if each.test}
    notes = [_SWAPPED[unit] for unit in sorted(units)]
    drawn = {each.interval.unit for each in pairs if each.interval}
    notes += [_DRAWN_BOTH] if len(drawn) > 1 else [_DRAWN[unit] for unit in drawn]
    if several:
        notes.append(
            "Seeds are taken as given: their counts are pooled, so that a difference may depart "
            "from that of the means, and what other seeds would add is in no interval."
        )
    return " ".join(notes) or "Nothing was compared."
