"""`corpus/synthetic`: made-up reports of places that do not exist, text and marks in one.

    <id>.txt       a report in the marked form; all else is derived from it
    reports.toml   what is told of each of them

They are a split of their own. Nothing that reads the real reports reads them. No annotator
found the marks in a text that was there before, so they have no layers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from fazhi._files import read_bytes, sha256
from fazhi._record import Record, read_toml_record, to_record
from fazhi.corpus._dataset import AnnotatedReport
from fazhi.corpus._marks import read_marked_report, read_marked_texts
from fazhi.corpus._noise import add_noise
from fazhi.corpus._normalise import normalise
from fazhi.corpus._records import Example
from fazhi.corpus._report import Report
from fazhi.corpus._segment import segment
from fazhi.corpus._sources import SYNTHETIC, Level, Source, read_sources
from fazhi.errors import InputError

_ORIGIN = (
    "nowhere: text and annotation were written together by a language model for this project; "
    "the place does not exist"
)

Told = Annotated[str, Field(min_length=1)]


class _MadeUp(Record):
    """What is told of a made-up report."""

    id: str = Field(pattern=r"^[a-z]+-\d{4}$")
    """Its id: the place in pinyin and the year that it is about."""
    issuer: Told
    """Who would have issued it, as the text says."""
    province: Told
    """The province that the place would be in."""
    region: Told
    """The place."""
    level: Level
    """Its administrative level."""


class _MadeUpReports(Record):
    """The content of `reports.toml`."""

    report: tuple[_MadeUp, ...]
    """Each report, in the order of the dataset."""


def read_synthetic(corpus: Path) -> list[AnnotatedReport]:
    """The made-up reports with their annotation, as they were written.

    The raw form of each is made here, from its text and its id, and normalised again.

    Raises:
        InputError: a file is missing, superfluous or malformed; a text is none that
            normalisation leaves as it is, or its blocks are not its segments; or an id occurs
            twice or is that of a real report.
    """
    folder = corpus / SYNTHETIC
    path = folder / "reports.toml"
    told = read_toml_record(_MadeUpReports, path).report
    real = [source.id for source in read_sources(corpus / "sources.toml")]
    _check_ids([each.id for each in told], real, path)
    return [_read(each, folder) for each in told]


def _check_ids(told: Sequence[str], real: Iterable[str], path: Path) -> None:
    listed, written = set(told), {file.stem for file in path.parent.glob("*.txt")}
    problems = {
        "occurs twice": {name for name, times in Counter(told).items() if times > 1},
        "is that of a real report": listed & set(real),
        "has no file": listed - written,
        "is not listed, but has a file": written - listed,
    }
    for problem, names in problems.items():
        if names:
            remedy = "List each file <id>.txt beside it once, under an id of its own"
            raise InputError(f"the id {min(names)!r} {problem}", path=path, remedy=remedy)


def _read(told: _MadeUp, folder: Path) -> AnnotatedReport:
    path = folder / f"{told.id}.txt"
    source = _source(told, path)
    text = "\n".join(read_marked_texts(path))
    raw = add_noise(text, told.id, source.year)
    normalised = normalise(raw)
    if normalised.text != text:
        raise InputError(
            f"normalisation changes its text {_first_change(text, normalised.text)}",
            path=path,
            remedy="Write it as a normalised text, without furniture or needless spaces",
        )
    segments = tuple(segment(told.id, text))
    examples = tuple(
        Example(segment=segment, gold=gold)
        for segment, gold in zip(segments, read_marked_report(path, segments), strict=True)
    )
    report = Report(source, raw, text, normalised.offsets, segments)
    return AnnotatedReport(report, examples, layers=())


def _source(told: _MadeUp, path: Path) -> Source:
    fields = {
        **told.model_dump(),
        "file": f"{SYNTHETIC}/{path.name}",
        "sha256": sha256(read_bytes(path)),
        "split": SYNTHETIC,
        "region_code": None,
        "year": int(told.id[-4:]),
        "signed": None,
        "published": None,
        "source": _ORIGIN,
    }
    return to_record(Source, fields, path=path, remedy="Give it an id of a year that can be")


def _first_change(text: str, changed: str) -> str:
    pairs = enumerate(zip(text, changed, strict=False))
    at = next((i for i, (old, new) in pairs if old != new), min(len(text), len(changed)))
    return f"at character {at}: {text[at : at + 12]!r} becomes {changed[at : at + 12]!r}"
