"""Counts of examples as tables: what is added up, and what stands beside."""

from fazhi.cli._counts import count_grids, entity_grid, rate_grid
from makers import make_example

FIVE = make_example(
    "县司法局受理5件。",
    ("县司法局", "AGENCY", "government"),
    ("5件", "METRIC", "count"),
    facts=(("5件", "受理", "5 件"),),
)
PLAIN = make_example("学法。", name="other-2020-s001", role="plan", topic="digital")
"""Nine characters with two entities, and three without."""


def cells(grids, title: str, row: str) -> tuple[str, ...]:
    (grid,) = (each for each in grids if each.title == title)
    (found,) = (each[1:] for each in grid.rows if each[0] == row)
    return found


def test_groups_are_added_up_and_what_is_apart_is_not():
    grids = count_grids({"one": [FIVE], "two": [PLAIN, FIVE]}, {"made up": [FIVE, PLAIN, PLAIN]})
    assert {grid.header[1:] for grid in grids} == {("one", "two", "total", "made up")}
    assert cells(grids, "Corpus", "reports") == ("1", "2", "3", "2")
    assert cells(grids, "Corpus", "segments") == ("1", "2", "3", "3")
    assert cells(grids, "Corpus", "characters") == ("9", "12", "21", "15")
    assert cells(grids, "Entities", "AGENCY.government") == ("1", "1", "2", "1")
    assert cells(grids, "Facts", "with an indicator") == ("1", "1", "2", "1")
    assert cells(grids, "Roles", "plan") == ("0", "1", "1", "2")
    assert cells(grids, "Topics", "digital") == ("0", "1", "1", "2")


def test_one_group_has_no_total():
    assert entity_grid({"one": [FIVE]}).header == ("type and kind", "one")
    assert entity_grid({"one": [FIVE]}, {"made up": []}).rows[0] == ("AGENCY", "1", "0")


def test_what_a_segment_holds_is_a_mean():
    grid = rate_grid({"one": [FIVE], "two": [FIVE, PLAIN]})
    assert grid.header == ("mean number", "one", "two")
    # (9 + 3) / 2 characters and (2 + 0) / 2 entities
    assert {name: rest for name, *rest in grid.rows} == {
        "characters": ["9.00", "6.00"],
        "entities": ["2.00", "1.00"],
        "AGENCY": ["1.00", "0.50"],
        "LEGAL": ["0.00", "0.00"],
        "METRIC": ["1.00", "0.50"],
    }
