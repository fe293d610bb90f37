"""The dataset card, `corpus/README.md`: its YAML, and the parts that are generated."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fazhi._record import Record, read_toml_record
from fazhi.cli._counts import Groups, count_grids
from fazhi.cli._documents import Document, sections
from fazhi.cli._draw import with_block
from fazhi.cli._grids import Grid, label_grids
from fazhi.cli._readme import citation_block
from fazhi.corpus import (
    Example,
    GoldCard,
    card_data,
    find_segment,
    render_blocks,
)

_GENERATED = re.compile(r"^size_categories:\n.*?^---\n", re.DOTALL | re.MULTILINE)
_GLOSSES = "glosses.toml"


class Gloss(Record):
    """A segment that the card shows, in English."""

    segment: str
    """Id of the segment, of the train split."""
    english: str
    """What it says."""


class Glosses(Record):
    """The content of `glosses.toml`."""

    gloss: tuple[Gloss, ...]
    """The segments, in the order in which the card shows them."""


def dataset_card(
    corpus: Path, gold: GoldCard, groups: Groups, apart: Groups, second: Grid
) -> Document:
    """The dataset card and what it should say, for the data files as they are.

    Args:
        corpus: the corpus room.
        gold: the version of the gold.
        groups: the examples of each split.
        apart: those of splits that are counted beside them.
        second: the second reading of made-up reports.
    """
    card = corpus / "README.md"
    text = with_block(card, "examples", _examples(corpus / _GLOSSES, groups["train"]))
    text = with_block(card, "labels", sections(label_grids()), text)
    text = with_block(card, "counts", sections(count_grids(groups, apart)), text)
    text = with_block(card, "second reading", sections([second]), text)
    text = with_block(card, "citation", citation_block(gold), text)
    return card, _GENERATED.sub(lambda _: _front(card_data(corpus)), text, count=1)


def _front(data: dict[str, Any]) -> str:
    """The end of the YAML, with the line that ends it."""
    import yaml

    return f"{yaml.safe_dump(data, allow_unicode=True, sort_keys=False)}---\n"


def _examples(path: Path, train: Sequence[Example]) -> str:
    """Segments with their annotation as inline marks, each with its gloss.

    Raises:
        InputError: the glosses are unusable.
        UnknownName: a gloss is of no segment of the train split.
    """
    glosses = read_toml_record(Glosses, path).gloss
    shown = ((render_blocks([find_segment(train, each.segment)]), each) for each in glosses)
    return "\n\n".join(f"```text\n{block}```\n\n> {each.english}" for block, each in shown)
