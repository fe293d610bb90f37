"""The gold examples as the package carries them: read from the built dataset."""

from collections.abc import Iterable
from pathlib import Path

from fazhi.corpus._dataset import read_rows
from fazhi.corpus._records import Example
from fazhi.corpus._rows import example_of
from fazhi.corpus._sources import SPLITS, Split
from fazhi.errors import UnknownName


def load_examples(corpus: Path, splits: Iterable[Split] = SPLITS) -> list[Example]:
    """The segments of the given splits with their gold annotations, in corpus order.

    Raises:
        InputError: a Parquet file is missing or broken.
    """
    return [
        example_of(entities, section)
        for split in splits
        for entities, section in zip(
            read_rows("entities", split, corpus),
            read_rows("sections", split, corpus),
            strict=True,
        )
    ]


def find_segment(examples: Iterable[Example], name: str) -> Example:
    """The example of the segment with this id.

    Raises:
        UnknownName: there is none.
    """
    known = {example.segment.id: example for example in examples}
    if name not in known:
        raise UnknownName("segment", name, known)
    return known[name]
