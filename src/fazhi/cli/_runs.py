"""What the commands around models share: data, protocols, runs and published results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from time import perf_counter, process_time
from types import MappingProxyType
from typing import get_args

import typer

from fazhi._names import known_name
from fazhi._paths import room
from fazhi.baselines import (
    Fold,
    Mixture,
    Params,
    Protocol,
    Recipe,
    fixed_fold,
    loro_folds,
    mix,
    predict_examples,
    train_fold,
)
from fazhi.cli._splits import gold_version, split_examples, synthetic_examples
from fazhi.cli._trials import Trial
from fazhi.corpus import SPLITS, Example
from fazhi.errors import MismatchError
from fazhi.eval import (
    Cost,
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


def examples_of(protocol: Protocol) -> list[Example]:
    """What is predicted and scored under a protocol, in corpus order."""
    splits = {"fixed": SPLITS[2:], "loro": SPLITS, "dev": SPLITS[:2]}[protocol]
    return [example for split in splits for example in split_examples(split)]


def folds_of(protocol: Protocol) -> list[Fold]:
    """The folds of a protocol on the corpus."""
    if protocol == "fixed":
        return [fixed_fold(*(split_examples(split) for split in SPLITS))]
    validation_report = split_examples("validation")[0].segment.report
    return list(loro_folds(examples_of(protocol), validation_report))


def training_folds(recipe: Recipe, protocol: Protocol) -> list[Fold]:
    """The folds of a protocol, with the mixture that the recipe's last model learns from.

    Parameters are chosen on real reports alone, whatever the mixture is.
    """
    mixture = recipe.mixture
    synthetic = synthetic_examples() if mixture.needs_synthetic else []

    def taken(part: Mixture | None, fold: Fold) -> tuple[Example, ...]:
        return mix(part, fold.final, synthetic, recipe.seed) if part else ()

    return [
        replace(fold, final=taken(mixture, fold), first=taken(mixture.first, fold))
        for fold in folds_of(protocol)
    ]


def run_trials(
    trials: Sequence[Trial], checkpoints: Path | None = None
) -> Iterator[tuple[Trial, Outcome]]:
    """Runs trials one after the other.

    Parameters are chosen on real reports alone, so that trials of a recipe which differ in what
    is drawn, and whose model knows no chance itself, have them in common.

    Args:
        trials: what is run.
        checkpoints: folder for checkpoints of networks, from which an interrupted run goes on.
    """
    chosen: dict[tuple[str, Protocol], Mapping[str, Params]] = {}
    for trial in trials:
        typer.echo(f"{trial.title}: training and predicting …", err=True)
        known = chosen.get((trial.recipe.name, trial.protocol), {})
        outcome = run_trial(trial, known, checkpoints)
        if not trial.recipe.is_random:
            chosen[trial.recipe.name, trial.protocol] = outcome.result.run.params
        yield trial, outcome


def run_trial(
    trial: Trial,
    known: Mapping[str, Params] = MappingProxyType({}),
    checkpoints: Path | None = None,
) -> Outcome:
    """Trains, predicts and scores a recipe; predictions of several folds are pooled.

    Args:
        trial: what is run.
        known: parameters that were chosen before, by fold.
        checkpoints: folder for checkpoints of networks. What a run cost is then not recorded,
            since part of it may have been done before.
    """
    folds = training_folds(trial.recipe, trial.protocol)
    return run_folds(trial, folds, known, checkpoints)


def run_folds(
    trial: Trial,
    folds: Sequence[Fold],
    known: Mapping[str, Params] = MappingProxyType({}),
    checkpoints: Path | None = None,
) -> Outcome:
    """What `run_trial` does, on folds that are given.

    Args:
        trial: what is run.
        folds: what is trained on and predicted, whatever the trial's recipe says of it.
        known: parameters that were chosen before, by fold.
        checkpoints: folder for checkpoints of networks.
    """
    recipe, protocol = trial.recipe, trial.protocol
    examples: list[Example] = []
    predictions: list[Prediction] = []
    chosen: dict[str, Params] = {}
    elapsed, processor = perf_counter(), process_time()
    for number, fold in enumerate(folds, start=1):
        if len(folds) > 1:
            typer.echo(f"{trial.system}: {fold.name}, {number} of {len(folds)} …", err=True)
        own = _with_params(recipe, known[fold.name]) if fold.name in known else recipe
        chosen[fold.name], model = train_fold(own, fold, objective, checkpoints)
        predictions += predict_examples(model, fold.test)
        examples += fold.test
    cost = Cost(
        processor_seconds=round(process_time() - processor, 1),
        elapsed_seconds=round(perf_counter() - elapsed, 1),
    )
    run = Run(
        system=trial.system,
        protocol=protocol,
        seed=recipe.seed,
        data=recipe.data,
        params=chosen,
        cost=None if checkpoints else cost,
    )
    seen = surfaces_of(split_examples("train")) if protocol == "fixed" else None
    result = make_result(run, examples, predictions, gold_version(), seen)
    return Outcome(result, tuple(predictions))


def _with_params(recipe: Recipe, params: Params) -> Recipe:
    return recipe.model_copy(update={"params": params, "search": {}})


def write_outcome(trial: Trial, outcome: Outcome, out: Path) -> None:
    """Writes the scores (`.json`) and the predictions (`.jsonl`) of a trial."""
    folder = out / trial.system
    write_predictions(folder / f"{trial.stem}.jsonl", outcome.predictions)
    write_result(folder / f"{trial.stem}.json", outcome.result)


def published_file(trial: Trial) -> Path:
    """Where the published scores of a trial stand, if there are any."""
    return room("baselines") / trial.room_folder / trial.system / f"{trial.stem}.json"


def compare_with_published(trial: Trial, outcome: Outcome) -> str:
    """A sentence on how the outcome compares with what is published.

    Raises:
        MismatchError: a figure differs by more than the recipe tolerates, or the published
            figures are of other data.
    """
    path = published_file(trial)
    if not path.exists():
        return f"{trial.title}: no {trial.protocol} result is published yet."
    published = read_result(path)
    old, new = published.provenance, outcome.result.provenance
    if (old.data_hash, old.gold_hash) != (new.data_hash, new.gold_hash):
        raise MismatchError(
            f"{trial.title}: {path} was computed on other data or gold "
            f"(version {old.gold_version}). Publish it anew with --publish"
        )
    difference = largest_difference(published.scores, outcome.result.scores)
    points, tolerated = f"{100 * difference:.2f}", f"{100 * trial.recipe.tolerance:g}"
    if difference > trial.recipe.tolerance:
        raise MismatchError(
            f"{trial.title}: a figure differs by {points} points from {path}, more than the "
            f"{tolerated} that are tolerated. Compare the package versions there with yours"
        )
    return (
        f"{trial.title}: agrees with the published result "
        f"(largest difference {points} points, {tolerated} tolerated)."
    )
