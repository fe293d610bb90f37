"""The confusions of published systems on the test split: entity types, roles and topics."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.cli._picture import BLUE, FAINT, LIGHT, Picture
from fazhi.cli._published import result_files
from fazhi.cli._runs import examples_of
from fazhi.corpus import ENTITIES, ROLES, TOPICS, Example, Label
from fazhi.eval import EntityScores, Result, headline, read_result
from fazhi.predictions import Prediction, read_predictions

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NONE = "-"
_ENDS, _MISSED, _SPURIOUS = "wrong ends", "missed", "spurious"
_ALT = (
    "Matrices of counts, gold labels in rows and predicted ones in columns: entity types, with "
    "entities that were found with wrong ends, missed, or spurious; roles; topics. Each of the "
    "system that does best on train and validation, with its recipe's own seed."
)


@dataclass(frozen=True, slots=True)
class _Published:
    """A published result on the test split."""

    path: Path
    """Its file; the predictions lie beside it."""
    result: Result
    """What it holds."""

    @property
    def title(self) -> str:
        """The system and what it learned from."""
        return f"{self.result.run.system}, learned from {self.result.run.data}"


def confusion_picture(path: Path, baselines: Path) -> Picture:
    """What the best published systems mix up, those that are best by the protocol `dev`."""
    examples = examples_of("fixed")
    matrices = [_entity_matrix(_best(baselines, "entities micro-F1"))]
    for task, labels in (("role", ROLES), ("topic", TOPICS)):
        best = _best(baselines, f"{task} macro-F1")
        file = best.path.with_suffix(".jsonl")
        predictions = read_predictions(file, [each.segment for each in examples])
        matrices.append(_label_matrix(task, labels, best.title, examples, predictions))
    return Picture(path, _ALT, (9.0, 9.6), {"matrices": matrices}, _draw)


def _best(baselines: Path, score: str) -> _Published:
    """The system that does best by `dev`, with its own seed, so that test decides nothing."""
    tested = result_files(baselines, "fixed")
    choices = {
        name: figures[score]
        for name, paths in result_files(baselines, "dev").items()
        if name in tested and score in (figures := headline(read_result(paths[0]).scores))
    }
    path = tested[max(choices, key=lambda name: choices[name])][0]
    return _Published(path, read_result(path))


def _entity_matrix(best: _Published) -> dict[str, Any]:
    scores = best.result.scores.entities
    if scores is None:
        raise AssertionError("chosen by a score that it has")
    names = [label.name for label in ENTITIES]
    rows = [_entity_row(name, names, scores) for name in names]
    spurious = [*(scores.confusion[_NONE][name] for name in names), 0, 0]
    return {
        "title": f"entities: {best.title}",
        "rows": [*_both(ENTITIES), _SPURIOUS],
        "columns": [*names, _ENDS, _MISSED],
        "right": len(names),
        "counts": [*rows, spurious],
    }


def _entity_row(name: str, names: Sequence[str], scores: EntityScores) -> list[int]:
    """The right ones, those of another type, those with wrong ends, and those that are missed."""
    found, ends = scores.confusion[name], scores.errors[name]["boundary"]
    types = [found[other] - (ends if other == name else 0) for other in names]
    return [*types, ends, found[_NONE]]


def _label_matrix(
    task: str,
    labels: Sequence[Label],
    title: str,
    examples: Sequence[Example],
    predictions: Sequence[Prediction],
) -> dict[str, Any]:
    """Gold labels that occur against all that are predicted or occur."""
    of: Callable[[Any], str | None] = lambda each: getattr(each, task)  # noqa: E731
    pairs = Counter(
        (of(example.gold), of(prediction) or _NONE)
        for example, prediction in zip(examples, predictions, strict=True)
        if of(example.gold)
    )
    seen = {name for pair in pairs for name in pair}
    shown = [label for label in labels if label.name in seen]
    lost = [_NONE] if _NONE in seen else []
    columns = [*(label.name for label in shown), *lost]
    return {
        "title": f"{task}: {title}",
        "rows": _both(shown),
        "columns": [*(label.chinese for label in shown), *(["none"] if lost else [])],
        "right": len(shown),
        "counts": [[pairs[label.name, column] for column in columns] for label in shown],
    }


def _both(labels: Sequence[Label]) -> list[str]:
    return [f"{label.name}  {label.chinese}" for label in labels]


def _draw(figure: "Figure", data: Mapping[str, Any]) -> None:
    entities, role, topic = data["matrices"]
    figure.suptitle("Test split: gold against predicted", x=0.01, ha="left", color=FAINT)
    parts: Any = figure.subfigures(2, 1, height_ratios=[7, 11])
    above, below = parts
    for part, matrix in zip(above.subfigures(1, 2), (entities, role), strict=True):
        _draw_matrix(part.subplots(), matrix)
    _draw_matrix(below.subplots(), topic)


def _draw_matrix(axes: "Axes", matrix: Mapping[str, Any]) -> None:
    """Counts on a ground that is the darker, the larger their share."""
    from matplotlib.colors import LinearSegmentedColormap

    shares = _shares(matrix["counts"], matrix["right"])
    ground = LinearSegmentedColormap.from_list("shares", ["white", BLUE])
    axes.imshow(shares, cmap=ground, vmin=0, vmax=1, aspect="auto")
    for row, counts in enumerate(matrix["counts"]):
        for column, count in enumerate(counts):
            dark = shares[row][column] > 0.7
            colour = "white" if dark else LIGHT if not count else "black"
            right = row == column < matrix["right"]
            weight = "bold" if right or not count else "normal"
            text = str(count) if count else "·"
            axes.text(column, row, text, ha="center", va="center", color=colour, weight=weight)
    axes.set_xticks(range(len(matrix["columns"])), matrix["columns"], rotation=35, ha="right")
    axes.set_yticks(range(len(matrix["rows"])), matrix["rows"])
    axes.tick_params(length=0)
    axes.set_title(matrix["title"])
    axes.set_xlabel("predicted", color=FAINT)
    axes.set_ylabel("gold", color=FAINT)
    axes.spines[:].set_visible(False)


def _shares(counts: Sequence[Sequence[int]], labels: int) -> list[list[float]]:
    """The share of each count in its gold label, or, where gold has none, in what is predicted."""
    predicted = [sum(column) for column in zip(*counts, strict=True)]
    return [
        [
            count / max(sum(line) if row < labels else predicted[column], 1)
            for column, count in enumerate(line)
        ]
        for row, line in enumerate(counts)
    ]
