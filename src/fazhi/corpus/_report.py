"""A report: its source, its normalised text and its segments."""

from dataclasses import dataclass
from pathlib import Path

from fazhi.corpus._normalise import normalise
from fazhi.corpus._offsets import OffsetMap
from fazhi.corpus._records import Segment
from fazhi.corpus._segment import segment
from fazhi.corpus._sources import Source, read_raw, read_sources
from fazhi.errors import InputError, UnknownName


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report, normalised and segmented."""

    source: Source
    """Where it comes from and what is known of it."""
    raw: str
    """The text as found."""
    text: str
    """The normalised text, one block per line."""
    offsets: OffsetMap
    """Leads from offsets of `text` to offsets of `raw`."""
    segments: tuple[Segment, ...]
    """The segments, which tile `text`."""

    @property
    def title(self) -> str | None:
        """The title, as the text gives it; None where the text has none."""
        first = self.segments[0]
        return first.text if first.kind == "title" else None


def read_report(source: Source, corpus: Path) -> Report:
    """Reads, verifies, normalises and segments one report.

    Raises:
        InputError: the raw file is unusable or holds nothing but page furniture.
        MismatchError: the raw file is not the one on record.
    """
    raw = read_raw(source, corpus)
    normalised = normalise(raw)
    if not normalised.text:
        raise InputError(
            "no text is left once page furniture is removed",
            path=corpus / source.file,
            remedy="Give the file that holds the report itself",
        )
    segments = tuple(segment(source.id, normalised.text))
    return Report(source, raw, normalised.text, normalised.offsets, segments)


def read_reports(corpus: Path) -> list[Report]:
    """All reports that `sources.toml` lists, in its order."""
    return [read_report(source, corpus) for source in read_sources(corpus / "sources.toml")]


def find_report(reports: list[Report], name: str) -> Report:
    """The report with this id.

    Raises:
        UnknownName: there is none.
    """
    for report in reports:
        if report.source.id == name:
            return report
    raise UnknownName("report", name, [report.source.id for report in reports])
