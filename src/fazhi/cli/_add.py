"""`fazhi corpus add`: the first half of a further report's road into the dataset."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi._address import is_address
from fazhi.cli._app import need_checkout
from fazhi.cli._corpus import corpus_app

if TYPE_CHECKING:
    from fazhi.corpus import Document, Level, Report


_LEVELS = "province, prefecture, county, district, township or department"


@corpus_app.command("add")
def add_command(
    where: Annotated[
        str, typer.Argument(metavar="FILE_OR_URL", help="Text, HTML, PDF or DOCX, or its address.")
    ],
    issuer: Annotated[str, typer.Option(help="Who issued the report.")],
    year: Annotated[int, typer.Option(help="The year that it is about.")],
    name: Annotated[
        str | None,
        typer.Option("--id", help="Its id; made of the issuer and the year if not given."),
    ] = None,
    province: Annotated[str | None, typer.Option(help="Province of the jurisdiction.")] = None,
    region: Annotated[str | None, typer.Option(help="The jurisdiction.")] = None,
    region_code: Annotated[str | None, typer.Option(help="Its GB/T 2260 code.")] = None,
    level: Annotated[str | None, typer.Option(help=f"Its administrative level: {_LEVELS}.")] = None,
    published: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD.")] = None,
) -> None:
    """Add a report: take out its text, segment it, pre-annotate it, queue it for annotation.

    It is in no split of the benchmark, but in one of its own, `contributed`, and joins the
    dataset when its annotation has been pulled. What is not given is recorded as unknown.

    Example: fazhi corpus add report.pdf --issuer 光山县人民政府 --year 2024
    """
    from fazhi.corpus import NewReport, add_report, register_report

    top = need_checkout("add a report")
    document = _document(where)
    new = NewReport(
        id=name or _made_up_id(issuer, year),
        issuer=issuer,
        year=year,
        province=province,
        region=region,
        region_code=region_code,
        level=_level(level),
        published=published,
        source=document.origin if is_address(where) else None,
    )
    added = add_report(new, document, top / "corpus")
    for other, share in added.similar:
        typer.echo(
            f"Warning: {share:.0%} of the smaller text is also in {other}. Is it the same report?",
            err=True,
        )
    if not any(segment.kind == "heading" for segment in added.report.segments):
        typer.echo("Warning: it has no headings. Is it a whole report?", err=True)
    systems = _queue(added.report, top)
    register_report(added.report.source, top / "corpus")
    typer.echo(
        f"Added {new.id}: {len(added.report.segments)} segments, pre-annotated by "
        f"{' and '.join(systems)}, are in annotation/queue.\n"
        "Next: fazhi annotation push --queued; annotate; fazhi annotation pull "
        "--layer contributed --annotator … --method …; fazhi corpus build"
    )


def _document(where: str) -> "Document":
    from fazhi.corpus import fetch, read_document

    return fetch(where) if is_address(where) else read_document(Path(where))


def _level(name: str | None) -> "Level | None":
    from typing import get_args

    from fazhi._names import known_name
    from fazhi.corpus import Level

    return known_name("level", name, get_args(Level)) if name else None


def _made_up_id(issuer: str, year: int) -> str:
    """The id that a report gets: the issuer's place in pinyin, and the year."""
    from fazhi.errors import MissingExtra

    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        raise MissingExtra("collect", "pypinyin") from None
    place = issuer
    for suffix in ("人民政府", "政府", "县", "市", "区"):
        place = place.removesuffix(suffix) or place
    letters = "".join(lazy_pinyin(place, errors="ignore")).lower()
    return f"{letters}-{year}"


def _queue(report: "Report", top: Path) -> list[str]:
    """Puts a report into the queue, and says which baselines pre-annotated it."""
    from fazhi.annotation import Item, queue_file, task_data, write_queue
    from fazhi.cli._suggest import best_baselines, suggest

    systems = best_baselines(top / "baselines")
    suggestions = suggest(systems, report.segments)
    title = report.title or report.source.id
    items = [
        Item(task_data(segment, title), suggestion=suggestion)
        for segment, suggestion in zip(report.segments, suggestions, strict=True)
    ]
    write_queue(queue_file(top / "annotation", report.source.id), items)
    return systems
