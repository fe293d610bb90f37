"""No fold trains or tunes on what it scores."""

import pytest

from fazhi.baselines import Recipe, fixed_fold, loro_folds, train_fold
from makers import make_example

EXAMPLES = [
    make_example(f"第{index}段。", name=f"{report}-s{index:03d}", role=role)
    for report, role in (("aa-2020", "work"), ("bb-2020", "plan"), ("cc-2020", "plan"))
    for index in (1, 2)
]


def reports(examples) -> list[str]:
    return sorted({each.segment.report for each in examples})


def test_the_fixed_fold_trains_on_train_alone():
    fold = fixed_fold(EXAMPLES[:2], EXAMPLES[2:4], EXAMPLES[4:])
    assert reports(fold.final) == ["aa-2020"]
    assert reports(fold.validation) == ["bb-2020"]
    assert reports(fold.test) == ["cc-2020"]


@pytest.mark.parametrize("validation", ["aa-2020", "bb-2020"])
def test_every_report_is_left_out_once(validation):
    folds = list(loro_folds(EXAMPLES, validation))
    assert [fold.name for fold in folds] == ["aa-2020", "bb-2020", "cc-2020"]
    assert [each for fold in folds for each in fold.test] == EXAMPLES
    for fold in folds:
        assert reports(fold.test) == [fold.name]
        assert fold.name not in reports((*fold.train, *fold.validation, *fold.final))
        assert not set(reports(fold.train)) & set(reports(fold.validation))
        assert reports((*fold.train, *fold.validation)) == reports(fold.final)


def test_the_validation_report_tunes_every_fold_but_its_own():
    tuned_on = {fold.name: reports(fold.validation) for fold in loro_folds(EXAMPLES, "bb-2020")}
    assert tuned_on == {"aa-2020": ["bb-2020"], "bb-2020": ["aa-2020"], "cc-2020": ["bb-2020"]}


class TestSearch:
    RECIPE = Recipe(
        name="made",
        description="x",
        model="majority",
        tasks=("role",),
        tolerance=0,
        params={"kept": 1},
        search={"a": (1, 2), "b": ("x", "y")},
    )
    FOLD = fixed_fold(EXAMPLES[:2], EXAMPLES[2:4], EXAMPLES[4:])

    def choose(self, figures):
        judged = iter(figures)
        return train_fold(self.RECIPE, self.FOLD, lambda *_: next(judged))[0]

    def test_the_best_on_validation_is_taken(self):
        # candidates in order: (1, x) (1, y) (2, x) (2, y)
        assert self.choose([0.1, 0.2, 0.9, 0.3]) == {"kept": 1, "a": 2, "b": "x"}

    def test_of_two_equally_good_ones_the_earlier(self):
        assert self.choose([0.1, 0.9, 0.9, 0.3]) == {"kept": 1, "a": 1, "b": "y"}

    def test_it_is_judged_on_validation_only(self):
        seen = []
        train_fold(self.RECIPE, self.FOLD, lambda examples, _: seen.append(examples) or 0.0)
        assert {tuple(reports(examples)) for examples in seen} == {("bb-2020",)}

    def test_without_a_search_nothing_is_judged(self):
        plain = self.RECIPE.model_copy(update={"search": {}})
        params, _ = train_fold(plain, self.FOLD, lambda *_: pytest.fail("judged"))
        assert params == {"kept": 1}
