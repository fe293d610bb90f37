"""A recipe is a file; a bad one is named."""

import pytest

from fazhi._paths import room
from fazhi.baselines import find_recipe, read_recipe, recipe_names
from fazhi.errors import InputError, UnknownName

GOOD = 'name = "mine"\ndescription = "x"\nmodel = "majority"\ntolerance = 0.0\n'


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_every_recipe_of_the_room_can_be_read():
    assert {"crf", "majority", "rules", "tfidf-svm"} <= set(recipe_names(room("baselines")))
    for name in recipe_names(room("baselines")):
        assert find_recipe(name, room("baselines")).name == name


def test_adding_a_baseline_is_adding_a_file(path):
    assert find_recipe(str(path), room("baselines")).model == "majority"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"majority"', '"oracle"', "'model'"),
        ('description = "x"\n', "", "'description'"),
        ("tolerance = 0.0", "tolerance = -1", "'tolerance'"),
        ("tolerance = 0.0", "tolerance = 0.0\ncolour = 1", "'colour'"),
        ('name = "mine"', 'name = "yours"', "Name it as its file"),
        ("tolerance = 0.0", "tolerance =", "invalid TOML"),
    ],
)
def test_a_bad_key_is_named(path, old, new, named):
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.toml") as caught:
        read_recipe(path)
    assert named in str(caught.value)


def test_an_unknown_name_names_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean: crf"):
        find_recipe("crff", room("baselines"))


def test_a_path_that_does_not_exist():
    with pytest.raises(InputError, match="there is no such file"):
        find_recipe("nowhere/mine.toml", room("baselines"))


SVM = """name = "mine"
description = "x"
model = "tfidf-svm"
tolerance = 0.0
params = { min_count = 1, layout = 1.0, penalty = 1.0 }
search = { ngram = [1, 2] }
"""


def test_the_candidates_are_all_combinations(path):
    path.write_text(SVM.replace("[1, 2] }", "[1, 2], penalty = [1.0, 3.0] }"), encoding="utf-8")
    found = [(each["ngram"], each["penalty"]) for each in read_recipe(path).candidates()]
    assert found == [(1, 1.0), (1, 3.0), (2, 1.0), (2, 3.0)]


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("min_count = 1, ", "", "min_count"),
        ("min_count = 1", "min_count = 0", "min_count"),
        ("min_count = 1", "min_count = true", "min_count"),
        ("penalty = 1.0", "penalty = -1.0", "penalty"),
        ("penalty = 1.0", "penalty = nan", "penalty"),
        ("layout = 1.0", "layout = 1.0, foo = 3", "foo"),
        ("[1, 2]", '["two"]', "ngram"),
        ("[1, 2]", "[]", "search.ngram"),
        ("tolerance = 0.0", "tolerance = 0.0\nseed = -1", "seed"),
    ],
)
def test_a_bad_parameter_is_named_when_the_recipe_is_read(path, old, new, named):
    path.write_text(SVM.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=rf"mine\.toml: .*{named}") as caught:
        read_recipe(path)
    assert "\n" not in str(caught.value)
