"""Models on disk: a folder with the files of the model and a card that vouches for them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fazhi._files import read_bytes, sha256, write_bytes, write_text
from fazhi._record import Record, read_json_record
from fazhi.baselines._model import (
    Files,
    Model,
    export_network,
    restore_exported,
    restore_model,
)
from fazhi.baselines._params import Params, Precision
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
    exported: Precision | None = None
    """The precision of the weights of a network that was exported to ONNX; None if it was not."""


def save_model(
    model: Model, recipe: Recipe, params: Params, examples: Sequence[Example], folder: Path
) -> None:
    """Stores a model that was trained by a recipe on examples; the card is written last."""
    card = ModelCard(recipe=recipe, params=params, trained_on=text_hash(examples), files={})
    _write(model, card, folder)


def export_model(folder: Path, precision: Precision, out: Path) -> None:
    """Stores a model for ONNX Runtime, with which it predicts without torch.

    Args:
        folder: a stored model of the kind `bert`.
        precision: of the encoder's weights: `int8`, or `fp32` as they are.
        out: where to; a folder of its own.

    Raises:
        InputError: the folder holds no model, or one that cannot be exported.
        MissingExtra: `neural` or `onnx` is not installed.
    """
    card = _read_card(folder)
    if card.recipe.model != "bert" or card.exported:
        kind = "exported already" if card.exported else f"of the kind {card.recipe.model}"
        raise InputError(
            f"the model is {kind}; what can be exported are networks, with any heads",
            path=folder,
            remedy="Give the folder of a model that fazhi train has made from a recipe over an "
            "encoder, such as bert-mini-crf",
        )
    files = _read_files(card, folder)
    with _made_of(folder):
        model = export_network(files, card.params, precision)
    _write(model, card.model_copy(update={"exported": precision}), out)


def load_model(folder: Path, *, bf16: bool = False) -> Model:
    """A stored model, its files verified before anything is made of them.

    Args:
        folder: where `save_model` or `export_model` has stored it.
        bf16: whether a network that was not exported computes with 16 bits (bfloat16).

    Raises:
        InputError: the folder holds no model, or none that can compute with 16 bits; or a file
            of it is missing or was changed.
    """
    card = _read_card(folder)
    if bf16 and (card.recipe.model != "bert" or card.exported):
        raise InputError(
            "only a network that was not exported computes with bfloat16",
            path=folder,
            remedy="Leave bf16 out",
        )
    files = _read_files(card, folder)
    with _made_of(folder):
        if card.exported:
            return restore_exported(files, card.params)
        return restore_model(card.recipe.model, files, card.params, bf16=bf16)


def _write(model: Model, card: ModelCard, folder: Path) -> None:
    files = model.files()
    for name, content in files.items():
        write_bytes(folder / name, content)
    hashes = {name: sha256(content) for name, content in files.items()}
    told = card.model_copy(update={"files": hashes}).model_dump_json(indent=2, exclude_none=True)
    write_text(folder / _CARD, f"{told}\n")


def _read_card(folder: Path) -> ModelCard:
    remedy = "Give a folder that fazhi train has written"
    return read_json_record(ModelCard, folder / _CARD, remedy)


@contextmanager
def _made_of(folder: Path) -> Iterator[None]:
    """Around what makes a model of files that are unchanged, but may not fit each other."""
    try:
        yield
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
