"""Models on disk: a folder with the files of the model and a card that vouches for them."""

from collections.abc import Sequence
from pathlib import Path

from fazhi._files import read_bytes, sha256, write_bytes, write_text
from fazhi._record import Record, read_json_record
from fazhi.baselines._model import Files, Model, restore_model
from fazhi.baselines._params import Params
from fazhi.baselines._recipe import Recipe
from fazhi.corpus import Example, text_hash
from fazhi.errors import InputError

_CARD = "model.json"


class ModelCard(Record):
    """The file `model.json` of a stored model."""

    recipe: Recipe
    """The recipe that it was trained from."""
    params: Params
    """The parameters that it was trained with."""
    trained_on: str
    """Hash of the texts that it was trained on."""
    files: dict[str, str]
    """SHA-256 of each file of the model."""


def save_model(
    model: Model, recipe: Recipe, params: Params, examples: Sequence[Example], folder: Path
) -> None:
    """Stores a model that was trained by a recipe on examples; the card is written last."""
    files = model.files()
    for name, content in files.items():
        write_bytes(folder / name, content)
    card = ModelCard(
        recipe=recipe,
        params=params,
        trained_on=text_hash(examples),
        files={name: sha256(content) for name, content in files.items()},
    )
    write_text(folder / _CARD, card.model_dump_json(indent=2) + "\n")


def load_model(folder: Path) -> Model:
    """A stored model, its files verified before anything is made of them.

    Raises:
        InputError: the folder holds no model, or a file of it is missing or was changed.
    """
    remedy = "Give a folder that fazhi train has written"
    card = read_json_record(ModelCard, folder / _CARD, remedy)
    files = _read_files(card, folder)
    try:
        return restore_model(card.recipe.model, files, card.params)
    except (KeyError, ValueError) as error:
        raise InputError(
            f"its files and parameters do not make a model ({type(error).__name__})",
            path=folder / _CARD,
            remedy="Train the model again",
        ) from None


def _read_files(card: ModelCard, folder: Path) -> Files:
    files = {name: read_bytes(folder / Path(name).name) for name in card.files}
    for name, content in files.items():
        if sha256(content) != card.files[name]:
            raise InputError(
                f"the file is not the one that {_CARD} vouches for",
                path=folder / name,
                remedy="Train the model again",
            )
    return files
