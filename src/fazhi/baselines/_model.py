"""What every baseline can do, and how it is stored."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

from fazhi._files import write_text
from fazhi._record import Record, read_json_record
from fazhi.baselines._recipe import ModelKind, Params, Recipe
from fazhi.corpus import Example, Segment, text_hash
from fazhi.predictions import Prediction


class Model(Protocol):
    """A fitted baseline."""

    @classmethod
    def fit(cls, examples: Sequence[Example], params: Params, seed: int) -> Self:
        """A model that has learned from the examples."""

    @classmethod
    def load(cls, folder: Path, params: Params) -> Self:
        """A model that `save` has stored."""

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """One prediction per segment, in order."""

    def save(self, folder: Path) -> None:
        """Stores what `load` needs, apart from the parameters; nothing is pickled."""


class ModelCard(Record):
    """The file `model.json` of a stored model."""

    recipe: Recipe
    """The recipe that it was trained from."""
    params: Params
    """The parameters that it was trained with."""
    trained_on: str
    """Hash of the texts that it was trained on."""


def model_class(kind: ModelKind) -> type[Model]:
    """The class of a kind of model; imports what only that kind needs."""
    match kind:
        case "rules":
            from fazhi.baselines._rules import RuleModel

            return RuleModel
        case "crf":
            from fazhi.baselines._crf import CrfModel

            return CrfModel
        case "majority":
            from fazhi.baselines._majority import MajorityModel

            return MajorityModel
        case "tfidf-svm":
            from fazhi.baselines._svm import SvmModel

            return SvmModel


def save_model(
    model: Model, recipe: Recipe, params: Params, examples: Sequence[Example], folder: Path
) -> None:
    """Stores a model in a folder of its own, with its card."""
    model.save(folder)
    card = ModelCard(recipe=recipe, params=params, trained_on=text_hash(examples))
    write_text(folder / "model.json", card.model_dump_json(indent=2) + "\n")


def load_model(folder: Path) -> tuple[ModelCard, Model]:
    """A stored model and its card.

    Raises:
        InputError: the folder holds no model, or a damaged one.
    """
    remedy = "Give a folder that fazhi train has written"
    card = read_json_record(ModelCard, folder / "model.json", remedy)
    return card, model_class(card.recipe.model).load(folder, card.params)
