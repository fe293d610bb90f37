"""The comparison of the network with the feature CRF."""

import pytest

from fazhi.cli._gate import gate_grid
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
    assert grid.rows[0][2:] == ("100.0", "0.0", "+100.0", "+100.0 to +100.0", "<0.001")


def test_where_one_of_them_is_not_published_nothing_is_compared(tmp_path, due):
    publish(tmp_path, due, found=[1.0])
    assert gate_grid(tmp_path).rows == ()
