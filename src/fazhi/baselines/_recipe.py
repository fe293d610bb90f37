"""Recipes: one TOML file per baseline, from which it can be trained again."""

from itertools import product
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from fazhi._names import known_name
from fazhi._record import Record, explain, read_toml_record
from fazhi.baselines._mixture import REAL, Mixture
from fazhi.baselines._params import PARAMS, RANDOM, ModelKind, Params, Value
from fazhi.errors import InputError


class Recipe(Record):
    """Everything that makes a baseline what it is."""

    name: str
    """Its name; the file's name without `.toml`."""
    description: str
    """What it is, in a sentence."""
    model: ModelKind
    """The kind of model."""
    seed: int = Field(default=0, ge=0, lt=2**32)
    """Seed of everything random in it."""
    tolerance: float = Field(ge=0)
    """How far a reproduced figure, in [0, 1], may lie from the published one."""
    data: str = REAL
    """The mixture that it learns from."""
    on_request: bool = False
    """Whether it is run only where it is named: it needs the extra `neural`, time, or the Hub."""
    params: Params = {}
    """Parameters of the model."""
    search: dict[str, Annotated[tuple[Value, ...], Field(min_length=1)]] = {}
    """Values to try for further parameters; the best on the validation report is taken."""

    def candidates(self) -> list[Params]:
        """All combinations of the values to try, in the order of the file."""
        return [
            {**self.params, **dict(zip(self.search, values, strict=True))}
            for values in product(*self.search.values())
        ]

    @property
    def mixture(self) -> Mixture:
        """What it learns from."""
        return Mixture.parse(self.data)

    @property
    def is_random(self) -> bool:
        """Whether another seed can make another model of the same data."""
        return self.model in RANDOM

    @property
    def has_chance(self) -> bool:
        """Whether another seed can give other predictions."""
        return self.is_random or self.mixture.is_drawn

    @field_validator("data")
    @classmethod
    def _data_is_a_mixture(cls, data: str) -> str:
        Mixture.parse(data)
        return data

    @model_validator(mode="after")
    def _order_fits_model(self) -> Self:
        if self.mixture.first and self.model != "bert":
            raise ValueError(
                "only networks learn from one thing after the other; write + for -then-"
            )
        return self

    @model_validator(mode="after")
    def _params_fit_model(self) -> Self:
        for params in self.candidates():
            try:
                PARAMS[self.model].model_validate(params)
            except ValidationError as error:
                raise ValueError(f"the parameters do not fit: {explain(error)}") from None
        return self


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file.

    Raises:
        InputError: the file is unusable, or a key or parameter is missing, unknown or wrong.
    """
    recipe = read_toml_record(Recipe, path)
    if recipe.name != path.stem:
        raise InputError(
            f"the recipe is called {recipe.name!r}", path=path, remedy="Name it as its file"
        )
    return recipe


def recipe_names(baselines: Path) -> list[str]:
    """The names of all recipes of the baselines room, sorted."""
    return sorted(path.stem for path in (baselines / "recipes").glob("*.toml"))


def find_recipe(name: str, baselines: Path) -> Recipe:
    """The recipe of this name in the baselines room, or in a file if the name is a path.

    Raises:
        UnknownName: there is none.
        InputError: the file is unusable.
    """
    if name.endswith(".toml"):
        return read_recipe(Path(name))
    known = known_name("recipe", name, recipe_names(baselines))
    return read_recipe(baselines / "recipes" / f"{known}.toml")
