"""Counts of examples as tables: what is added up, and what stands beside."""

from fazhi.cli._counts import count_grids, entity_grid, rate_grid
from fazhi.cli._splits import split_examples, synthetic_examples
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
    assert cells(grids, "Corpus", "entities") == ("2", "2", "4", "2")
    assert cells(grids, "Entities", "AGENCY.government") == ("1", "1", "2", "1")
    assert cells(grids, "Facts", "with an indicator") == ("1", "1", "2", "1")
    assert cells(grids, "Roles", "plan") == ("0", "1", "1", "2")
    assert cells(grids, "Topics", "digital") == ("0", "1", "1", "2")


def test_one_group_has_no_total():
    assert entity_grid({"one": [FIVE]}).header == ("type and kind", "one")
    assert entity_grid({"one": [FIVE]}, {"made up": []}).rows[0] == ("AGENCY", "1", "0")


def test_what_a_segment_holds():
    grid = rate_grid({"one": [FIVE], "two": [FIVE, PLAIN]})
    assert grid.header == ("", "one", "two")
    # (9 + 3) / 2 characters and (2 + 0) / 2 entities; 2 entities in 9 and in 9 + 3 characters
    assert {name: rest for name, *rest in grid.rows} == {
        "characters, mean": ["9.00", "6.00"],
        "entities, mean": ["2.00", "1.00"],
        "AGENCY, mean": ["1.00", "0.50"],
        "LEGAL, mean": ["0.00", "0.00"],
        "METRIC, mean": ["1.00", "0.50"],
        "characters, median": ["9.00", "6.00"],
        "entities in 100 characters of work, problems and plans": ["22.22", "16.67"],
        "role heading, share in %": ["0.00", "0.00"],
        "role work, share in %": ["100.00", "50.00"],
        "role problem, share in %": ["0.00", "0.00"],
        "role plan, share in %": ["0.00", "50.00"],
    }


def test_what_the_dataset_card_says_of_made_up_text_holds():
    # "segments are shorter, the text of work, problems and plans holds about twice as many
    # entities, institutions are frequent"
    groups = {"train": split_examples("train"), "made up": synthetic_examples()}
    rates = {name: list(map(float, rest)) for name, *rest in rate_grid(groups).rows}
    real, made_up = rates["characters, median"]
    assert made_up < real
    real, made_up = rates["entities in 100 characters of work, problems and plans"]
    assert 1.75 < made_up / real < 2.25
    counts = {name: list(map(int, rest)) for name, *rest in entity_grid({}, groups).rows}
    shares = [
        part / whole
        for part, whole in zip(counts["AGENCY.institution"], counts["AGENCY"], strict=True)
    ]
    assert shares[1] > 2 * shares[0]
