"""The state of a training: one safetensors file, so that it is there whole or not at all."""

from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from fazhi._files import write_bytes
from fazhi.baselines._pretraining._log import Place
from fazhi.baselines._pretraining._network import Network
from fazhi.baselines._pretraining._recipe import PretrainingRecipe
from fazhi.errors import InputError, MismatchError

STATE = "state.safetensors"
_REMEDY = "Give another --out, or remove the folder to begin anew"
_MEANS = {"mean": "exp_avg", "square": "exp_avg_sq"}


def make_optimizer(network: Network, recipe: PretrainingRecipe) -> torch.optim.AdamW:
    """AdamW over all weights; biases and the weights of norms, which are vectors, do not decay."""
    training = recipe.training
    weights = list(network.parameters())
    groups: list[dict[str, Any]] = [
        {"params": [each for each in weights if each.ndim > 1]},
        {"params": [each for each in weights if each.ndim == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(
        groups,
        lr=training.rate,
        betas=training.betas,
        weight_decay=training.weight_decay,
        fused=True,
    )


def write_state(
    folder: Path,
    network: Network,
    optimizer: torch.optim.AdamW,
    place: Place,
    recipe: PretrainingRecipe,
) -> None:
    """Writes the state to a temporary name and renames it."""
    tensors = {f"weight.{name}": weight.detach() for name, weight in network.named_parameters()}
    for name, weight in network.named_parameters():
        for short, key in _MEANS.items():
            tensors[f"{short}.{name}"] = optimizer.state[weight][key]
    metadata = {"place": place.model_dump_json(), "recipe": recipe.model_dump_json()}
    write_bytes(folder / STATE, save(tensors, metadata))


def read_state(
    folder: Path, network: Network, optimizer: torch.optim.AdamW, recipe: PretrainingRecipe
) -> Place:
    """Puts a state into a network and its optimizer.

    Raises:
        InputError: the file is no state of such a network.
        MismatchError: the training was begun with another recipe. Only the budget may differ,
            and only while the rate is flat.
    """
    path = folder / STATE
    try:
        with safe_open(path, "pt") as file:
            metadata = file.metadata()
            place = Place.model_validate_json(metadata["place"])
            begun = PretrainingRecipe.model_validate_json(metadata["recipe"])
            _check_recipe(begun, recipe, place, path)
            for name, weight in network.named_parameters():
                weight.data.copy_(file.get_tensor(f"weight.{name}"))
                optimizer.state[weight] = {
                    "step": torch.tensor(float(place.step), device=weight.device),
                    **{
                        key: file.get_tensor(f"{short}.{name}").to(weight.device)
                        for short, key in _MEANS.items()
                    },
                }
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError) as error:
        what = f"it is no state of such a training ({type(error).__name__})"
        raise InputError(what, path=path, remedy=_REMEDY) from None
    return place


def _check_recipe(
    begun: PretrainingRecipe, recipe: PretrainingRecipe, place: Place, path: Path
) -> None:
    budget = {"tokens": recipe.training.tokens}
    same = begun.model_copy(update={"training": begun.training.model_copy(update=budget)})
    if same != recipe:
        raise MismatchError(f"{path}: the training was begun with another recipe. {_REMEDY}")
    if begun != recipe and place.tokens > min(
        begun.training.flat_until, recipe.training.flat_until
    ):
        raise MismatchError(
            f"{path}: the budget cannot be changed once the rate falls, after "
            f"{begun.training.flat_until:,} tokens. {_REMEDY}"
        )
