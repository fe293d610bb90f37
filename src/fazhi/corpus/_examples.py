"""The gold examples as the package carries them: read from the built dataset, and verified."""

from collections.abc import Iterable
from pathlib import Path

from fazhi.corpus._dataset import parquet_name, read_rows
from fazhi.corpus._layers import check_annotation
from fazhi.corpus._records import Example
from fazhi.corpus._rows import example_of
from fazhi.corpus._sources import SPLITS, Split
from fazhi.errors import InputError, UnknownName


def load_examples(corpus: Path, splits: Iterable[Split] = SPLITS) -> list[Example]:
    """The segments of the given splits with their gold annotations, in corpus order.

    Raises:
        InputError: a Parquet file is missing or broken, or holds a span that is not in its text.
    """
    return [example for split in splits for example in _load_split(corpus, split)]


def _load_split(corpus: Path, split: Split) -> list[Example]:
    parts = (read_rows(config, split, corpus) for config in ("entities", "sections", "facts"))
    try:
        examples = [example_of(*rows) for rows in zip(*parts, strict=True)]
        problem = next(filter(None, map(_problem, examples)), None)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        problem = f"its rows are not those of the dataset ({type(error).__name__})"
    if problem:
        path = corpus / "data" / parquet_name("entities", split)
        raise InputError(problem, path=path, remedy="Run: fazhi corpus build")
    return examples


def _problem(example: Example) -> str | None:
    return check_annotation(example.gold, {example.segment.id: example.segment})


def find_segment(examples: Iterable[Example], name: str) -> Example:
    """The example of the segment with this id.

    Raises:
        UnknownName: there is none.
    """
    known = {example.segment.id: example for example in examples}
    if name not in known:
        raise UnknownName("segment", name, known)
    return known[name]
