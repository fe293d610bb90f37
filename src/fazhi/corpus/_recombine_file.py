"""Files of made-up reports, and what such reports may be made from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from fazhi._files import stream_jsonl
from fazhi._names import known_name
from fazhi._record import to_record
from fazhi.corpus._dataset import built_splits
from fazhi.corpus._examples import load_examples
from fazhi.corpus._layers import check_annotation
from fazhi.corpus._recombine import RecombinedReport
from fazhi.corpus._records import Example
from fazhi.corpus._sources import Split
from fazhi.errors import InputError

_LENT: tuple[str, ...] = ("train", "synthetic")
_REMEDY = "Make it again: fazhi corpus synthesize"


def load_lenders(corpus: Path, splits: Sequence[str] | None = None) -> dict[Split, list[Example]]:
    """The examples that made-up reports may be made from, by split: nothing that is scored.

    Args:
        corpus: the corpus room.
        splits: which splits; all that lend and that the built dataset has, if not given.

    Raises:
        UnknownName: a split does not lend its segments, or the dataset does not have it.
        InputError: a Parquet file is missing or broken.
    """
    present = [split for split in built_splits(corpus, "entities") if split in _LENT]
    chosen = [known_name("split to make reports from", each, present) for each in splits or present]
    return {split: load_examples(corpus, [split]) for split in present if split in chosen}


def read_recombined(path: Path) -> Iterator[RecombinedReport]:
    """Yields the reports of a file that `fazhi corpus synthesize` wrote, one at a time.

    Raises:
        InputError: the file is unusable, or a line holds no report whose segments and spans are
            in its text.
    """
    for line, value in stream_jsonl(path):
        report = to_record(RecombinedReport, value, path=path, line=line, remedy=_REMEDY)
        problem = next(filter(None, (_problem(report, each) for each in report.examples)), None)
        if problem:
            raise InputError(problem, path=path, line=line, remedy=_REMEDY)
        yield report


def _problem(report: RecombinedReport, example: Example) -> str | None:
    """What is wrong between a report's text, a segment and its annotation; None if nothing is."""
    segment = example.segment
    if report.text[segment.start : segment.end] != segment.text:
        return f"the text of {segment.id} is not at {segment.start}:{segment.end} of the report"
    return check_annotation(example.gold, {segment.id: segment})
