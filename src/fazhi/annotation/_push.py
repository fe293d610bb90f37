"""Pushing tasks, annotations and predictions so that a repetition changes nothing.

An import that is cut off may have been stored or not. A push therefore lists what is there,
adds what is missing, and lists again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fazhi._names import listed
from fazhi.annotation._label_config import label_config
from fazhi.annotation._server import Project, Server, Task
from fazhi.annotation._studio_json import Region, normal_form
from fazhi.errors import MismatchError, ServerError


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model's pre-annotation of a segment."""

    model: str
    """Name and version of the model."""
    score: float | None
    """How sure it is, from 0 to 1; None for a model that cannot tell."""
    result: list[Region]
    """What it predicts."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is pushed for a segment."""

    data: dict[str, str]
    """The task's data, with its `uid`."""
    annotation: list[Region] | None = None
    """An annotation to push with it."""
    suggestion: Suggestion | None = None
    """A pre-annotation to push with it."""

    @property
    def uid(self) -> str:
        """The task's stable id."""
        return self.data["uid"]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push has added."""

    tasks: int
    """New tasks."""
    annotations: int
    """New annotations."""
    predictions: int
    """New predictions, those that replace an older one of the same model included."""


def find_project(server: Server, title: str) -> Project | None:
    """The project with a title; None if there is none.

    Raises:
        ServerError: several projects have it.
    """
    # the server strips the titles that it is given
    found = [each for each in server.projects() if each.title == title.strip()]
    if len(found) > 1:
        raise ServerError(
            f"{server.url}: {len(found)} projects are called {title!r}. "
            "Rename or delete one; push from one place at a time"
        )
    return found[0] if found else None


def push(server: Server, title: str, items: Sequence[Item]) -> Pushed:
    """Brings a project to hold every item once; what is there already is left as it is.

    Raises:
        MismatchError: an item is given twice, or the project has another labelling interface, or
            a task with another text or another annotation, or the same task twice; nothing is
            added then.
        ServerError: the server fails; the same push can be repeated.
    """
    given = Counter(item.uid for item in items)
    twice = [f"{uid} is to be pushed {count} times" for uid, count in given.items() if count > 1]
    if twice:
        raise MismatchError(f"nothing is pushed, a segment is pushed once:{listed(twice)}")
    project = find_project(server, title) or server.create_project(title, label_config())
    if _squeezed(project.label_config) != _squeezed(label_config()):
        raise MismatchError(
            f"the project {title!r} has another labelling interface. Pull what it holds, and push "
            "into a new project"
        )
    present = tasks_by_uid(server.tasks(project))
    _refuse([problem for item in items for problem in _conflicts(item, present.get(item.uid))])
    missing = [item for item in items if item.uid not in present]
    server.import_tasks(project, [_new_task(item) for item in missing])
    added = [
        _complete(server, project, item, present[item.uid]) for item in items if item.uid in present
    ]
    find_project(server, title)  # another push may have made one of the same title meanwhile
    stored = tasks_by_uid(server.tasks(project))
    _refuse([f"{item.uid} was not stored" for item in items if item.uid not in stored])
    return Pushed(
        tasks=len(missing),
        annotations=sum(a for a, _ in added) + sum(bool(item.annotation) for item in missing),
        predictions=sum(p for _, p in added) + sum(bool(item.suggestion) for item in missing),
    )


def _squeezed(xml: str) -> str:
    return "".join(xml.split())


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise MismatchError(
            f"{len(problems)} tasks on the server are not as they should be:{listed(problems)}"
        )


def tasks_by_uid(tasks: Iterable[Task]) -> dict[str, Task]:
    """Tasks by the `uid` in their data.

    Raises:
        MismatchError: a task has no uid, or two have the same one.
    """
    found = list(tasks)
    counts = Counter(each["data"].get("uid") for each in found)
    _refuse(
        [f"task {each['id']} has no uid" for each in found if not each["data"].get("uid")]
        + [
            f"{uid} is there {count} times. Delete the later ones"
            for uid, count in counts.items()
            if count > 1
        ]
    )
    return {each["data"]["uid"]: each for each in found}


def _conflicts(item: Item, task: Task | None) -> list[str]:
    if task is None:
        return []
    problems = []
    if task["data"].get("text") != item.data["text"]:
        problems.append(f"{item.uid} has another text there. Push into a new project")
    others = kept_annotations(task)
    if item.annotation and others and not _holds(others, item.annotation):
        problems.append(f"{item.uid} is annotated otherwise there. Pull it first")
    return problems


def kept_annotations(task: Task) -> list[dict[str, Any]]:
    """The annotations of a task that were not cancelled."""
    return [each for each in task["annotations"] if not each.get("was_cancelled")]


def _holds(stored: Iterable[dict[str, Any]], result: list[Region]) -> bool:
    return any(normal_form(each["result"]) == normal_form(result) for each in stored)


def _new_task(item: Item) -> Task:
    task: Task = {"data": item.data}
    if item.annotation:
        task["annotations"] = [{"result": item.annotation, "ground_truth": False}]
    if item.suggestion:
        task["predictions"] = [
            {
                "model_version": item.suggestion.model,
                "score": item.suggestion.score,
                "result": item.suggestion.result,
            }
        ]
    return task


def _unique_id(project: Project, item: Item, task: Task) -> str:
    # unique on the whole server; a cancelled annotation keeps the one that it has
    cancelled = len(task["annotations"])
    return str(uuid5(NAMESPACE_URL, f"{project.id}\n{item.uid}\n{cancelled}"))


def _complete(server: Server, project: Project, item: Item, task: Task) -> tuple[int, int]:
    """Adds to a task what it lacks; how many annotations and predictions that was."""
    annotations = predictions = 0
    if item.annotation and not kept_annotations(task):
        server.annotate(task["id"], item.annotation, _unique_id(project, item, task))
        annotations = 1
    if item.suggestion:
        same = [p for p in task["predictions"] if p["model_version"] == item.suggestion.model]
        if not _holds(same, item.suggestion.result):
            for each in same:
                server.forget_prediction(each["id"])
            server.predict(
                task["id"], item.suggestion.result, item.suggestion.model, item.suggestion.score
            )
            predictions = 1
    return annotations, predictions
