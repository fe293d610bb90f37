"""Every kind of model learns, repeats itself, and survives being stored."""

import pytest

from fazhi._paths import room
from fazhi.baselines import find_recipe, load_model, model_class, save_model
from fazhi.errors import InputError

PARAMS = {
    "rules": {},
    "crf": {"c1": 0.1, "c2": 0.1, "max_iterations": 15},
    "majority": {},
    "tfidf-svm": {"ngram": 2, "C": 1.0, "min_count": 1},
}


@pytest.fixture(scope="module")
def few(gold):
    return [each for each in gold if each.segment.report == "puyangxian-2021"]


@pytest.fixture(params=sorted(PARAMS))
def kind(request):
    return request.param


def fit(kind, examples):
    return model_class(kind).fit(examples, PARAMS[kind], 0)


def test_it_predicts_every_segment_in_order(kind, few):
    segments = [each.segment for each in few]
    assert [each.id for each in fit(kind, few).predict(segments)] == [each.id for each in segments]


def test_it_attempts_the_tasks_of_its_recipe(kind, few):
    predictions = fit(kind, few).predict([each.segment for each in few])
    attempted = {
        task
        for task in ("entities", "role", "topic")
        if any(getattr(each, task) is not None for each in predictions)
    }
    assert attempted == set(find_recipe(kind, room("baselines")).tasks)


def test_training_twice_stores_the_same_bytes(kind, few, tmp_path):
    for name in ("first", "second"):
        recipe = find_recipe(kind, room("baselines"))
        save_model(fit(kind, few), recipe, PARAMS[kind], few, tmp_path / name)
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("first", "second")
    )
    assert first == second


def test_a_stored_model_predicts_the_same(kind, few, gold, tmp_path):
    model = fit(kind, few)
    save_model(model, find_recipe(kind, room("baselines")), PARAMS[kind], few, tmp_path)
    card, loaded = load_model(tmp_path)
    segments = [each.segment for each in gold[:60]]
    assert loaded.predict(segments) == model.predict(segments)
    assert (card.recipe.name, card.params) == (kind, PARAMS[kind])


def test_what_is_learned_beats_what_is_not(few):
    # majority gives one role to all; the SVM has seen these very segments
    segments = [each.segment for each in few]

    def right(kind):
        predictions = fit(kind, few).predict(segments)
        return sum(p.role == e.gold.role for p, e in zip(predictions, few, strict=True))

    assert right("tfidf-svm") == len(few) > right("majority")


def test_a_folder_that_holds_no_model_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"model\.json: there is no such file"):
        load_model(tmp_path)


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("crf", "model.crfsuite"),
        ("tfidf-svm", "svm.safetensors"),
        ("tfidf-svm", "svm.json"),
        ("majority", "majority.json"),
    ],
)
@pytest.mark.parametrize("content", [b"broken", b"{}", None])
def test_damaged_weights_are_refused(kind, file, content, few, tmp_path):
    recipe = find_recipe(kind, room("baselines"))
    save_model(fit(kind, few), recipe, PARAMS[kind], few, tmp_path)
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(
        InputError, match=r"Train the model again|invalid JSON|there is no such file"
    ):
        load_model(tmp_path)
