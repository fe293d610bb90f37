"""Problems: collected while a submission is read, shown when it is refused."""

from pathlib import Path

from fazhi._names import listed
from fazhi.errors import InputError
from fazhi.predictions._reading import MAX_PROBLEMS, Problem, Reading
from fazhi.predictions._records import Prediction

_SHOWN_PROBLEMS = 20
_SHOWN_CHARACTERS = 60


class Problems:
    """What is wrong with a submission, as far as it was read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    @property
    def full(self) -> bool:
        """Whether no more are kept, so that reading on is in vain."""
        return len(self._found) >= MAX_PROBLEMS

    def add(self, line: int | None, what: str, remedy: str) -> None:
        """Keeps one more problem, unless there are too many."""
        if not self.full:
            self._found.append(Problem(line, what, remedy))

    def __len__(self) -> int:
        return len(self._found)

    def in_order(self) -> tuple[Problem, ...]:
        """The problems of the whole, then those of each line."""
        return tuple(sorted(self._found, key=lambda each: each.line or 0))


def shown(value: object) -> str:
    """A value of a submission for a message: quoted, printable and short."""
    if isinstance(value, str) and len(value) > _SHOWN_CHARACTERS:
        return f"{value[:_SHOWN_CHARACTERS]!r}…"
    text = repr(value)
    return f"{text[:_SHOWN_CHARACTERS]}…" if len(text) > 4 * _SHOWN_CHARACTERS else text


def accept(reading: Reading, source: Path | str) -> list[Prediction]:
    """The predictions of a reading without problems, in the order of the segments.

    Args:
        reading: what was read.
        source: the file, function or program that it was read from.

    Raises:
        InputError: there are problems; the first 20 are named and the others counted.
    """
    problems = reading.problems
    if len(problems) == 1:
        (only,) = problems
        raise InputError(only.what, path=source, line=only.line, remedy=only.remedy)
    if problems:
        number = f"{len(problems)} problems"
        stopped = ", where reading stopped" if reading.stopped else ""
        remedy = f"Mend each:{listed(map(str, problems), _SHOWN_PROBLEMS)}"
        raise InputError(number + stopped, path=source, remedy=remedy)
    return list(reading.predictions)
