"""Baselines: recipes, the models that they make, and the protocols that they are run under.

Artifacts: the `baselines/` room.
"""

from fazhi.baselines._model import Model, ModelCard, load_model, model_class, save_model
from fazhi.baselines._protocol import (
    Fold,
    Objective,
    Protocol,
    fixed_fold,
    loro_folds,
    train_fold,
)
from fazhi.baselines._recipe import Params, Recipe, Task, find_recipe, read_recipe, recipe_names

__all__ = [
    "Fold",
    "Model",
    "ModelCard",
    "Objective",
    "Params",
    "Protocol",
    "Recipe",
    "Task",
    "find_recipe",
    "fixed_fold",
    "load_model",
    "loro_folds",
    "model_class",
    "read_recipe",
    "recipe_names",
    "save_model",
    "train_fold",
]
