"""What every baseline can do, how one is fitted, and how it is stored."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from fazhi._files import write_text
from fazhi._record import Record, read_json_record
from fazhi.baselines._params import CrfParams, ModelKind, Params, SvmParams
from fazhi.baselines._recipe import Recipe
from fazhi.corpus import Example, Segment, text_hash
from fazhi.predictions import Prediction


class Model(Protocol):
    """A fitted baseline."""

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """One prediction per segment, in order."""

    def save(self, folder: Path) -> None:
        """Stores what the model has learned; nothing is pickled."""


class ModelCard(Record):
    """The file `model.json` of a stored model."""

    recipe: Recipe
    """The recipe that it was trained from."""
    params: Params
    """The parameters that it was trained with."""
    trained_on: str
    """Hash of the texts that it was trained on."""


def fit_model(kind: ModelKind, examples: Sequence[Example], params: Params, seed: int) -> Model:
    """A model of this kind that has learned from the examples.

    Each kind of model is imported only when it is needed.
    """
    match kind:
        case "rules":
            from fazhi.baselines._rules import RuleModel

            return RuleModel()
        case "crf":
            from fazhi.baselines._crf import CrfModel

            return CrfModel.fit(examples, CrfParams.model_validate(params))
        case "majority":
            from fazhi.baselines._majority import MajorityModel

            return MajorityModel.fit(examples)
        case "tfidf-svm":
            from fazhi.baselines._svm import SvmModel

            return SvmModel.fit(examples, SvmParams.model_validate(params), seed)


def _load_weights(kind: ModelKind, folder: Path, params: Params) -> Model:
    match kind:
        case "rules":
            from fazhi.baselines._rules import RuleModel

            return RuleModel()
        case "crf":
            from fazhi.baselines._crf import CrfModel

            return CrfModel.load(folder)
        case "majority":
            from fazhi.baselines._majority import MajorityModel

            return MajorityModel.load(folder)
        case "tfidf-svm":
            from fazhi.baselines._svm import SvmModel

            return SvmModel.load(folder, SvmParams.model_validate(params))


def save_model(model: Model, card: ModelCard, folder: Path) -> None:
    """Stores a model in a folder of its own, its card last."""
    model.save(folder)
    write_text(folder / "model.json", card.model_dump_json(indent=2) + "\n")


def make_card(recipe: Recipe, params: Params, examples: Sequence[Example]) -> ModelCard:
    """The card of a model that was trained with these parameters on these examples."""
    return ModelCard(recipe=recipe, params=params, trained_on=text_hash(examples))


def load_model(folder: Path) -> Model:
    """A stored model.

    Raises:
        InputError: the folder holds no model, or a damaged one.
    """
    remedy = "Give a folder that fazhi train has written"
    card = read_json_record(ModelCard, folder / "model.json", remedy)
    return _load_weights(card.recipe.model, folder, card.params)
