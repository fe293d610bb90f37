"""Baselines: recipes, the models that they make, and the protocols that they are run under.

Artifacts: the `baselines/` room.
"""

from fazhi.baselines._mixture import REAL, Mixture, Part, mix
from fazhi.baselines._model import FactModel, Model, fit_model, predict_examples, predict_stream
from fazhi.baselines._params import Params, Precision, keeps_checkpoints
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
from fazhi.baselines._store import ModelCard, export_model, load_model, save_model

__all__ = [
    "REAL",
    "FactModel",
    "Fold",
    "LogLine",
    "Mixture",
    "Model",
    "ModelCard",
    "Objective",
    "Params",
    "Part",
    "Place",
    "Precision",
    "PretrainingRecipe",
    "Protocol",
    "Recipe",
    "export_model",
    "fetch_sources",
    "find_pretraining_recipe",
    "find_recipe",
    "fit_model",
    "fixed_fold",
    "keeps_checkpoints",
    "load_model",
    "loro_folds",
    "mix",
    "predict_examples",
    "predict_stream",
    "pretrain",
    "publish_encoder",
    "read_pretraining_recipe",
    "read_recipe",
    "recipe_names",
    "save_model",
    "train_fold",
]
