"""What parameters are chosen by, and which folds a protocol has."""

import pytest

from fazhi._paths import room
from fazhi.baselines import _protocol, find_recipe
from fazhi.cli._runs import folds_of, objective, run_trial, run_trials, training_folds
from fazhi.cli._splits import split_examples
from fazhi.cli._trials import trials_of
from fazhi.eval import Cost
from fazhi.predictions import Prediction
from makers import make_example


def test_parameters_are_chosen_by_the_mean_of_the_official_figures():
    # role: right (macro-F1 1); topic: wrong (macro-F1 0); mean 1/2
    example = make_example("学法。", role="work", topic="general")
    prediction = Prediction(id=example.segment.id, role="work", topic="digital")
    assert objective([example], [prediction]) == pytest.approx(1 / 2)


def test_the_fixed_protocol_is_the_split_of_the_corpus():
    (fold,) = folds_of("fixed")
    found = [
        {each.segment.report for each in part} for part in (fold.train, fold.validation, fold.test)
    ]
    assert found == [
        {"xincai-2022", "puyangxian-2021"},
        {"guancheng-2022"},
        {"guangshan-2023", "xinxiang-2023"},
    ]
    assert fold.final == fold.train


def test_the_other_protocol_leaves_each_report_out_once(gold):
    folds = folds_of("loro")
    assert [each for fold in folds for each in fold.test] == gold
    assert all(fold.name not in {each.segment.report for each in fold.final} for fold in folds)


def test_the_protocol_for_choices_never_shows_a_test_report():
    folds = folds_of("dev")
    assert [fold.name for fold in folds] == ["xincai-2022", "puyangxian-2021", "guancheng-2022"]
    for fold in folds:
        seen = {
            each.segment.report
            for part in (fold.train, fold.validation, fold.final, fold.test)
            for each in part
        }
        assert seen == {"xincai-2022", "puyangxian-2021", "guancheng-2022"}


def test_made_up_reports_are_learned_from_and_never_tuned_on_or_predicted():
    recipe = find_recipe("crf", room("baselines")).model_copy(update={"data": "real+synthetic2"})
    (plain,), (fold,) = folds_of("fixed"), training_folds(recipe, "fixed")
    assert (fold.train, fold.validation, fold.test) == (plain.train, plain.validation, plain.test)
    assert fold.final[: len(plain.final)] == plain.final
    made_up = {each.segment.report for each in fold.final[len(plain.final) :]}
    assert len(made_up) == 2
    assert made_up.isdisjoint(each.segment.report for each in (*plain.train, *plain.test))


def test_parameters_are_chosen_once_for_all_that_is_drawn(tmp_path, monkeypatch):
    path = tmp_path / "quick.toml"
    path.write_text(
        'name = "quick"\ndescription = "x"\nmodel = "crf"\ntolerance = 0.0\n'
        "[params]\nc2 = 0.1\nmax_iterations = 2\n[search]\nc1 = [0.2, 0.1]\n",
        "utf-8",
    )
    fitted = []
    fit = _protocol.fit_model

    def counting(kind, examples, params, *rest, **options):
        fitted.append((len(examples), params["c1"]))
        return fit(kind, examples, params, *rest, **options)

    monkeypatch.setattr(_protocol, "fit_model", counting)
    trials = trials_of(find_recipe(str(path), room("baselines")), "fixed", "real+synthetic1", 3)
    outcomes = [outcome for _, outcome in run_trials(trials)]
    real = len(split_examples("train"))
    # both values are tried on real reports once, then there is one training for each seed
    assert [c1 for size, c1 in fitted if size == real] == [0.2, 0.1]
    assert len(fitted) == 2 + 3
    assert len({str(outcome.result.run.params) for outcome in outcomes}) == 1


def test_what_a_run_took_is_recorded(monkeypatch):
    # the clocks before and after: 2.5 s of the processor, 7 s by the clock
    monkeypatch.setattr("fazhi.cli._runs.process_time", iter([1.0, 3.5]).__next__)
    monkeypatch.setattr("fazhi.cli._runs.perf_counter", iter([10.0, 17.0]).__next__)
    (trial,) = trials_of(find_recipe("rules", room("baselines")), "fixed", None, 1)
    assert run_trial(trial).result.run.cost == Cost(processor_seconds=2.5, elapsed_seconds=7.0)


def test_what_a_run_took_that_may_go_on_from_another_is_not(tmp_path):
    (trial,) = trials_of(find_recipe("rules", room("baselines")), "fixed", None, 1)
    assert run_trial(trial, checkpoints=tmp_path).result.run.cost is None
