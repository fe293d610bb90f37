"""Every kind of model learns, repeats itself, and survives being stored."""

import json

import pytest

from fazhi._paths import room
from fazhi.baselines import find_recipe, fit_model, load_model, save_model
from fazhi.errors import InputError

PARAMS = {
    "rules": {},
    "crf": {"c1": 0.1, "c2": 0.1, "max_iterations": 15},
    "majority": {},
    "tfidf-svm": {"ngram": 2, "penalty": 1.0, "min_count": 1, "layout": 1.0},
}
TASKS = {
    "rules": {"entities"},
    "crf": {"entities"},
    "majority": {"role", "topic"},
    "tfidf-svm": {"role", "topic"},
}


@pytest.fixture(scope="module")
def few(gold):
    return [each for each in gold if each.segment.report == "puyangxian-2021"]


@pytest.fixture(params=sorted(PARAMS))
def kind(request):
    return request.param


def fit(kind, examples):
    return fit_model(kind, examples, PARAMS[kind], 0)


def test_it_predicts_every_segment_in_order(kind, few):
    segments = [each.segment for each in few]
    assert [each.id for each in fit(kind, few).predict(segments)] == [each.id for each in segments]


def test_it_attempts_its_tasks_and_no_others(kind, few):
    predictions = fit(kind, few).predict([each.segment for each in few])
    attempted = {
        task
        for task in ("entities", "role", "topic")
        if any(getattr(each, task) is not None for each in predictions)
    }
    assert attempted == TASKS[kind]


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
    segments = [each.segment for each in gold[:60]]
    assert load_model(tmp_path).predict(segments) == model.predict(segments)


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


FILES = [
    ("crf", "model.crfsuite"),
    ("tfidf-svm", "svm.safetensors"),
    ("tfidf-svm", "svm.json"),
    ("majority", "majority.json"),
]


@pytest.mark.parametrize(("kind", "file"), FILES)
@pytest.mark.parametrize("damage", ["cut", "changed", "emptied", "removed"])
def test_a_damaged_file_is_refused_before_it_is_used(kind, file, damage, few, tmp_path):
    recipe = find_recipe(kind, room("baselines"))
    save_model(fit(kind, few), recipe, PARAMS[kind], few, tmp_path)
    path = tmp_path / file
    content = path.read_bytes()
    middle = len(content) // 2
    match damage:
        case "cut":
            path.write_bytes(content[:middle])
        case "changed":
            path.write_bytes(content[:middle] + b"#" + content[middle + 1 :])
        case "emptied":
            path.write_bytes(b"")
        case "removed":
            path.unlink()
    with pytest.raises(InputError, match=rf"{file}: .*(vouches|empty|no such file)"):
        load_model(tmp_path)


def test_a_card_without_its_files_is_refused(few, tmp_path):
    recipe = find_recipe("majority", room("baselines"))
    save_model(fit("majority", few), recipe, {}, few, tmp_path)
    card = json.loads((tmp_path / "model.json").read_text("utf-8"))
    (tmp_path / "model.json").write_text(json.dumps({**card, "files": {}}), encoding="utf-8")
    with pytest.raises(InputError, match="do not make a model"):
        load_model(tmp_path)


def test_a_heading_is_told_by_its_layout(gold, few):
    # the layout features reach the role classifier: all headings of other reports are found
    headings = [e for e in gold if e.segment.kind == "heading" and e not in few]
    predictions = fit("tfidf-svm", few).predict([each.segment for each in headings])
    assert {each.role for each in predictions} == {"heading"}
