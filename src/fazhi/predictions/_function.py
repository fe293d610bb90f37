"""Predictions of a function that somebody wrote in Python."""

import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from functools import reduce
from pathlib import Path
from typing import Any

from fazhi._files import to_json
from fazhi.corpus import Segment
from fazhi.errors import InputError
from fazhi.predictions._intake import Intake
from fazhi.predictions._jsonl import take_line
from fazhi.predictions._problems import shown
from fazhi.predictions._reading import Policy, Reading
from fazhi.predictions._requests import requests

_NAME = "Give it as module:function, the module being installed or in the current folder"
_CONTRACT = (
    "The function takes a list of objects (id, report, kind, text, heading_path) and returns "
    "an iterable of objects in the prediction format"
)
_PLAIN = "Return dictionaries of plain Python values: int(…) and float(…) of NumPy's"


def from_function(
    function: str, segments: Sequence[Segment], policy: Policy | None = None
) -> Reading:
    """Has a function predict, and reads what it returns as if it were lines of a file.

    What it prints goes to the standard error, so that it is not taken for a result.

    Args:
        function: `module:function`; the current folder is searched too. It gets a list of
            dictionaries (id, report, kind, text, heading_path) and returns an iterable of
            dictionaries in the prediction format.
        segments: the segments that are to be predicted.
        policy: what is put right; nothing by default.

    Raises:
        InputError: there is no such function, or it raises an exception.
    """
    intake = Intake(segments, policy or Policy())
    with _exceptions_named(function), _current_folder_importable(), redirect_stdout(sys.stderr):
        found = _resolve(function)(requests(segments))
        for number, item in enumerate(_items(found, function), start=1):
            _take(number, item, intake)
            if intake.problems.full:  # as it will be if the items never end
                break
    return intake.reading()


def _take(number: int, item: object, intake: Intake) -> None:
    try:
        text = to_json(item)
    except (TypeError, ValueError, RecursionError) as error:
        what = f"the item is not JSON: {shown(str(error))}"
        intake.problems.add(number, what, _PLAIN)
        return
    take_line(number, text, intake)


def _items(found: Any, function: str) -> Iterable[object]:
    if isinstance(found, Iterable) and not isinstance(found, str | bytes | dict):
        return found
    raise InputError(f"returned {type(found).__name__}", path=function, remedy=_CONTRACT)


def _resolve(function: str) -> Callable[[list[dict[str, Any]]], object]:
    module, _, name = function.partition(":")
    if not (module and name) or module.startswith("."):
        raise InputError("is not the name of a function", path=function, remedy=_NAME)
    found: object = reduce(_member, name.split("."), _import(module, function))
    if callable(found):
        return found
    what = f"the module has no function {shown(name)}"
    raise InputError(what, path=function, remedy=_NAME)


def _member(holder: object, name: str) -> object:
    return getattr(holder, name, None)


def _import(module: str, function: str) -> Any:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if not error.name or not f"{module}.".startswith(f"{error.name}."):
            raise  # something that it imports is missing
        what = f"there is no module {shown(error.name)}"
        raise InputError(what, path=function, remedy=_NAME) from None


@contextmanager
def _current_folder_importable() -> Iterator[None]:
    folder = str(Path.cwd())
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        with suppress(ValueError):
            sys.path.remove(folder)


@contextmanager
def _exceptions_named(function: str) -> Iterator[None]:
    """What somebody else's code raises, as an error that names it; exit() is no way out."""
    try:
        yield
    except InputError:
        raise
    except (Exception, SystemExit) as error:
        raise InputError(
            f"raised {type(error).__name__}: {shown(str(error))}",
            path=function,
            remedy="Run the function on its own to see where",
        ) from None
