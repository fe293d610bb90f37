"""Model cards: what they say of a baseline, with one seed and with several."""

import pytest
from huggingface_hub import ModelCard

from fazhi._files import write_text
from fazhi._paths import room
from fazhi.baselines import find_recipe
from fazhi.cli._card_limits import limits_of
from fazhi.cli._model_card import model_card, published_names
from fazhi.cli._runs import Outcome, examples_of, write_outcome
from fazhi.cli._trials import trials_of
from fazhi.eval import Cost, Run, make_result
from fazhi.predictions import PredictedEntity, PredictedFact, PredictedSpan, Prediction

BASELINES = room("baselines")
SUBMISSIONS = room("eval") / "submissions"


def predicted(example, share):
    """The first entities of a segment, all its facts, and its role and topic."""
    gold = example.gold
    few = gold.entities[: round(share * len(gold.entities))]
    return Prediction(
        id=example.segment.id,
        entities=tuple(PredictedEntity(start=e.start, end=e.end, label=e.label) for e in few),
        role=gold.role,
        topic=gold.topic,
        facts_on_gold=tuple(
            PredictedFact(
                metric=PredictedSpan(start=fact.metric.start, end=fact.metric.end),
                indicator=None,
                value=fact.value,
            )
            for fact in gold.facts
        ),
    )


def publish(folder, name, shares, protocol="fixed"):
    """Publishes made-up predictions of a recipe: of each seed, the share of entities found."""
    text = (BASELINES / "recipes" / f"{name}.toml").read_text("utf-8")
    write_text(folder / "recipes" / f"{name}.toml", text)
    recipe, due = find_recipe(name, folder), examples_of(protocol)
    for trial, share in zip(trials_of(recipe, protocol, None, len(shares)), shares, strict=True):
        predictions = [predicted(each, share) for each in due]
        run = Run(
            system=name,
            protocol=protocol,
            seed=trial.recipe.seed,
            data=recipe.data,
            params={"test": recipe.params},
            cost=Cost(processor_seconds=100.0 + 100 * trial.recipe.seed, elapsed_seconds=60.0),
        )
        result = make_result(run, due, predictions, "1.0.0")
        write_outcome(trial, Outcome(result, tuple(predictions)), folder / "results")


def card_of(folder, name):
    return model_card(name, folder, SUBMISSIONS)


def index_of(card):
    """The scores that the Hub reads in the head: a value for each name."""
    return {each.metric_name: each.metric_value for each in ModelCard(card).data.eval_results}


@pytest.fixture(scope="module")
def card(tmp_path_factory):
    """The card of a network over an encoder of others, with two seeds."""
    folder = tmp_path_factory.mktemp("baselines")
    publish(folder, "bert-base-chinese-multitask", [1.0, 0.0])
    return card_of(folder, "bert-base-chinese-multitask")


class TestOfANetworkWithSeveralSeeds:
    def test_a_score_is_the_mean_with_its_deviation(self, card):
        # F1 is 1 with every entity, 0 with none: mean 50, deviation 1/√2 = 70.7
        assert "| entities, strict micro-F1 | 50.0 ± 70.7 | " in card
        assert "Seeds 0, 1. Made" in card

    def test_the_hub_reads_all_tasks_of_the_test_split(self, card):
        made_up = ", learned from synthetic reports too"
        names = index_of(card)
        assert all(name.endswith(made_up) for name in names)
        found = {name.removesuffix(made_up): value for name, value in names.items()}
        assert found["entities, strict micro-F1"] == 0.5
        assert found["role, macro-F1"] == 1.0
        # every value is right; every indicator is left out, and so is nearly every character
        assert found["values of gold METRICs, accuracy"] == 1.0
        assert found["indicators of gold METRICs, F1 of characters"] == 0.0
        data = ModelCard(card).data
        assert (data.base_model, data.language) == ("google-bert/bert-base-chinese", ["zh"])
        assert {each.dataset_split for each in data.eval_results} == {"test"}
        assert {each.dataset_config for each in data.eval_results} == {
            *("entities", "sections", "facts"),
        }

    def test_it_names_the_extra_the_encoder_and_the_settings(self, card):
        assert "Its encoder is `google-bert/bert-base-chinese`, revision `8f23c25" in card
        assert "pip install '.[neural]'" in card
        assert "fazhi reproduce bert-base-chinese-multitask --seeds 2\n" in card
        assert "| encoder_rate | 3e-05 | 3e-05 |" in card

    def test_it_says_what_was_measured_of_the_cost_and_what_was_not(self, card):
        assert "Energy was not measured." in card
        # 100 s and 200 s
        assert "150 s of processor time, 60 s by the clock" in card


class TestOfTheOnesThatArePublished:
    @pytest.mark.parametrize("name", published_names(BASELINES))
    def test_the_card_is_what_stands_beside_the_results(self, name):
        path = BASELINES / "results" / name / "README.md"
        assert path.read_text("utf-8") == card_of(BASELINES, name)

    @pytest.mark.parametrize("name", published_names(BASELINES))
    def test_whatever_learned_from_synthetic_text_says_so_beside_each_score(self, name):
        card = card_of(BASELINES, name)
        synthetic = find_recipe(name, BASELINES).mixture.needs_synthetic
        lines = [line for line in card.splitlines() if "F1" in line and any(map(str.isdigit, line))]
        lines = [line for line in lines if line.startswith(("|", "    - {"))]
        assert lines
        assert {"synthetic" in line for line in lines} == {synthetic}

    def test_a_score_in_the_head_is_that_of_the_record(self):
        from fazhi.eval import read_result

        result = read_result(BASELINES / "results" / "crf" / "fixed.json")
        found = index_of(card_of(BASELINES, "crf"))
        (official,) = [value for name, value in found.items() if name.startswith("entities")]
        assert official == round(result.scores.entities.micro.f1, 4)


def test_without_the_fixed_split_the_head_has_no_scores(tmp_path):
    publish(tmp_path, "majority", [1.0], protocol="dev")
    card = card_of(tmp_path, "majority")
    assert ModelCard(card).data.eval_results in (None, [])
    assert "## Scores" in card


def test_rules_learn_from_nothing(tmp_path):
    publish(tmp_path, "rules", [1.0])
    card = card_of(tmp_path, "rules")
    assert "It learns from nothing." in card
    assert "| entities, strict micro-F1 | 100.0 | 100.0 to 100.0 | 1 | nothing |" in card


def test_what_is_learned_first_and_then_is_told_apart(tmp_path):
    publish(tmp_path, "bert-mini", [1.0])
    card = card_of(tmp_path, "bert-mini")
    assert "- first the split `synthetic` (made up; never scored): 60 reports" in card
    assert "- then the train split: 2 reports" in card
    assert "| 1 | synthetic, then real |" in card
    assert "which has [a card](../../encoder)" in card


def test_a_network_that_sees_the_lists_says_so():
    bare = find_recipe("bert-mini", BASELINES)
    cued = bare.model_copy(update={"params": {**bare.params, "cues": "lists ngrams"}})
    assert "lists and patterns of `rules`" in limits_of(cued)
    assert "lists and patterns of `rules`" not in limits_of(bare)
