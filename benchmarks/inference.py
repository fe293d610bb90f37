"""What predicting costs: a small network in four forms, and the CRF over features, in one run.

Run: python benchmarks/inference.py [--model DIR] [--crf DIR] [--characters N] [--write]. Models
that are not given are trained first. With --write the figures go to `benchmarks/inference.json`,
from which those in `baselines/README.md` are made (`readme.py`).

Timed is the whole road of `fazhi predict` from a file of segments to a file of predictions, the
models loaded; each the best of several rounds, in which all take turns. The texts are those of the
synthetic reports, as often as it takes. F1 is of the validation split.
"""

import argparse
import json
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from fazhi._files import to_jsonl, write_text
from fazhi._paths import room
from fazhi.baselines import (
    Model,
    export_model,
    find_recipe,
    load_model,
    predict_stream,
    save_model,
    train_fold,
)
from fazhi.baselines._onnx._scorer import processors
from fazhi.cli._runs import objective, training_folds
from fazhi.cli._splits import split_examples, synthetic_examples
from fazhi.corpus import Segment, read_inputs
from fazhi.eval import headline, score
from fazhi.predictions import Prediction, read_predictions, write_predictions

OUT = Path(__file__).parent / "inference.json"
NETWORK, FEATURES = "bert-mini-crf", "crf"
BASE = "PyTorch fp32"
ROUNDS = 3
PACKAGES = ("numpy", "onnx", "onnxruntime", "python-crfsuite", "torch", "transformers")


@dataclass(frozen=True, slots=True)
class Row:
    """What one of the systems costs, and finds."""

    system: str
    """The model, and how it is run."""
    rate: float
    """Characters per second."""
    ratio: float
    """This over the rate of the network as it was trained."""
    f1: float
    """Strict micro-F1 of entities on the validation split."""
    same: float
    """Share of the timed segments in which it finds what the network as it was trained does."""
    megabytes: float
    """Size of the model's folder."""


def train(name: str, folder: Path) -> float:
    """Trains a recipe into a folder, and gives the seconds that it took."""
    recipe = find_recipe(name, room("baselines"))
    (fold,) = training_folds(recipe, "fixed")
    start = perf_counter()
    params, model = train_fold(recipe, fold, objective)
    seconds = perf_counter() - start
    save_model(model, recipe, params, fold.final, folder)
    return seconds


def repeated(characters: int) -> Iterator[Segment]:
    """The segments of the synthetic reports, again and again, until there are enough characters."""
    total = 0
    for number, example in enumerate(cycle(synthetic_examples())):
        if total >= characters:
            return
        total += len(example.segment.text)
        yield example.segment.model_copy(update={"id": f"{example.segment.id}-{number}"})


def predict(model: Model, source: Path, out: Path) -> float:
    """Predicts a file as `fazhi predict` does, and gives the seconds that it took."""
    start = perf_counter()
    write_predictions(out, predict_stream(model, read_inputs([source], None)))
    return perf_counter() - start


def found(predictions: Sequence[Prediction]) -> list[list[tuple[int, int, str]]]:
    """The entities of each segment."""
    return [
        [(one.start, one.end, one.label) for one in each.entities or ()] for each in predictions
    ]


def measure(folders: dict[str, Path], models: dict[str, Model], characters: int) -> list[Row]:
    """A row for each of the systems."""
    segments = list(repeated(characters))
    size = sum(len(each.text) for each in segments)
    validation = split_examples("validation")
    seconds: dict[str, list[float]] = {name: [] for name in models}
    said: dict[str, list[list[tuple[int, int, str]]]] = {}
    with TemporaryDirectory() as name:
        source, out = Path(name) / "segments.jsonl", Path(name) / "predictions.jsonl"
        write_text(source, to_jsonl(each.model_dump() for each in segments))
        for model in models.values():
            model.predict(segments[:100])
        for _ in range(ROUNDS):
            for system, model in models.items():
                seconds[system].append(predict(model, source, out))
                said[system] = found(read_predictions(out, segments))
    best = {system: min(times) for system, times in seconds.items()}
    rows = []
    for system, model in models.items():
        predictions = model.predict([each.segment for each in validation])
        same = sum(map(list.__eq__, said[system], said[BASE])) / len(segments)
        row = Row(
            system=system,
            rate=size / best[system],
            ratio=best[BASE] / best[system],
            f1=headline(score(validation, predictions))["entities micro-F1"],
            same=same,
            megabytes=sum(each.stat().st_size for each in folders[system].iterdir()) / 1e6,
        )
        print(row, flush=True)
        rows.append(row)
    return rows


def run(model: Path, crf: Path, exported: Path, characters: int) -> list[Row]:
    """Exports a network, and measures all that is made of it and a CRF."""
    loads: dict[str, tuple[Path, Callable[[Path], Model]]] = {
        BASE: (model, load_model),
        "PyTorch bf16": (model, partial(load_model, bf16=True)),
    }
    for precision in ("fp32", "int8"):
        export_model(model, precision, exported / precision)
        loads[f"ONNX {precision}"] = (exported / precision, load_model)
    loads["CRF over features"] = (crf, load_model)
    folders = {system: folder for system, (folder, _) in loads.items()}
    models = {system: load(folder) for system, (folder, load) in loads.items()}
    return measure(folders, models, characters)


def main() -> None:
    """Measures all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help=f"folder of a model of {NETWORK}")
    parser.add_argument("--crf", type=Path, help=f"folder of a model of {FEATURES}")
    parser.add_argument("--characters", type=int, default=300_000, help="how much is predicted")
    parser.add_argument("--write", action="store_true", help=f"write benchmarks/{OUT.name}")
    chosen = parser.parse_args()
    fits: dict[str, float] = {}
    with TemporaryDirectory() as name:
        folders = {NETWORK: chosen.model, FEATURES: chosen.crf}
        for recipe, folder in folders.items():
            if folder is None:
                folders[recipe] = Path(name) / recipe
                fits[recipe] = train(recipe, folders[recipe])
                print(f"{recipe}: trained in {fits[recipe]:.0f} s", flush=True)
        rows = run(folders[NETWORK], folders[FEATURES], Path(name), chosen.characters)
    record: dict[str, Any] = {
        "command": f"python benchmarks/inference.py --characters {chosen.characters} --write",
        "machine": {"cores": processors(), "python": platform.python_version()},
        "packages": {name: version(name) for name in PACKAGES},
        "characters": chosen.characters,
        "fit_seconds": fits,
        "rows": [asdict(row) for row in rows],
    }
    if chosen.write:
        write_text(OUT, json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
