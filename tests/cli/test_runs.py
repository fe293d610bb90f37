"""What parameters are chosen by, and which folds a protocol has."""

import pytest

from fazhi._paths import room
from fazhi.baselines import find_recipe
from fazhi.cli._runs import folds_of, objective, run_trial, training_folds
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


def test_what_a_run_took_is_recorded(monkeypatch):
    # the clocks before and after: 2.5 s of the processor, 7 s by the clock
    monkeypatch.setattr("fazhi.cli._runs.process_time", iter([1.0, 3.5]).__next__)
    monkeypatch.setattr("fazhi.cli._runs.perf_counter", iter([10.0, 17.0]).__next__)
    (trial,) = trials_of(find_recipe("rules", room("baselines")), "fixed", None, 1)
    assert run_trial(trial).result.run.cost == Cost(processor_seconds=2.5, elapsed_seconds=7.0)
