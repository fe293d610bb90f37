"""Adding a report: from a file as it was found to an entry in `sources.toml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fazhi._files import read_text, sha256, to_toml, write_bytes, write_text
from fazhi._record import to_record
from fazhi.corpus._document import Document
from fazhi.corpus._extract import extract_text
from fazhi.corpus._gold import CONTRIBUTED
from fazhi.corpus._normalise import normalise
from fazhi.corpus._report import Report, read_report
from fazhi.corpus._similar import near_duplicates
from fazhi.corpus._sources import Level, Source, read_sources
from fazhi.errors import InputError

_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NewReport:
    """What is known of a report that is added; None for what is not."""

    id: str
    """Its id: place in pinyin and reporting year."""
    issuer: str
    """Who issued it."""
    year: int
    """The year that it is about."""
    province: str | None = None
    """The province of the jurisdiction."""
    region: str | None = None
    """The jurisdiction."""
    region_code: str | None = None
    """Its GB/T 2260 code."""
    level: Level | None = None
    """Its administrative level."""
    published: str | None = None
    """When it was published, as YYYY-MM-DD."""
    source: str | None = None
    """Its address, where it has one."""


@dataclass(frozen=True, slots=True)
class Added:
    """A report that was added."""

    report: Report
    """The report."""
    similar: tuple[tuple[str, float], ...]
    """Reports that hold much of the same text, with the share of it, the most similar first."""


def add_report(new: NewReport, document: Document, corpus: Path) -> Added:
    """Writes a report's raw files, and reads it like the others, in the split `contributed`.

    The text that was taken out of the document is the raw text of the report; the document is
    kept beside it. It is one of the corpus's reports once it is registered.

    Raises:
        InputError: the id is taken or malformed, or the document holds no text.
        MissingExtra: the extra `collect` is not installed.
    """
    known = read_sources(corpus / "sources.toml")
    text = extract_text(document)
    if not normalise(text).text:
        raise InputError(
            "no text is left once page furniture is removed",
            path=document.origin,
            remedy="Give the file that holds the report itself",
        )
    source = _source(new, document, text)
    if any(each.id == source.id for each in known):
        raise InputError(
            f"the id {source.id!r} is taken",
            path=document.origin,
            remedy="Give it another one",
        )
    similar = near_duplicates(text, _texts(known, corpus))
    write_text(corpus / source.file, text)
    if source.original:
        write_bytes(corpus / source.original, document.data)
    return Added(read_report(source, corpus), tuple(similar))


def register_report(source: Source, corpus: Path) -> None:
    """Enters a report whose raw files are written into `sources.toml`: the last step of adding."""
    sources = corpus / "sources.toml"
    write_text(sources, f"{read_text(sources).rstrip()}\n\n{_entry(source)}")


def _texts(sources: Iterable[Source], corpus: Path) -> Mapping[str, str]:
    return {source.id: read_report(source, corpus).text for source in sources}


def _source(new: NewReport, document: Document, text: str) -> Source:
    kept = document.media != "text"
    fields = {
        "id": new.id,
        "file": f"raw/{new.id}.txt",
        "sha256": sha256(text.encode("utf-8")),
        "split": CONTRIBUTED,
        "issuer": new.issuer,
        "province": new.province,
        "region": new.region,
        "region_code": new.region_code,
        "level": new.level,
        "year": new.year,
        "signed": None,
        "published": new.published,
        "source": new.source,
        "original": f"raw/originals/{new.id}.{document.media}" if kept else None,
    }
    remedy = "Correct what was given of the report"
    return to_record(Source, fields, path=Path(document.origin), remedy=remedy)


def _entry(source: Source) -> str:
    fields = source.model_dump(mode="json")
    if source.original is None:
        del fields["original"]
    known = {key: _UNKNOWN if value is None else value for key, value in fields.items()}
    return f"[[report]]\n{to_toml(known)}"
