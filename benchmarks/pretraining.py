"""What each ingredient of the encoder's pretraining is worth in a short training.

Run: python benchmarks/pretraining.py SOURCES [--tokens N] [--write]. All ingredients, each one
left out, and none: the same texts, batches and seed. With --write the figures go to
`baselines/pretraining/ablation.json`, from which the encoder's card is made.
"""

import argparse
import json
import platform
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fazhi._files import write_text
from fazhi._paths import room
from fazhi.baselines import LogLine, PretrainingRecipe, find_pretraining_recipe
from fazhi.baselines._pretraining._recipe import Ingredients
from fazhi.baselines._pretraining._texts import Texts, prepare_texts
from fazhi.baselines._pretraining._train import make_trainer, train
from fazhi.baselines._pretraining._vocabulary import Vocabulary, build_vocabulary
from fazhi.corpus import read_reports

LEFT_OUT: dict[str, dict[str, float]] = {
    "all": {},
    "without PMI embeddings": {"pmi_embeddings": False},
    "without unigram bias": {"unigram_bias": False},
    "without neighbour heads": {"neighbour_heads": False},
    "with 15% masked": {"masked": 0.15},
    "none": {
        "pmi_embeddings": False,
        "unigram_bias": False,
        "neighbour_heads": False,
        "masked": 0.15,
    },
}
PACKAGES = ("numpy", "scipy", "torch", "transformers")


def shortened(
    recipe: PretrainingRecipe, tokens: int, ingredients: Ingredients
) -> PretrainingRecipe:
    """The recipe with another budget and other ingredients, measured at the end only."""
    training = recipe.training.model_copy(update={"tokens": tokens, "log_every": tokens})
    return recipe.model_copy(update={"training": training, "ingredients": ingredients})


def measured(recipe: PretrainingRecipe, texts: Texts, vocabulary: Vocabulary) -> LogLine:
    """The last line of the log of a training."""
    with TemporaryDirectory() as name:
        trainer = make_trainer(recipe, texts, vocabulary, Path(name))
        train(trainer, Path(name), float("inf"), lambda *_: None)
    return trainer.log[-1]


def ablate(recipe: PretrainingRecipe, sources: Path, tokens: int) -> list[dict[str, Any]]:
    """A row for each choice of ingredients."""
    texts = prepare_texts(recipe, sources, read_reports(room("corpus")), print)
    vocabulary = build_vocabulary(texts.trained_paragraphs(), recipe.min_frequency)
    rows = []
    for name, changes in LEFT_OUT.items():
        ingredients = recipe.ingredients.model_copy(update=changes)
        line = measured(shortened(recipe, tokens, ingredients), texts, vocabulary)
        rows.append({"name": name, "tokens": line.tokens, "held_out": line.held_out})
        losses = "  ".join(f"{source} {loss:.3f}" for source, loss in line.held_out.items())
        print(f"{name:25} {losses}", flush=True)
    return rows


def main() -> None:
    """Trains all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path, help="folder with the files of the sources")
    parser.add_argument("--recipe", default="bert-mini")
    parser.add_argument("--tokens", type=int, default=500_000, help="budget of each training")
    parser.add_argument(
        "--write", action="store_true", help="write baselines/pretraining/ablation.json"
    )
    chosen = parser.parse_args()
    recipe = find_pretraining_recipe(chosen.recipe, room("baselines"))
    record = {
        "command": f"python benchmarks/pretraining.py SOURCES --tokens {chosen.tokens} --write",
        "recipe": recipe.name,
        "seed": recipe.seed,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "rows": ablate(recipe, chosen.sources, chosen.tokens),
    }
    if chosen.write:
        path = room("baselines") / "pretraining" / "ablation.json"
        write_text(path, json.dumps(record, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
