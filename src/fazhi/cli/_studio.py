"""`fazhi annotation push`, `pull`, `status`: the road through Label Studio."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._annotation import annotation_app
from fazhi.cli._app import need_checkout

if TYPE_CHECKING:
    from fazhi.annotation import Item, Region, Server, Suggestion
    from fazhi.corpus import LayerCard, Report

_PROJECT = typer.Option(help="Title of the project on the server.")
_REPORTS = typer.Option("--report", help="Id of a report; may be repeated. All if none is given.")


@annotation_app.command("push")
def push_command(
    project: Annotated[str, _PROJECT] = "fazhi",
    report: Annotated[list[str] | None, _REPORTS] = None,
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
    server = _connect()
    items = _queued(top) if queued else _items(top, report, layer, suggest)
    pushed = push(server, project, items)
    typer.echo(
        f"Added {pushed.tasks} tasks, {pushed.annotations} annotations and "
        f"{pushed.predictions} predictions to {project!r}."
    )


def _queued(top: Path) -> list["Item"]:
    from fazhi.annotation import queue_file, queued_reports, read_queue

    folder = top / "annotation"
    reports = queued_reports(folder)
    return [item for each in reports for item in read_queue(queue_file(folder, each))]


def _items(
    top: Path, names: list[str] | None, layer: str | None, suggest: list[str] | None
) -> list["Item"]:
    from fazhi.annotation import Item, task_data, to_result
    from fazhi.corpus import layer_folder, read_annotations

    folder = layer_folder(top / "annotation", layer) if layer else None
    reports = _reports(top, names)
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


def _reports(top: Path, names: list[str] | None) -> list["Report"]:
    from fazhi.corpus import find_report, read_reports

    reports = read_reports(top / "corpus")
    return [find_report(reports, name) for name in dict.fromkeys(names)] if names else reports


def _connect() -> "Server":
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


@annotation_app.command("pull")
def pull_command(
    layer: Annotated[str, typer.Option(help="Layer that the annotations go into.")],
    project: Annotated[str, _PROJECT] = "fazhi",
    report: Annotated[list[str] | None, _REPORTS] = None,
    by: Annotated[str | None, typer.Option(help="E-mail address of the annotator.")] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Who annotated: 'person' or 'language model'.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help="How the layer was made, in a sentence.")
    ] = None,
) -> None:
    """Pull annotations into a layer, every span verified; all of them, or none.

    A new layer needs --annotator and --method. Without --report, every report that has an
    annotation in the project is pulled; into the layer `contributed`, every added one.

    Example: fazhi annotation pull --layer b --project trial
    """
    from fazhi.annotation import pull, queue_file, started_reports
    from fazhi.corpus import CONTRIBUTED, write_annotations, write_layer_card
    from fazhi.errors import MismatchError

    top = need_checkout("pull annotations")
    card = _card(top / "annotation", layer, annotator, method)
    server = _connect()
    reports = _reports(top, report)
    if layer == CONTRIBUTED:
        reports = [each for each in reports if each.source.split == CONTRIBUTED]
    if not report:
        started = started_reports(server, project, [each.source.id for each in reports])
        reports = [each for each in reports if each.source.id in started]
    if not reports:
        raise MismatchError(f"the project {project!r} holds no annotation. Annotate there first")
    segments = [segment for each in reports for segment in each.segments]
    found = {each.id: each for each in pull(server, project, segments, by)}
    folder = top / "annotation" / "layers" / layer
    for each in reports:
        write_annotations(
            folder / f"{each.source.id}.jsonl", [found[segment.id] for segment in each.segments]
        )
        if layer == CONTRIBUTED:
            queue_file(top / "annotation", each.source.id).unlink(missing_ok=True)
    write_layer_card(folder, card)
    typer.echo(f"Pulled {len(found)} annotations of {len(reports)} reports into layer {layer!r}.")


def _card(annotation: Path, name: str, annotator: str | None, method: str | None) -> "LayerCard":
    """The card of the layer that is pulled: its own, or for a new layer the one described.

    Raises:
        InputError: a new layer is not described, or its name is none.
        UnknownName: there is no such kind of annotator.
    """
    from typing import get_args

    from fazhi._names import known_name
    from fazhi.annotation import guidelines_version
    from fazhi.corpus import Annotator, LayerCard, layer_folders, read_layer_card
    from fazhi.errors import InputError

    folder = annotation / "layers" / name
    if name in layer_folders(annotation):
        return read_layer_card(folder)
    if not name.replace("-", "").isalnum():
        raise InputError(
            "is no name of a layer", path=name, remedy="Use letters, digits and hyphens"
        )
    if not annotator or not method:
        raise InputError(
            "the layer is new",
            path=folder,
            remedy="Say who made it and how, with --annotator and --method",
        )
    return LayerCard(
        name=name,
        annotator=known_name("annotator", annotator, get_args(Annotator)),
        guidelines=guidelines_version(annotation / "guidelines.md"),
        method=method,
    )


@annotation_app.command("status")
def status_command() -> None:
    """Show how far each report is annotated in each project of the server.

    Example: fazhi annotation status
    """
    from fazhi.annotation import progress
    from fazhi.cli._draw import print_grids
    from fazhi.cli._grids import progress_grid

    server = _connect()
    typer.echo(f"Server: {server.url}")
    print_grids(progress_grid(progress(server)))
