"""The texts made ready: cleaned, without what the reports hold, held-out documents set apart."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi._record import Record
from fazhi.baselines._pretraining._cleaning import paragraphs
from fazhi.baselines._pretraining._contamination import overlap, report_windows
from fazhi.baselines._pretraining._recipe import PretrainingRecipe, TextSource
from fazhi.baselines._pretraining._sources import held_out_ids, read_source
from fazhi.corpus import Report
from fazhi.errors import InputError

LONGEST_SHARED = 40
"""Characters of a shared passage that is no fixed expression; the longest of those has 33."""
_TUNED_ON = ("train", "validation")

REPORTS = "reports"
"""What the loss on the corpus's training and validation reports is logged under."""

Paragraphs = tuple[str, ...]
"""A document, as its paragraphs."""


class SourceFigures(Record):
    """What became of a source."""

    documents: int
    """Documents that are trained on."""
    characters: int
    """Their characters, once cleaned."""
    held_out: int
    """Documents that are set apart."""
    shared: int
    """Documents that have a window in common with a report."""
    dropped: int
    """Those of them that share more than fixed expressions, and are left out."""
    repeated: int
    """Paragraphs left out because they were there before."""


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a recipe."""

    train: tuple[tuple[Paragraphs, int], ...]
    """Documents that are trained on, with their number of copies."""
    held_out: dict[str, tuple[Paragraphs, ...]]
    """Documents that the loss is measured on, by source; the reports are the last."""
    figures: dict[str, SourceFigures]
    """What became of each source."""

    def trained_paragraphs(self) -> Iterator[str]:
        """Every paragraph that is trained on, once."""
        return (paragraph for document, _ in self.train for paragraph in document)


def prepare_texts(
    recipe: PretrainingRecipe,
    folder: Path,
    reports: Sequence[Report],
    say: Callable[[str], None] = lambda _: None,
) -> Texts:
    """Reads and cleans the sources of a recipe.

    A document is left out if it shares a passage of 40 letters, figures and characters with any
    report of the corpus, test reports too. A paragraph that was there before, in any source, is
    left out; those of held-out documents count as there first.

    Raises:
        InputError: a file is missing or unusable, or all together hold too little.
        MismatchError: a file is another than the recipe names.
    """
    windows = report_windows(report.text for report in reports)
    seen: set[str] = set()
    train: list[tuple[Paragraphs, int]] = []
    held_out: dict[str, tuple[Paragraphs, ...]] = {}
    figures: dict[str, SourceFigures] = {}
    for source in recipe.sources:
        say(f"reading {source.name} …")
        part = _prepare(source, recipe.held_out, folder, windows, seen)
        train += [(document, source.copies) for document in part.train]
        held_out[source.name], figures[source.name] = part.held_out, part.figures
    held_out[REPORTS] = tuple(
        tuple(report.text.split("\n")) for report in reports if report.source.split in _TUNED_ON
    )
    if sum(figure.characters for figure in figures.values()) < recipe.training.long:
        raise InputError(
            "its texts do not fill one long sequence", path=folder, remedy="Give longer texts"
        )
    return Texts(tuple(train), held_out, figures)


@dataclass(frozen=True, slots=True)
class _Part:
    """A source, made ready."""

    train: list[Paragraphs]
    held_out: tuple[Paragraphs, ...]
    figures: SourceFigures


def _prepare(
    source: TextSource, share: float, folder: Path, windows: frozenset[str], seen: set[str]
) -> _Part:
    found = read_source(source, folder)
    overlaps = {document.id: overlap(document.text, windows) for document in found}
    kept = [each for each in found if overlaps[each.id].longest < LONGEST_SHARED]
    apart = held_out_ids(kept, share)
    kept.sort(key=lambda document: document.id not in apart)
    cleaned = [paragraphs(document.text) for document in kept]
    fresh = [tuple(_unseen(document, seen)) for document in cleaned]
    train = [document for document in fresh[len(apart) :] if document]
    figures = SourceFigures(
        documents=len(train),
        characters=sum(len(paragraph) for document in train for paragraph in document),
        held_out=len(apart),
        shared=sum(each.windows > 0 for each in overlaps.values()),
        dropped=len(found) - len(kept),
        repeated=sum(map(len, cleaned)) - sum(map(len, fresh)),
    )
    return _Part(train, tuple(filter(None, fresh[: len(apart)])), figures)


def _unseen(document: list[str], seen: set[str]) -> Iterator[str]:
    for paragraph in document:
        if paragraph not in seen:
            seen.add(paragraph)
            yield paragraph
