"""`fazhi annotation push` and `status`: the road into Label Studio."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._annotation import annotation_app
from fazhi.cli._app import need_checkout

if TYPE_CHECKING:
    from fazhi.annotation import Item, Region, Server, Suggestion
    from fazhi.corpus import Report

PROJECT = typer.Option(help="Title of the project on the server.")
REPORTS = typer.Option("--report", help="Id of a report; may be repeated. All if none is given.")


@annotation_app.command("push")
def push_command(
    project: Annotated[str, PROJECT] = "fazhi",
    report: Annotated[list[str] | None, REPORTS] = None,
    queued: Annotated[
        bool, typer.Option("--queued", help="Push the reports that wait in annotation/queue.")
    ] = False,
    layer: Annotated[
        str | None, typer.Option(help="Push this layer's annotations with the tasks.")
    ] = None,
    suggest: Annotated[
        list[str] | None,
        typer.Option(help="Recipe or model folder that pre-annotates; may be repeated."),
    ] = None,
) -> None:
    """Push segments to Label Studio as tasks; what is there already is left as it is.

    Example: fazhi annotation push --project trial --suggest rules --suggest tfidf-svm
    """
    from fazhi.annotation import push

    top = need_checkout("push the corpus")
    server = connect()
    if queued and (report or layer or suggest):
        raise typer.BadParameter(
            "--queued pushes what waits as it is; give no other choice with it"
        )
    items = _queued(top) if queued else _items(top, report, layer, suggest)
    pushed = push(server, project, items)
    typer.echo(
        f"Added {pushed.tasks} tasks, {pushed.annotations} annotations and "
        f"{pushed.predictions} predictions to {project!r}."
    )


def _queued(top: Path) -> list["Item"]:
    from fazhi.annotation import queue_file, queued_reports, read_queue
    from fazhi.errors import MismatchError

    folder = top / "annotation"
    reports = queued_reports(folder)
    if not reports:
        raise MismatchError(f"nothing waits in {folder / 'queue'}. Add a report: fazhi corpus add")
    return [item for each in reports for item in read_queue(queue_file(folder, each))]


def _items(
    top: Path, names: list[str] | None, layer: str | None, suggest: list[str] | None
) -> list["Item"]:
    from fazhi.annotation import Item, task_data, to_result
    from fazhi.corpus import layer_folder, read_annotations

    folder = layer_folder(top / "annotation", layer) if layer else None
    reports = chosen_reports(top, names)
    segments = [segment for each in reports for segment in each.segments]
    titles = {each.source.id: each.title or each.source.id for each in reports}
    results: list[list[Region] | None] = [None] * len(segments)
    suggestions: list[Suggestion | None] = [None] * len(segments)
    if folder:
        results = [
            to_result(annotation)
            for each in reports
            for annotation in read_annotations(folder / f"{each.source.id}.jsonl", each.segments)
        ]
    if suggest:
        from fazhi.cli._suggest import suggest as suggestions_of

        suggestions = list(suggestions_of(suggest, segments))
    return [
        Item(task_data(segment, titles[segment.report]), result, suggestion)
        for segment, result, suggestion in zip(segments, results, suggestions, strict=True)
    ]


def chosen_reports(top: Path, names: list[str] | None) -> list["Report"]:
    from fazhi.corpus import find_report, read_reports

    reports = read_reports(top / "corpus")
    return [find_report(reports, name) for name in dict.fromkeys(names)] if names else reports


def connect() -> "Server":
    """The server that the environment names, or else the local one.

    Raises:
        InputError: neither is known.
    """
    import os

    from fazhi.annotation import Server, credentials_file, default_folder, read_credentials
    from fazhi.errors import InputError

    url, key = (os.environ.get(name) for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"))
    if url and key:
        return Server(url, key)
    path = credentials_file(default_folder())
    if url or key or not path.exists():
        raise InputError(
            "LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY are not both set",
            path=path,
            remedy="Set both, or start a local server: fazhi annotation serve",
        )
    known = read_credentials(default_folder())
    return Server(known.url, known.api_key)


@annotation_app.command("status")
def status_command() -> None:
    """Show how far each report is annotated in each project of the server.

    Example: fazhi annotation status
    """
    from fazhi.annotation import progress
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import progress_grid

    server = connect()
    typer.echo(f"Server: {server.url}")
    print_grids(progress_grid(progress(server)))
