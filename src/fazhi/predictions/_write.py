"""Writing predictions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fazhi._files import to_json
from fazhi._streams import write_lines
from fazhi.predictions._records import Prediction

_FACTS = ("facts", "facts_on_gold")


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """Writes predictions, a line per segment, tasks that were not attempted left out.

    One of them is held at a time; the file is there when all are written.
    """
    write_lines(path, map(prediction_line, predictions))


def prediction_line(prediction: Prediction) -> str:
    """A prediction as it is written, without a line end."""
    return to_json(_fields(prediction))


def _fields(prediction: Prediction) -> dict[str, Any]:
    # within a fact, null says that there is none
    fields = prediction.model_dump(exclude_none=True, exclude=set(_FACTS))
    facts = prediction.model_dump(include=set(_FACTS))
    return fields | {name: found for name, found in facts.items() if found is not None}
