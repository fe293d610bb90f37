"""Pretraining of a small encoder on public texts: recipes, and what they lead to."""

from fazhi.baselines._pretraining._fetch import fetch_sources
from fazhi.baselines._pretraining._log import LogLine, Place
from fazhi.baselines._pretraining._recipe import (
    PretrainingRecipe,
    find_pretraining_recipe,
    read_pretraining_recipe,
)
from fazhi.baselines._pretraining._run import pretrain, publish_encoder

__all__ = [
    "LogLine",
    "Place",
    "PretrainingRecipe",
    "fetch_sources",
    "find_pretraining_recipe",
    "pretrain",
    "publish_encoder",
    "read_pretraining_recipe",
]
