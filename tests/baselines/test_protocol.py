"""No fold trains or tunes on what it scores."""

import pytest

from fazhi.baselines import Fold, Recipe, _protocol, fixed_fold, loro_folds, train_fold
from fazhi.predictions import Prediction
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
        model="crf",
        tolerance=0,
        params={"max_iterations": 1},
        search={"c1": (0.1, 0.2), "c2": (1.0, 2.0)},
    )
    FOLD = Fold("made", *(tuple(EXAMPLES[i : i + 1]) for i in range(4)))

    @pytest.fixture
    def fitted(self, monkeypatch):
        """What every model was fitted on, in order; nothing is really fitted."""
        seen = []

        class Silent:
            def predict(self, segments):
                return [Prediction(id=each.id) for each in segments]

        def fit_model(kind, examples, params, seed, checkpoints, *, first=()):
            assert checkpoints is None
            assert first == ()
            seen.append((kind, examples, params, seed))
            return Silent()

        monkeypatch.setattr(_protocol, "fit_model", fit_model)
        return seen

    def choose(self, figures):
        judged = iter(figures)
        params, _ = train_fold(self.RECIPE, self.FOLD, lambda *_: next(judged))
        return params["c1"], params["c2"]

    def test_the_best_on_validation_is_taken(self, fitted):
        # candidates in order: (0.1, 1) (0.1, 2) (0.2, 1) (0.2, 2)
        assert self.choose([0.1, 0.2, 0.9, 0.3]) == (0.2, 1.0)

    def test_of_two_equally_good_ones_the_earlier(self, fitted):
        assert self.choose([0.1, 0.9, 0.9, 0.3]) == (0.1, 2.0)

    def test_candidates_learn_from_train_and_the_last_model_from_final(self, fitted):
        self.choose([0.1, 0.2, 0.9, 0.3])
        assert [examples for _, examples, _, _ in fitted] == [self.FOLD.train] * 4 + [
            self.FOLD.final
        ]
        assert fitted[-1][2] == {"max_iterations": 1, "c1": 0.2, "c2": 1.0}

    def test_candidates_are_judged_on_validation(self, fitted):
        seen = []

        def objective(examples, predictions):
            seen.append((examples, [each.id for each in predictions]))
            return 0.0

        train_fold(self.RECIPE, self.FOLD, objective)
        due = (self.FOLD.validation, [each.segment.id for each in self.FOLD.validation])
        assert seen == [due] * 4

    def test_without_a_search_nothing_is_judged(self, fitted):
        plain = self.RECIPE.model_copy(update={"search": {}})
        params, _ = train_fold(plain, self.FOLD, lambda *_: pytest.fail("judged"))
        assert params == {"max_iterations": 1}
        assert len(fitted) == 1
