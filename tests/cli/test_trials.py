"""Which trials a recipe has, and what their files are called."""

import pytest
import typer

from fazhi._paths import room
from fazhi.baselines import find_recipe
from fazhi.cli._trials import mixture_named, trials_of


def trials(name: str, data: str | None = None, seeds: int = 3):
    return trials_of(find_recipe(name, room("baselines")), "fixed", data, seeds)


def test_each_seed_is_a_trial():
    found = trials("tfidf-svm")
    assert [each.recipe.seed for each in found] == [0, 1, 2]
    assert [each.stem for each in found] == ["fixed", "fixed.1", "fixed.2"]
    assert [each.title for each in found] == ["tfidf-svm", "tfidf-svm, seed 1", "tfidf-svm, seed 2"]


def test_what_knows_no_chance_has_one_trial():
    assert len(trials("crf")) == 1
    assert len(trials("crf", "real+synthetic")) == 1


def test_a_drawn_mixture_brings_chance():
    assert [each.stem for each in trials("crf", "real+synthetic15")] == [
        "fixed",
        "fixed.1",
        "fixed.2",
    ]


def test_the_mixture_that_was_asked_for_is_in_the_name():
    (trial,) = trials("crf", "real+synthetic")
    assert trial.system == "crf@real+synthetic"
    assert trial.recipe.data == "real+synthetic"
    assert trial.room_folder == "mixtures"


def test_the_recipes_own_data_is_not():
    (trial,) = trials("crf")
    assert (trial.system, trial.room_folder) == ("crf", "results")
    assert trial.recipe.data == find_recipe("crf", room("baselines")).data


def test_only_a_network_learns_from_one_thing_after_the_other():
    data = "synthetic-then-real"
    assert [each.system for each in trials("bert-mini-crf", data, 1)] == [f"bert-mini-crf@{data}"]
    with pytest.raises(typer.BadParameter, match="crf: only networks learn"):
        trials("crf", data)


def test_what_learns_nothing_has_no_mixture():
    with pytest.raises(typer.BadParameter, match="rules: it learns from nothing"):
        trials("rules", "synthetic")


@pytest.mark.parametrize("data", ["synthetic61", "real+synthetic61", "synthetic61-then-real"])
def test_more_reports_than_there_are_is_an_error_of_the_command_line(data):
    with pytest.raises(typer.BadParameter, match="there are 60 synthetic reports"):
        mixture_named(data)
    assert mixture_named(data.replace("61", "60")) == data.replace("61", "60")


def test_a_wrong_mixture_is_an_error_of_the_command_line():
    with pytest.raises(typer.BadParameter, match="'fake' is no mixture"):
        mixture_named("fake")
    assert mixture_named(None) is None
    assert mixture_named("real") == "real"
