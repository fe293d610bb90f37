"""Recipes: one TOML file per baseline, from which it can be trained again."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from fazhi._record import Record, read_toml_record
from fazhi.errors import InputError, UnknownName

Task = Literal["entities", "role", "topic"]
ModelKind = Literal["rules", "crf", "majority", "tfidf-svm"]
Value = int | float | str
Params = dict[str, Value]


class Recipe(Record):
    """Everything that makes a baseline what it is."""

    name: str
    """Its name; the file's name without `.toml`."""
    description: str
    """What it is, in a sentence."""
    model: ModelKind
    """The kind of model."""
    tasks: tuple[Task, ...] = Field(min_length=1)
    """The tasks that it attempts."""
    seed: int = 0
    """Seed of everything random in it."""
    tolerance: float = Field(ge=0)
    """How far a reproduced score may lie from the published one."""
    params: Params = {}
    """Parameters of the model."""
    search: dict[str, tuple[Value, ...]] = {}
    """Values to try for some of the parameters; the best on the validation report is taken."""


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file.

    Raises:
        InputError: the file is unusable, or a key is missing, unknown or of the wrong type.
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
    known = recipe_names(baselines)
    if name not in known:
        raise UnknownName("recipe", name, known)
    return read_recipe(baselines / "recipes" / f"{name}.toml")
