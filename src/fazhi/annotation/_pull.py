"""Pulling annotations: all of a report, verified, or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fazhi._names import listed
from fazhi.annotation._push import find_project, kept_annotations, tasks_by_uid
from fazhi.annotation._server import Project, Server, Task
from fazhi.annotation._studio_read import from_result
from fazhi.corpus import Annotation, Segment
from fazhi.errors import MismatchError, ServerError, UnknownName


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a report is annotated in a project."""

    project: str
    """Title of the project."""
    report: str
    """Id of the report."""
    tasks: int
    """Its tasks."""
    annotated: int
    """Tasks that have an annotation."""
    suggested: int
    """Tasks that have a prediction."""


def progress(server: Server) -> list[Progress]:
    """The state of every report in every project of the server."""
    return [row for project in server.projects() for row in _progress(server, project)]


def _progress(server: Server, project: Project) -> list[Progress]:
    reports: dict[str, list[Task]] = {}
    for task in server.tasks(project):
        reports.setdefault(str(task["data"].get("report", "")), []).append(task)
    return [
        Progress(
            project.title,
            report,
            len(tasks),
            sum(bool(kept_annotations(each)) for each in tasks),
            sum(bool(each["predictions"]) for each in tasks),
        )
        for report, tasks in sorted(reports.items())
    ]


def pull(
    server: Server, title: str, segments: Sequence[Segment], by: str | None = None
) -> list[Annotation]:
    """The annotations of segments in a project, every span verified against the text.

    Args:
        server: the server.
        title: title of the project.
        segments: the segments; each needs a task with exactly one annotation.
        by: e-mail address of the annotator, where several have annotated.

    Raises:
        MismatchError: an annotation is missing, or there are several, or one cannot be used; the
            message lists every problem, and nothing is pulled.
        ServerError: there is no such project or annotator, or the server fails.
    """
    return _verified(_tasks(server, title), segments, _user(server, by))


def pull_started(
    server: Server, title: str, segments: Sequence[Segment], by: str | None = None
) -> list[Annotation]:
    """Like `pull`, of the reports that have at least one annotation in the project."""
    tasks = _tasks(server, title)
    started = {task["data"].get("report") for task in tasks.values() if kept_annotations(task)}
    due = [segment for segment in segments if segment.report in started]
    return _verified(tasks, due, _user(server, by))


def _tasks(server: Server, title: str) -> dict[str, Task]:
    project = find_project(server, title)
    if project is None:
        raise ServerError(f"{server.url}: no project is called {title!r}. Push one first")
    return tasks_by_uid(server.tasks(project))


def _verified(
    tasks: Mapping[str, Task], segments: Iterable[Segment], user: int | None
) -> list[Annotation]:
    annotations, problems = [], []
    for segment in segments:
        try:
            annotations.append(_annotation(segment, tasks.get(segment.id), user))
        except ExceptionGroup as group:
            problems += [f"{segment.id}: {error}" for error in group.exceptions]
    if problems:
        raise MismatchError(
            f"nothing is pulled, {len(problems)} things do not fit:{listed(problems)}"
        )
    return annotations


def _user(server: Server, email: str | None) -> int | None:
    if email is None:
        return None
    users = {address: number for number, address in server.users().items()}
    if email not in users:
        raise UnknownName("annotator", email, users)
    return users[email]


def _annotation(segment: Segment, task: Task | None, user: int | None) -> Annotation:
    found = _candidates(task, user)
    if task is None or len(found) != 1:
        raise ExceptionGroup(segment.id, [ValueError(_not_one(task, len(found)))])
    if task["data"].get("text") != segment.text:
        raise ExceptionGroup(segment.id, [ValueError("its text there is not the corpus's")])
    return from_result(found[0]["result"], segment)


def _not_one(task: Task | None, annotations: int) -> str:
    if task is None:
        return "it has no task. Push it"
    if annotations == 0:
        return "it has no annotation. Annotate it"
    return f"it has {annotations} annotations. Choose one annotator's with --by, or delete others"


def _candidates(task: Task | None, user: int | None) -> list[Mapping[str, list[dict[str, object]]]]:
    kept = kept_annotations(task) if task else []
    return [each for each in kept if user is None or each.get("completed_by") == user]
