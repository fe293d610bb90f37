"""What the commands around models share: data, protocols, runs and published results."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import get_args

import typer

from fazhi._names import known_name
from fazhi._paths import room
from fazhi.baselines import (
    Fold,
    Params,
    Protocol,
    Recipe,
    fixed_fold,
    loro_folds,
    predict_examples,
    train_fold,
)
from fazhi.cli._splits import gold_version, split_examples
from fazhi.corpus import SPLITS, Example
from fazhi.errors import MismatchError
from fazhi.eval import (
    Result,
    Run,
    headline,
    largest_difference,
    make_result,
    read_result,
    score,
    surfaces_of,
    write_result,
)
from fazhi.predictions import Prediction, write_predictions

PROTOCOLS: tuple[Protocol, ...] = get_args(Protocol)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of a recipe gave."""

    result: Result
    """The scores and where they come from."""
    predictions: tuple[Prediction, ...]
    """What was predicted, in corpus order."""


def protocol_named(name: str) -> Protocol:
    """The protocol of this name.

    Raises:
        UnknownName: there is none.
    """
    return known_name("protocol", name, PROTOCOLS)


def objective(examples: Sequence[Example], predictions: Sequence[Prediction]) -> float:
    """What parameters are chosen by: the mean of the official figures."""
    return fmean(headline(score(examples, predictions)).values())


def folds_of(protocol: Protocol) -> list[Fold]:
    """The folds of a protocol on the corpus."""
    train, validation, test = (split_examples(split) for split in SPLITS)
    if protocol == "fixed":
        return [fixed_fold(train, validation, test)]
    validation_report = validation[0].segment.report
    return list(loro_folds([*train, *validation, *test], validation_report))


def run_recipe(recipe: Recipe, protocol: Protocol) -> Outcome:
    """Trains, predicts and scores a recipe; predictions of several folds are pooled."""
    examples: list[Example] = []
    predictions: list[Prediction] = []
    chosen: dict[str, Params] = {}
    folds = folds_of(protocol)
    for number, fold in enumerate(folds, start=1):
        if len(folds) > 1:
            typer.echo(f"{recipe.name}: {fold.name}, {number} of {len(folds)} …", err=True)
        chosen[fold.name], model = train_fold(recipe, fold, objective)
        predictions += predict_examples(model, fold.test)
        examples += fold.test
    run = Run(system=recipe.name, protocol=protocol, seed=recipe.seed, params=chosen)
    seen = surfaces_of(split_examples("train")) if protocol == "fixed" else None
    result = make_result(run, examples, predictions, gold_version(), seen)
    return Outcome(result, tuple(predictions))


def write_outcome(outcome: Outcome, folder: Path) -> None:
    """Writes `<protocol>.json` (scores) and `<protocol>.jsonl` (predictions)."""
    protocol = outcome.result.run.protocol
    write_predictions(folder / f"{protocol}.jsonl", outcome.predictions)
    write_result(folder / f"{protocol}.json", outcome.result)


def compare_with_published(outcome: Outcome, recipe: Recipe, protocol: Protocol) -> str:
    """A sentence on how the outcome compares with what is published.

    Raises:
        MismatchError: a figure differs by more than the recipe tolerates, or the published
            figures are of other data.
    """
    path = room("baselines") / "results" / recipe.name / f"{protocol}.json"
    if not path.exists():
        return f"{recipe.name}: no {protocol} result is published yet."
    published = read_result(path)
    old, new = published.provenance, outcome.result.provenance
    if (old.data_hash, old.gold_hash) != (new.data_hash, new.gold_hash):
        raise MismatchError(
            f"{recipe.name}: {path} was computed on other data or gold "
            f"(version {old.gold_version}). Publish it anew with --publish"
        )
    difference = largest_difference(published.scores, outcome.result.scores)
    points, tolerated = f"{100 * difference:.2f}", f"{100 * recipe.tolerance:g}"
    if difference > recipe.tolerance:
        raise MismatchError(
            f"{recipe.name}: a figure differs by {points} points from {path}, more than the "
            f"{tolerated} that are tolerated. Compare the package versions there with yours"
        )
    return (
        f"{recipe.name}: agrees with the published result "
        f"(largest difference {points} points, {tolerated} tolerated)."
    )
