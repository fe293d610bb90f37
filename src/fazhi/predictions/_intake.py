"""What is read so far of a submission, and what the whole of it amounts to."""

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from fazhi.corpus import Segment
from fazhi.predictions._problems import Problems, shown
from fazhi.predictions._reading import Dropped, Policy, Reading, Truncated
from fazhi.predictions._records import Prediction

Task = Literal["entities", "role", "topic", "facts", "facts_on_gold"]
"""What a submission may attempt, named as the fields of a prediction."""
TASKS: tuple[Task, ...] = get_args(Task)
_ON_ALL: tuple[Task, ...] = tuple(task for task in TASKS if task != "topic")
_ALL_OR_NONE = (
    "Attempt a task on every segment, with [] where nothing is found, or leave it out of every line"
)


class Intake:
    """Collects predictions, what is wrong with them, and what was put right."""

    def __init__(self, segments: Sequence[Segment], policy: Policy):
        self.policy = policy
        self.problems = Problems()
        self.dropped: list[Dropped] = []
        self.truncated: list[Truncated] = []
        self.illegal = 0
        self._segments = {segment.id: segment for segment in segments}
        self._lines: dict[str, int] = {}
        self._attempts: dict[str, frozenset[Task]] = {}
        self._found: dict[str, Prediction] = {}

    def claim(self, name: str, line: int) -> Segment | None:
        """The segment of an id that stands at a line; None if there is none."""
        segment = self._segments.get(name)
        if segment is None:
            self.problems.add(
                line,
                f"there is no segment {shown(name)} in the data that is scored",
                "Predict the segments of the split that you score; fazhi corpus show lists them",
            )
        elif name in self._lines:
            self.problems.add(
                line,
                f"the id {shown(name)} occurs twice, first at line {self._lines[name]}",
                "Write each segment once",
            )
        else:
            self._lines[name] = line
        return segment

    def keep(self, prediction: Prediction, tasks: Iterable[Task]) -> None:
        """Takes the first prediction of a segment, and which tasks its line attempts."""
        self._attempts.setdefault(prediction.id, frozenset(tasks))
        self._found.setdefault(prediction.id, prediction)

    def reading(self, in_step: bool = True) -> Reading:
        """The whole: what is missing is listed, and filled in where the policy allows it.

        Args:
            in_step: whether it is known which segment each part speaks of.
        """
        known = in_step and not self.problems.full
        missing = tuple(name for name in self._segments if known and name not in self._lines)
        if known:
            self._check_missing(missing)
            self._check_tasks()
        return Reading(
            predictions=() if self.problems else self._complete(),
            problems=self.problems.in_order(),
            missing=missing,
            resolved=tuple(self.dropped),
            illegal=self.illegal,
            truncated=tuple(self.truncated),
        )

    def _check_missing(self, missing: Sequence[str]) -> None:
        if missing and not self.policy.allow_missing:
            self.problems.add(
                None,
                f"{len(missing)} of {len(self._segments)} segments have no line, "
                f"the first is {missing[0]!r}",
                "Write every segment, also one where nothing is found ([] or O), or count those "
                "that are missing as empty with --allow-missing",
            )

    def _check_tasks(self) -> None:
        """A task is attempted on every segment or on none; topic only where there can be one."""
        attempts = {task: sum(task in tasks for tasks in self._attempts.values()) for task in TASKS}
        if not any(attempts.values()) and (self._attempts or not self.problems):
            self.problems.add(
                None, "no task is attempted", f"Give at least one of {', '.join(TASKS)}"
            )
        for task in _ON_ALL:
            if 0 < attempts[task] < len(self._attempts):
                self._report_partial(task, attempts[task])

    def _report_partial(self, task: Task, number: int) -> None:
        without = next(name for name, tasks in self._attempts.items() if task not in tasks)
        of = f"{number} of {len(self._attempts)} segments"
        self.problems.add(
            self._lines[without],
            f"{task!r} is given for {of}, not for {without!r}",
            _ALL_OR_NONE,
        )

    def _complete(self) -> tuple[Prediction, ...]:
        """A prediction per segment; a missing one found nothing in the tasks of the others."""
        attempted = frozenset().union(*self._attempts.values())
        nothing = {task: () for task in ("entities", "facts", "facts_on_gold") if task in attempted}
        return tuple(
            self._found.get(name) or Prediction(id=name, **nothing) for name in self._segments
        )
