"""`fazhi annotation pull`: the road back from Label Studio."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._annotation import annotation_app
from fazhi.cli._app import need_checkout
from fazhi.cli._studio import PROJECT, REPORTS, chosen_reports, connect

if TYPE_CHECKING:
    from fazhi.corpus import Annotation, LayerCard, Report


@annotation_app.command("pull")
def pull_command(
    layer: Annotated[str, typer.Option(help="Layer that the annotations go into.")],
    project: Annotated[str, PROJECT] = "fazhi",
    report: Annotated[list[str] | None, REPORTS] = None,
    by: Annotated[str | None, typer.Option(help="E-mail address of the annotator.")] = None,
    annotator: Annotated[
        str | None, typer.Option(help="Who annotated: 'person' or 'language model'.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help="How the layer was made, in a sentence.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let annotations of the layer change.")
    ] = False,
) -> None:
    """Pull annotations into a layer, once every span of all of them is verified.

    A new layer needs --annotator and --method; what a layer holds changes only with
    --replace. Without --report, every report that has an annotation in the project is pulled;
    into the layer
    `contributed`, of the reports that were added.

    Example: fazhi annotation pull --layer b --project trial
    """
    from fazhi.annotation import pull, pull_started, queue_file
    from fazhi.corpus import CONTRIBUTED, write_annotations, write_layer_card
    from fazhi.errors import MismatchError

    top = need_checkout("pull annotations")
    card = _card(top / "annotation", layer, annotator, method)
    server = connect()
    reports = chosen_reports(top, report)
    if layer == CONTRIBUTED:
        reports = [each for each in reports if each.source.split == CONTRIBUTED]
    segments = [segment for each in reports for segment in each.segments]
    pulled = (pull if report else pull_started)(server, project, segments, by)
    found = {each.id: each for each in pulled}
    reports = [each for each in reports if each.segments[0].id in found]
    if not reports:
        what = "of an added report" if layer == CONTRIBUTED else ""
        raise MismatchError(
            f"the project {project!r} holds no annotation {what}".rstrip()
            + ". Annotate there first"
        )
    folder = top / "annotation" / "layers" / layer
    changed = _changed(folder, reports, found)
    if changed and not replace:
        raise MismatchError(
            f"{len(changed)} segments of the layer {layer!r} would change, the first is "
            f"{changed[0]}. Add --replace if that is meant, or name another layer"
        )
    write_layer_card(folder, card)
    for each in reports:
        write_annotations(
            folder / f"{each.source.id}.jsonl", [found[segment.id] for segment in each.segments]
        )
        if layer == CONTRIBUTED:
            queue_file(top / "annotation", each.source.id).unlink(missing_ok=True)
    typer.echo(f"Pulled {len(found)} annotations of {len(reports)} reports into layer {layer!r}.")


def _changed(folder: Path, reports: list["Report"], found: dict[str, "Annotation"]) -> list[str]:
    """The segments that the layer has already, and that would change."""
    from fazhi.corpus import read_annotations

    return [
        old.id
        for each in reports
        if (file := folder / f"{each.source.id}.jsonl").exists()
        for old in read_annotations(file, each.segments)
        if old != found[old.id]
    ]


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
        card = read_layer_card(folder)
        if card.annotator == "adjudication":
            raise InputError(
                "an adjudication is not pulled",
                path=folder,
                remedy="Pull into another layer, and adjudicate with fazhi annotation import",
            )
        if (annotator or card.annotator, method or card.method) != (card.annotator, card.method):
            raise InputError(
                "the layer has another annotator or method",
                path=folder / "layer.toml",
                remedy="Leave out --annotator and --method, or name another layer",
            )
        return card
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
