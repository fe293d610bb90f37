"""The trials of a recipe: the seeds and the training data that it is run with."""

from dataclasses import dataclass

import typer
from pydantic import ValidationError

from fazhi._record import explain
from fazhi.baselines import Mixture, Protocol, Recipe
from fazhi.cli._counts import report_count
from fazhi.cli._splits import synthetic_examples
from fazhi.corpus import SYNTHETIC


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One training of a recipe, with one seed and one mixture of training data."""

    recipe: Recipe
    """The recipe, with the seed and the mixture of this trial."""
    system: str
    """The recipe's name, and after an @ the mixture where one was asked for."""
    protocol: Protocol
    """What is trained on and predicted."""
    is_first: bool
    """Whether the seed is the recipe's own."""

    @property
    def room_folder(self) -> str:
        """Where its results stand in the baselines room, once they are published."""
        return "mixtures" if "@" in self.system else "results"

    @property
    def title(self) -> str:
        """What it is called: the system, and the seed unless it is first."""
        return self.system if self.is_first else f"{self.system}, seed {self.recipe.seed}"

    @property
    def stem(self) -> str:
        """Name of its files without the suffix: the protocol, and the seed unless it is first."""
        return self.protocol if self.is_first else f"{self.protocol}.{self.recipe.seed}"


def trials_of(recipe: Recipe, protocol: Protocol, data: str | None, seeds: int) -> list[Trial]:
    """The trials of a recipe: one for each seed, or a single one where nothing is left to chance.

    Args:
        recipe: what is trained.
        protocol: what it is trained on and predicts.
        data: the mixture of training data; None for the recipe's own.
        seeds: number of seeds, from the recipe's own upwards.

    Raises:
        BadParameter: the recipe cannot learn from this mixture, or from any.
    """
    system = recipe.name if data is None else f"{recipe.name}@{data}"
    chosen = _with_data(recipe, data) if data else recipe
    numbers = range(recipe.seed, recipe.seed + (seeds if chosen.has_chance else 1))
    return [
        Trial(chosen.model_copy(update={"seed": seed}), system, protocol, seed == recipe.seed)
        for seed in numbers
    ]


def _with_data(recipe: Recipe, data: str) -> Recipe:
    if recipe.model == "rules":
        message = f"{recipe.name}: it learns from nothing; leave the option out"
        raise typer.BadParameter(message, param_hint="--data")
    try:
        return Recipe.model_validate({**recipe.model_dump(), "data": data})
    except ValidationError as error:
        message = f"{recipe.name}: {explain(error)}"
        raise typer.BadParameter(message, param_hint="--data") from None


def mixture_named(notation: str | None) -> str | None:
    """The notation of a mixture, checked.

    Raises:
        BadParameter: it stands for none, or for more synthetic reports than there are.
    """
    if notation is None:
        return None
    try:
        mixture = Mixture.parse(notation)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from None
    asked = [part.reports or 0 for part in mixture.all_parts if part.source == SYNTHETIC]
    if any(asked) and max(asked) > (there := report_count(synthetic_examples())):
        message = (
            f"{notation}: there are {there} synthetic reports; write synthetic for all of them"
        )
        raise typer.BadParameter(message, param_hint="--data")
    return notation
