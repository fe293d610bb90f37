"""The protocols: the fixed split, and leave-one-report-out over all reports or some.

Parameters are always chosen on a validation report that is neither trained on nor scored:
in the fixed split it is the validation split; when a report is left out, it is the validation
split's report or, where that one is left out, the first other one. After the choice, the
model of the fixed split has seen train only, that of a left-out report all the others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fazhi.baselines._model import Model, fit_model, predict_examples
from fazhi.baselines._params import Params
from fazhi.baselines._recipe import Recipe
from fazhi.corpus import Example
from fazhi.predictions import Prediction

Protocol = Literal["fixed", "loro", "dev"]
"""`loro` leaves out each report in turn, `dev` each of train and validation: for choices."""

Objective = Callable[[Sequence[Example], Sequence[Prediction]], float]
"""Scores predictions of a validation report; higher is better."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What is trained on, tuned on and predicted once."""

    name: str
    """`test`, or the id of the report that is left out."""
    train: tuple[Example, ...]
    """What parameters are tried on."""
    validation: tuple[Example, ...]
    """What they are judged on."""
    final: tuple[Example, ...]
    """What the model that predicts has seen."""
    test: tuple[Example, ...]
    """What is predicted and scored."""
    first: tuple[Example, ...] = ()
    """What the model that predicts has seen before `final`; only networks can."""


def fixed_fold(
    train: Sequence[Example], validation: Sequence[Example], test: Sequence[Example]
) -> Fold:
    """The one fold of the fixed split."""
    return Fold("test", tuple(train), tuple(validation), tuple(train), tuple(test))


def loro_folds(examples: Sequence[Example], validation_report: str) -> Iterator[Fold]:
    """One fold for each report, in corpus order."""
    reports = list(dict.fromkeys(each.segment.report for each in examples))
    for held_out in reports:
        others = [report for report in reports if report != held_out]
        tuned_on = validation_report if validation_report in others else others[0]
        yield Fold(
            name=held_out,
            train=_of(examples, [report for report in others if report != tuned_on]),
            validation=_of(examples, [tuned_on]),
            final=_of(examples, others),
            test=_of(examples, [held_out]),
        )


def _of(examples: Sequence[Example], reports: Sequence[str]) -> tuple[Example, ...]:
    return tuple(each for each in examples if each.segment.report in reports)


def train_fold(
    recipe: Recipe, fold: Fold, objective: Objective, checkpoints: Path | None = None
) -> tuple[Params, Model]:
    """Chooses the parameters on the fold's validation report, then fits the final model.

    Args:
        recipe: the recipe.
        fold: what it is trained and judged on.
        objective: what candidates are judged by.
        checkpoints: folder for checkpoints, from which an interrupted training goes on.
    """
    params = _choose(recipe, fold, objective, checkpoints)
    seed, kind = recipe.seed, recipe.model
    return params, fit_model(kind, fold.final, params, seed, checkpoints, first=fold.first)


def _choose(recipe: Recipe, fold: Fold, objective: Objective, checkpoints: Path | None) -> Params:
    """The best parameters of the recipe's search; the earlier of two that are equally good."""
    candidates = recipe.candidates()
    if len(candidates) == 1:
        return candidates[0]

    def judge(params: Params) -> float:
        model = fit_model(recipe.model, fold.train, params, recipe.seed, checkpoints)
        return objective(fold.validation, predict_examples(model, fold.validation))

    return max(candidates, key=judge)
