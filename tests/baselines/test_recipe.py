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


BERT = """name = "mine"
description = "x"
model = "bert"
tolerance = 0.0

[params]
encoder = "embedded"
tasks = "entities sections"
head = "crf"
window = 128
overlap = 32
epochs = 2
batch = 8
encoder_rate = 1e-3
head_rate = 1e-2
warm_up = 0.1
decay = 0.01
dropout = 0.1
"""


def test_a_network_may_have_several_tasks(path):
    path.write_text(BERT, encoding="utf-8")
    assert read_recipe(path).params["tasks"] == "entities sections"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"entities sections"', '"entities weather"', "tasks are entities, sections, facts"),
        ('"entities sections"', '""', "tasks are entities, sections, facts"),
        ('"crf"', '"biaffine"', "head"),
        ('head = "crf"', 'cues = "lists weather"', "cues are lists, ngrams"),
        ("overlap = 32", "overlap = 64", "less than half of the window"),
        ("window = 128", "window = 1024", "window"),
        ("epochs = 2", "epochs = 0", "epochs"),
        ("1e-3", "0.0", "encoder_rate"),
        ("dropout = 0.1", "dropout = 1.0", "dropout"),
        ('encoder = "embedded"\n', "", "encoder"),
    ],
)
def test_a_bad_parameter_of_a_network_is_named(path, old, new, named):
    path.write_text(BERT.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=rf"mine\.toml: .*{named}"):
        read_recipe(path)


ENCODERS = {
    "bert-mini": "embedded",
    "bert-base-chinese": "google-bert/bert-base-chinese",
    "chinese-roberta-wwm-ext": "hfl/chinese-roberta-wwm-ext",
    "chinese-macbert-base": "hfl/chinese-macbert-base",
    "chinese-lert-base": "hfl/chinese-lert-base",
}
HEADS = {
    "": ("softmax", "entities"),
    "-crf": ("crf", "entities"),
    "-span": ("span", "entities"),
    "-multitask": ("crf", "entities sections facts"),
}


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("suffix", HEADS)
def test_every_encoder_has_a_recipe_with_every_head(encoder, suffix):
    recipe = find_recipe(f"{encoder}{suffix}", room("baselines"))
    params = recipe.params
    assert recipe.on_request
    assert params["encoder"] == ENCODERS[encoder]
    assert (params["head"], params["tasks"]) == HEADS[suffix]


@pytest.mark.parametrize("suffix", HEADS)
def test_recipes_with_encoders_of_the_hub_differ_in_the_encoder_alone(suffix):
    hub = [name for name, encoder in ENCODERS.items() if "/" in encoder]
    recipes = [find_recipe(f"{name}{suffix}", room("baselines")) for name in hub]
    rest = [
        {key: value for key, value in each.params.items() if key not in ("encoder", "revision")}
        for each in recipes
    ]
    assert rest == rest[:1] * 4
