"""Made-up reports from real pieces, as many as one likes, with exact labels.

A report takes the shape of a source report, its segments from any report of the same family
(level, and department if one issued it) of the same year or the one before, and then other places,
numbers, organs and titles of documents.
"""

from collections.abc import Iterator, Sequence

from fazhi._record import Record
from fazhi.corpus._records import Example


class RecombinedReport(Record):
    """A made-up report."""

    id: str
    """`synthetic-<number from 000001>`."""
    text: str
    """Its normalised text, one block per line."""
    raw: str | None = None
    """The text with the layout of a page, where asked for; `normalise` gives `text` back."""
    examples: tuple[Example, ...]
    """Its segments with their gold annotations, in order."""


def recombine(
    examples: Sequence[Example], reports: int, seed: int, *, raw: bool = False
) -> Iterator[RecombinedReport]:
    """Yields made-up reports, in bounded memory.

    Args:
        examples: whole annotated reports, the segments of each in order. Never those that
            something will be scored on.
        reports: how many to make.
        seed: decides on everything; report number n depends on it and n alone.
        raw: whether to give each report the layout of a page, too.

    Raises:
        MismatchError: no report can be made from the examples.
    """
    # imported here, since every command imports this package and few make reports
    from fazhi.corpus._recombine_make import Maker

    maker = Maker(examples, seed)
    for number in range(1, reports + 1):
        yield RecombinedReport.model_validate(maker.make(number, raw=raw))
