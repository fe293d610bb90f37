"""The head of a model card: the YAML that the Hub reads, with the scores as a model index."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import yaml

from fazhi.baselines import Protocol, Recipe
from fazhi.cli._card_scores import CardScore
from fazhi.eval import Provenance

_DATASET = "fazhi"
_SECTIONS = ("role", "topic")
_FACTS = ("indicator", "value", "indicator on gold", "value on gold")


def card_head(
    recipe: Recipe, scores: Mapping[Protocol, Sequence[CardScore]], provenance: Provenance
) -> str:
    """The head, between its two rules.

    The model index has the scores on the test split alone, as shares of 1. Whatever learned from
    synthetic reports says so in the line of each score.

    Args:
        recipe: the baseline.
        scores: its scores, by protocol.
        provenance: where they come from.
    """
    test = scores.get("fixed", ())
    tasks = [_task(each) for each in test]
    fields: dict[str, object] = {
        "license": "apache-2.0",
        "language": ["zh"],
        "library_name": "fazhi",
        "pipeline_tag": tasks[0] if tasks else "token-classification",
        "tags": ["fazhi", "legal", "chinese", recipe.model],
        "datasets": [_DATASET],
        "metrics": ["f1"],
    }
    encoder = str(recipe.params.get("encoder", ""))
    if "/" in encoder:
        fields["base_model"] = encoder
    fields["model-index"] = [{"name": recipe.name, "results": _results(recipe, test, provenance)}]
    text = yaml.safe_dump(
        fields, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=None
    )
    return f"---\n{text}---"


def _results(
    recipe: Recipe, scores: Sequence[CardScore], provenance: Provenance
) -> list[dict[str, object]]:
    made_up = ", learned from synthetic reports too" if recipe.mixture.needs_synthetic else ""
    return [
        {
            "task": {"type": _task(found[0])},
            "dataset": {
                "type": _DATASET,
                "name": f"fazhi, gold {provenance.gold_version}",
                "config": config,
                "split": "test",
            },
            "metrics": [_metric(each, made_up) for each in found],
        }
        for config, group in groupby(scores, key=_config)
        if (found := list(group))
    ]


def _metric(score: CardScore, made_up: str) -> dict[str, object]:
    kind = "accuracy" if score.title.endswith("accuracy") else "f1"
    value = round(score.seeds.mean, 4)
    return {"type": kind, "name": f"{score.title}{made_up}", "value": value}


def _task(score: CardScore) -> str:
    return "text-classification" if score.name in _SECTIONS else "token-classification"


def _config(score: CardScore) -> str:
    if score.name in _SECTIONS:
        return "sections"
    return "facts" if score.name in _FACTS else "entities"
