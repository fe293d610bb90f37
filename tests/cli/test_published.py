"""The tables of the published results."""

import pytest

from fazhi.cli._published import mixture_grids, result_files, result_grids
from fazhi.cli._runs import examples_of
from fazhi.cli._score_grids import over_seeds, score_grid
from fazhi.eval import Run, make_result
from fazhi.predictions import Prediction
from published import publish


@pytest.fixture(scope="module")
def due():
    return examples_of("dev")


def test_every_seed_of_a_system_is_found_in_order(tmp_path, due):
    publish(tmp_path, due[:5], seeds=12, found=[1.0] * 12)
    found = [path.stem for path in result_files(tmp_path, "dev")["crf"]]
    assert found == ["dev", *(f"dev.{seed}" for seed in range(1, 12))]


def test_a_table_shows_the_mean_over_seeds(tmp_path, due):
    # F1 is 1 with everything found, 0 with nothing: mean 50, standard deviation 70.7
    publish(tmp_path, due, seeds=2, found=[1.0, 0.0])
    (grid,) = result_grids(tmp_path)
    assert grid.rows[0][:3] == ("crf", "2", "50.0 ± 70.7")
    assert "`fazhi reproduce NAME --protocol dev --seeds N`" in grid.caption


def test_mixtures_are_compared_with_the_real_reports_alone(tmp_path, due):
    publish(tmp_path, due, found=[0.0])
    publish(tmp_path, due, data="real+synthetic", found=[1.0])
    (grid,) = mixture_grids(tmp_path)
    assert [row[:3] for row in grid.rows] == [
        ("real", "1", "0.0"),
        ("real+synthetic", "1", "100.0"),
    ]
    assert grid.rows[0][3] == ""
    assert grid.rows[1][3] == "<0.001"


def test_mixtures_stand_in_the_order_of_their_amount(tmp_path, due):
    for data in ("real+synthetic15", "real+synthetic5", "synthetic", "real", "real+synthetic"):
        publish(tmp_path, due, data=data, found=[1.0])
    (grid,) = mixture_grids(tmp_path)
    names = [row[0] for row in grid.rows]
    assert names == ["real", "real+synthetic", "real+synthetic5", "real+synthetic15", "synthetic"]


def test_a_mixture_that_changes_nothing_is_not_significant(tmp_path, due):
    publish(tmp_path, due, found=[1.0])
    publish(tmp_path, due, data="2xreal", found=[1.0])
    (grid,) = mixture_grids(tmp_path)
    assert grid.rows[1][3] == "1.000"


def test_without_mixtures_there_is_no_table_of_them(tmp_path, due):
    publish(tmp_path, due, found=[1.0])
    assert mixture_grids(tmp_path) == []


def test_what_was_learned_from_synthetic_text_stands_in_the_row_of_the_figure(due):
    run = Run(system="crf", protocol="dev", data="real+synthetic")
    nothing = [Prediction(id=each.segment.id, entities=()) for each in due]
    grid = score_grid("title", {"crf": [make_result(run, due, nothing, "1.0.0")]})
    assert grid.rows[0][0] == "crf (real+synthetic)"


def test_the_deviation_is_shown_for_several_seeds_only():
    # of 0.8 and 0.9: mean 0.85, deviation 0.1 / √2 = 0.0707
    assert over_seeds([0.8, 0.9]) == "85.0 ± 7.1"
    assert over_seeds([0.8]) == "80.0"
    assert over_seeds([None, None]) == "-"
