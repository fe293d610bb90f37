"""What `fazhi corpus build` makes, and what it compares: all that is generated in `corpus/`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi.annotation import read_second_reading
from fazhi.cli._counts import second_reading_grid
from fazhi.cli._dataset_card import dataset_card
from fazhi.cli._documents import Document, check_documents, write_documents
from fazhi.corpus import (
    CROISSANT,
    MADE_UP,
    SPLITS,
    SYNTHETIC,
    AnnotatedReport,
    Example,
    check_tables,
    read_annotated,
    read_gold_card,
    read_synthetic,
    render_croissant,
    tables,
    write_tables,
)

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class _Sources:
    """What everything is generated from."""

    real: Sequence[AnnotatedReport]
    """The reports, of whatever split but the next."""
    made_up: Sequence[AnnotatedReport]
    """The reports of the split `synthetic`."""

    def tables(self) -> "dict[str, pa.Table]":
        """The tables of the dataset by file name."""
        return tables([*self.real, *self.made_up])


def _read(top: Path) -> _Sources:
    corpus = top / "corpus"
    return _Sources(read_annotated(corpus, top / "annotation"), read_synthetic(corpus))


def build_corpus(top: Path) -> int:
    """Writes all that is generated; returns the number of data files."""
    sources = _read(top)
    built = sources.tables()
    write_tables(built, top / "corpus" / "data")
    write_documents(*_documents(top, sources))
    return len(built)


def check_corpus(top: Path) -> int:
    """Compares all that is generated with what is committed; returns the number of data files.

    Raises:
        MismatchError: something is not what the sources give.
    """
    sources = _read(top)
    built = sources.tables()
    check_tables(built, top / "corpus" / "data")
    check_documents("corpus build", *_documents(top, sources))
    return len(built)


def _documents(top: Path, sources: _Sources) -> tuple[Document, ...]:
    """What is said of the data files as they are."""
    corpus, gold = top / "corpus", read_gold_card(top / "annotation")
    groups: dict[str, list[Example]] = {split: [] for split in SPLITS}
    for each in sources.real:
        groups.setdefault(each.report.source.split, []).extend(each.examples)
    made_up = [example for each in sources.made_up for example in each.examples]
    reading = read_second_reading(corpus / SYNTHETIC / "second_reading.toml", made_up)
    second = second_reading_grid(reading, made_up)
    card = dataset_card(corpus, gold, groups, {MADE_UP: made_up}, second)
    return card, (corpus / CROISSANT, render_croissant(corpus, gold))
