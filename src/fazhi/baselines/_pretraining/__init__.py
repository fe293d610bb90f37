"""Pretraining of a small encoder on public texts: recipes, and what they lead to."""

from fazhi.baselines._pretraining._log import LogLine, Place
from fazhi.baselines._pretraining._recipe import (
    PretrainingRecipe,
    find_pretraining_recipe,
    read_pretraining_recipe,
)
from fazhi.baselines._pretraining._run import pretrain

__all__ = [
    "LogLine",
    "Place",
    "PretrainingRecipe",
    "find_pretraining_recipe",
    "pretrain",
    "read_pretraining_recipe",
]
