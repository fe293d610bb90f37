"""One line of JSON as a prediction: everything that is wrong with its form is named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from fazhi._files import load_json
from fazhi.errors import InputError
from fazhi.predictions._intake import TASKS, Task
from fazhi.predictions._problems import Problems, shown
from fazhi.predictions._records import Prediction

MAX_SPANS = 5_000
"""Entities, or facts, of one line."""
_FORM = 'A line is {"id", "entities": [{"start", "end", "label"}], "role", "topic"}'
_FACT_FORM = (
    'A fact is {"metric": {"start", "end"}, "indicator": {"start", "end"} or null, '
    '"value": {"low", "high", "unit", "approximate"} or null}'
)
_PLACE = "line"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as far as it is well formed."""

    number: int
    """Number from 1."""
    prediction: Prediction
    """What it says, without what is malformed."""
    tasks: frozenset[Task]
    """The tasks that it attempts, malformed ones included."""
    malformed: frozenset[str]
    """The keys that lack something which was malformed."""


def parse_line(number: int, text: str, problems: Problems) -> Line | None:
    """A line of a submission; None where it does not say of which segment it speaks."""
    value = _object(number, text, problems)
    if value is None:
        return None
    too_long = [
        key for key, found in value.items() if isinstance(found, list) and len(found) > MAX_SPANS
    ]
    for key in too_long:
        problems.add(
            number, f"key {shown(key)} lists more than {MAX_SPANS:,} items", "Give the best ones"
        )
    kept = {key: found for key, found in value.items() if key not in too_long}
    prediction, malformed = _validate(number, kept, problems)
    if prediction is None:
        return None
    tasks = frozenset(task for task in TASKS if value.get(task) is not None)
    return Line(number, prediction, tasks, malformed | frozenset(too_long))


def _object(number: int, text: str, problems: Problems) -> dict[str, Any] | None:
    try:
        value = load_json(text, _PLACE)
    except InputError as error:
        reason = str(error).removeprefix(f"{_PLACE}: ").removesuffix(f". {error.remedy}")
        problems.add(number, reason, error.remedy)
        return None
    if isinstance(value, dict):
        return value
    found = type(value).__name__
    problems.add(
        number, f"expected a JSON object, found {found}", f"No array around the lines. {_FORM}"
    )
    return None


def _validate(
    number: int, value: dict[str, Any], problems: Problems
) -> tuple[Prediction | None, frozenset[str]]:
    """The prediction that is left without what is malformed, and the keys that lost something."""
    try:
        return Prediction.model_validate(value), frozenset()
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
    for each in errors:
        key = ".".join(map(str, each["loc"]))
        reason = " ".join(each["msg"].removeprefix("Value error, ").split())[:200]
        form = _FACT_FORM if key.startswith("facts") else _FORM
        problems.add(number, f"key {shown(key)}: {reason}" if key else reason, form)
    places = [each["loc"] for each in errors]
    if () in places:  # a key holds half a surrogate pair
        return None, frozenset()
    try:
        rest = Prediction.model_validate(_without(value, places))
    except ValidationError:  # the id is what is wrong
        return None, frozenset()
    return rest, frozenset(str(loc[0]) for loc in places)


def _without(value: dict[str, Any], places: Iterable[tuple[int | str, ...]]) -> dict[str, Any]:
    """An object without the keys that are wrong, and lists without the items that are."""
    keys: set[str | int] = set()
    items: dict[str | int, set[str | int]] = defaultdict(set)
    for key, *inside in places:
        if inside:
            items[key].add(inside[0])
        else:
            keys.add(key)
    return {
        key: [each for index, each in enumerate(found) if index not in items[key]]
        if key in items
        else found
        for key, found in value.items()
        if key not in keys
    }
