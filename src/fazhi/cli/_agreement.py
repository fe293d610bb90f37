"""`fazhi annotation agreement`: how far two layers agree, from the shipped layers alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._annotation import annotation_app
from fazhi.cli._app import need_checkout

if TYPE_CHECKING:
    from fazhi.annotation import Agreement
    from fazhi.corpus import Annotation, LayerCard, Segment, Split


_PUBLISHED = ("a", "b")


@annotation_app.command("agreement")
def agreement_command(
    left: Annotated[str, typer.Option(help="A layer.")] = "a",
    right: Annotated[str, typer.Option(help="Another layer.")] = "b",
    write: Annotated[
        bool, typer.Option("--write", help="Update annotation/agreement.json and the README.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare both with what the layers give.")
    ] = False,
) -> None:
    """Measure how far two annotation layers agree, with intervals over reports.

    Example: fazhi annotation agreement --left a --right gold
    """
    from fazhi._paths import room
    from fazhi.cli._documents import agreement_page, keep_documents
    from fazhi.cli._draw import print_grids
    from fazhi.cli._measures import agreement_grid

    measured, sentence = measure(left, right, room("annotation"))
    grid = agreement_grid(measured)
    if write or check:
        _check_published(left, right)
        folder = need_checkout("update the agreement") / "annotation"
        record = (folder / "agreement.json", _to_json(measured))
        page = agreement_page(folder, grid, sentence)
        keep_documents("annotation agreement", record, page, write=write, check=check)
    print_grids(grid)
    typer.echo(sentence)


def _check_published(left: str, right: str) -> None:
    from fazhi._paths import room
    from fazhi.errors import InputError

    if (left, right) != _PUBLISHED:
        raise InputError(
            f"holds the agreement of {' and '.join(_PUBLISHED)}, not of {left} and {right}",
            path=room("annotation") / "agreement.json",
            remedy="Leave out --left and --right, or --write and --check",
        )


def measure(left: str, right: str, annotation: Path) -> tuple[dict[str, "Agreement"], str]:
    """The agreement on all shared reports and on the test reports, and what it is one of."""
    from fazhi._paths import room
    from fazhi.annotation import agreement
    from fazhi.corpus import SPLITS, load_examples, read_layer_card

    parts: dict[str, Sequence[Split]] = {"all reports": SPLITS, "test reports": ["test"]}
    shared = _shared_reports(annotation, left, right)
    measured = {}
    for name, splits in parts.items():
        examples = load_examples(room("corpus"), splits)
        segments = [each.segment for each in examples if each.segment.report in shared]
        if not segments:
            continue
        measured[name] = agreement(
            _read_layer(annotation, left, segments),
            _read_layer(annotation, right, segments),
            names=(left, right),
        )
    cards = [read_layer_card(annotation / "layers" / name) for name in (left, right)]
    return measured, _what_it_is(annotation / "guidelines.md", *cards)


def _shared_reports(annotation: Path, left: str, right: str) -> set[str]:
    """The reports that both layers hold.

    Raises:
        MismatchError: there is none.
    """
    from fazhi.corpus import layer_folder
    from fazhi.errors import MismatchError

    found = [
        {path.stem for path in layer_folder(annotation, name).glob("*.jsonl")}
        for name in (left, right)
    ]
    shared = found[0] & found[1]
    if not shared:
        raise MismatchError(
            f"the layers {left!r} and {right!r} have no report in common. Annotate one in both"
        )
    return shared


def _read_layer(
    annotation: Path, name: str, segments: Sequence["Segment"]
) -> dict[str, list["Annotation"]]:
    from fazhi.corpus import layer_folder, read_annotations

    folder = layer_folder(annotation, name)
    reports = dict.fromkeys(segment.report for segment in segments)
    return {
        report: read_annotations(
            folder / f"{report}.jsonl", [each for each in segments if each.report == report]
        )
        for report in reports
    }


def _what_it_is(guidelines: Path, left: "LayerCard", right: "LayerCard") -> str:
    if "adjudication" in (left.annotator, right.annotator):
        return (
            "A layer against an adjudication: how much of it was kept, not an agreement of "
            "independent annotators."
        )
    if left.annotator == right.annotator == "language model":
        return (
            "Both annotators are language models: this is the self-consistency of a model under "
            f"the guidelines, not human agreement. {_quoted(guidelines)} their decision tables "
            "name words of all reports."
        )
    return f"The annotators are: {left.annotator}, {right.annotator}."


def _quoted(guidelines: Path) -> str:
    """How many segments are examples in the guidelines, so that both annotators saw labels."""
    from fazhi._paths import room
    from fazhi.annotation import quoted_segments
    from fazhi.corpus import SPLITS, load_examples

    quoted = quoted_segments(guidelines)
    seen, unseen = (
        [each.segment.id in quoted for each in load_examples(room("corpus"), splits)]
        for splits in (SPLITS[:2], SPLITS[2:])
    )
    return (
        f"The guidelines quote {sum(seen)} of the {len(seen)} segments of train and validation "
        "with their labels, so that on these two layers can agree by the guidelines alone, and "
        f"{sum(unseen) or 'none'} of the test split;"
    )


def _to_json(measured: dict[str, "Agreement"]) -> str:
    import json

    content = {name: each.model_dump() for name, each in measured.items()}
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
