"""The comparison of the network with the feature CRF."""

import pytest

from fazhi._paths import room
from fazhi.cli._gate import error_grid, gate_grid
from fazhi.cli._runs import examples_of
from published import publish


@pytest.fixture(scope="module")
def due():
    return examples_of("dev")


def test_a_difference_has_its_interval_and_test(tmp_path, due):
    publish(tmp_path, due, found=[0.0])
    publish(tmp_path, due, name="bert-mini-crf", seeds=2, found=[1.0, 1.0])
    grid = gate_grid(tmp_path)
    assert [row[:2] for row in grid.rows] == [
        ("dev", score) for score in ("entities", "AGENCY", "LEGAL", "METRIC")
    ]
    # everything is found against nothing: each resample has the difference of 100 points
    shown = ("100.0", "0.0", "+100.0", "+100.0 to +100.0", "<0.001", "segment")
    assert grid.rows[0][2:] == shown
    assert grid.caption.count("Intervals") == 1


def test_where_one_of_them_is_not_published_nothing_is_compared(tmp_path, due):
    publish(tmp_path, due, found=[1.0])
    assert gate_grid(tmp_path).rows == ()


def test_what_the_readmes_say_of_the_network_holds():
    # entities: better by more than chance on the test reports and when one report is left out
    rows = {row[:2]: row[4:] for row in gate_grid(room("baselines")).rows}
    for protocol in ("fixed", "loro"):
        points, _, p, _ = rows[protocol, "entities"]
        assert float(points) > 0
        assert p == "<0.001" or float(p) < 0.05
    assert float(rows["fixed", "AGENCY"][0]) > float(rows["fixed", "METRIC"][0])


def test_errors_are_counted_by_type_and_class(tmp_path):
    due = examples_of("fixed")
    entities = sum(len(each.gold.entities) for each in due)
    publish(tmp_path, due, protocol="fixed", seeds=2, found=[1.0, 0.0])
    rows = error_grid(tmp_path).rows
    assert [row[:2] for row in rows] == [("crf", "AGENCY"), ("crf", "LEGAL"), ("crf", "METRIC")]
    # one seed finds all, the other misses all: half of the entities are missed in the mean
    assert sum(float(row[5]) for row in rows) == entities / 2
    assert {cell for row in rows for cell in (*row[2:5], row[6])} == {"0.0"}
