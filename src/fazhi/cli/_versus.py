"""The tables of a comparison, as plain rows."""

from collections.abc import Mapping, Sequence

from fazhi._permute import PairedTest
from fazhi.cli._grids import Grid, percent
from fazhi.eval import Comparison, Seeds

_DASH = "-"


def seed_grid(score: str, systems: Mapping[str, Seeds]) -> Grid:
    """The score of each system, over its seeds."""
    rows = tuple(
        (
            name,
            str(len(each.values)),
            percent(each.mean),
            percent(each.sd),
            " ".join(percent(value) for value in each.values),
        )
        for name, each in systems.items()
    )
    return Grid(f"{score} (%)", ("system", "seeds", "mean", "sd", "each seed"), rows)


def pair_grid(score: str, pairs: Sequence[Comparison]) -> Grid:
    """The differences of all pairs, with their tests."""
    header = ("pair", "difference", "95%", "p", "p corrected", "least p", "detectable")
    rows = tuple((f"{each.left} - {each.right}", *_cells(each)) for each in pairs)
    caption = (
        "detectable: the least difference that would have had p < 0.05 here; corrected: Holm, "
        "for the pairs of this table"
    )
    return Grid(f"{score}, differences in points", header, rows, caption=caption)


def _cells(pair: Comparison) -> tuple[str, ...]:
    if pair.test is None:
        return (_DASH,) * 6
    return (
        _points(pair.difference),
        f"{_points(pair.interval.low)} to {_points(pair.interval.high)}" if pair.interval else "-",
        _p(pair.test.p_value),
        _p(pair.corrected_p),
        _p(pair.test.least_p),
        percent(pair.test.critical),
    )


def _points(value: float | None) -> str:
    return _DASH if value is None else f"{100 * value:+.1f}"


def _p(value: float | None) -> str:
    if value is None:
        return _DASH
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def comparison_note(pairs: Sequence[Comparison]) -> str:
    """What was swapped, and what the tests could have found."""
    tests = [each.test for each in pairs if each.test]
    if not tests:
        return "No difference is defined: nothing was counted."
    return " ".join([_swapped(tests[0]), *_power(tests)])


def _swapped(test: PairedTest) -> str:
    if test.unit == "document":
        return "The tests swap whole reports between two systems."
    return (
        "The tests swap segments between two systems, since there are too few reports to swap: "
        "they speak of these reports, not of others."
    )


def _power(tests: Sequence[PairedTest]) -> list[str]:
    found = [each.detectable for each in tests if each.detectable is not None]
    if not found:
        return []
    return [f"A true difference of {percent(max(found))} points would be found in 80% of cases."]
