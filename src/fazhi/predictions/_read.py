"""Reading predictions: every line is checked before anything is scored."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fazhi._files import read_jsonl, to_jsonl, write_text
from fazhi._record import to_record
from fazhi.corpus import Segment
from fazhi.errors import InputError
from fazhi.predictions._records import Prediction

_FACTS = ("facts", "facts_on_gold")
_REMEDY = 'A line is {"id", "entities": [{"start", "end", "label"}], "role", "topic"}'


def read_predictions(path: Path, segments: Sequence[Segment]) -> list[Prediction]:
    """A system's predictions, verified, in the order of the segments.

    Args:
        path: the JSON Lines file.
        segments: the segments that are to be predicted; each needs exactly one line.

    Raises:
        InputError: a line is malformed, names no such segment or one twice, holds a span that
            is out of range or overlaps another, a segment has no line, or a task is attempted
            on some segments only.
    """
    by_id = {segment.id: segment for segment in segments}
    found: dict[str, Prediction] = {}
    for line, value in read_jsonl(path):
        prediction = to_record(Prediction, value, path=path, line=line, remedy=_REMEDY)
        problem, remedy = _problem(prediction, by_id, found)
        if problem:
            raise InputError(problem, path=path, line=line, remedy=remedy)
        found[prediction.id] = prediction
    missing = [name for name in by_id if name not in found]
    if missing:
        raise InputError(
            f"{len(missing)} of {len(by_id)} segments have no line, the first is {missing[0]!r}",
            path=path,
            remedy='Write a line for every segment, with "entities": [] where there are none',
        )
    predictions = [found[segment.id] for segment in segments]
    _check_tasks(predictions, path)
    return predictions


def _check_tasks(predictions: Sequence[Prediction], path: Path) -> None:
    """A task is attempted on every segment or on none; topic only where there can be one."""
    attempted = {
        task: [each.id for each in predictions if getattr(each, task) is not None]
        for task in ("entities", "role", "topic")
    }
    if not any(attempted.values()):
        raise InputError("no task is attempted", path=path, remedy=_REMEDY)
    for task in ("entities", "role"):
        if 0 < len(attempted[task]) < len(predictions):
            missing = next(each.id for each in predictions if each.id not in attempted[task])
            raise InputError(
                f"{task!r} is given for {len(attempted[task])} of {len(predictions)} segments, "
                f"not for {missing!r}",
                path=path,
                remedy="Attempt a task on every segment, or leave it out of every line",
            )


def _problem(
    prediction: Prediction, segments: dict[str, Segment], found: dict[str, Prediction]
) -> tuple[str, str]:
    """What is wrong with a well-formed line, and the remedy; empty if nothing is."""
    if prediction.id not in segments:
        return (
            f"there is no segment {prediction.id!r} in the data that is scored",
            "Predict the segments of the split that you score; fazhi corpus show lists them",
        )
    if prediction.id in found:
        return f"the id {prediction.id!r} occurs twice", "Write one line per segment"
    length = len(segments[prediction.id].text)
    end = 0
    for entity in sorted(prediction.entities or (), key=lambda each: (each.start, each.end)):
        span = f"the span {entity.start}:{entity.end} of {prediction.id!r}"
        if not entity.start < entity.end <= length:
            return (
                f"{span} is empty or out of range (the text has {length} characters)",
                "Offsets are Python code points of the segment's text, half-open",
            )
        if entity.start < end:
            return f"{span} overlaps another one", "Entities are flat: keep one of the two"
        end = entity.end
    return "", ""


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """Writes predictions, a line per segment, tasks that were not attempted left out."""
    write_text(path, to_jsonl(map(_fields, predictions)))


def _fields(prediction: Prediction) -> dict[str, Any]:
    # within a fact, null says that there is none
    fields = prediction.model_dump(exclude_none=True, exclude=set(_FACTS))
    facts = prediction.model_dump(include=set(_FACTS))
    return fields | {name: found for name, found in facts.items() if found is not None}
