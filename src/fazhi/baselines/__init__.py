"""Baselines: recipes, the models that they make, and the protocols that they are run under.

Artifacts: the `baselines/` room.
"""

from fazhi.baselines._mixture import REAL, Mixture, mix
from fazhi.baselines._model import Model, fit_model
from fazhi.baselines._params import Params
from fazhi.baselines._pretraining import (
    LogLine,
    Place,
    PretrainingRecipe,
    fetch_sources,
    find_pretraining_recipe,
    pretrain,
    publish_encoder,
    read_pretraining_recipe,
)
from fazhi.baselines._protocol import Fold, Objective, Protocol, fixed_fold, loro_folds, train_fold
from fazhi.baselines._recipe import Recipe, find_recipe, read_recipe, recipe_names
from fazhi.baselines._store import ModelCard, load_model, save_model

__all__ = [
    "REAL",
    "Fold",
    "LogLine",
    "Mixture",
    "Model",
    "ModelCard",
    "Objective",
    "Params",
    "Place",
    "PretrainingRecipe",
    "Protocol",
    "Recipe",
    "fetch_sources",
    "find_pretraining_recipe",
    "find_recipe",
    "fit_model",
    "fixed_fold",
    "load_model",
    "loro_folds",
    "mix",
    "pretrain",
    "publish_encoder",
    "read_pretraining_recipe",
    "read_recipe",
    "recipe_names",
    "save_model",
    "train_fold",
]
