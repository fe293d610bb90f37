"""What a network is asked about a segment."""

from collections.abc import Set

from fazhi.baselines._inference._batch import Item
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._layout import layout
from fazhi.corpus import Placed, Segment


def text_question(segment: Segment, reader: Reader, tasks: Set[str]) -> Item:
    """An item that asks for the entities and the section of a segment."""
    headings = "sections" in tasks
    return Item(passage=reader.read(segment, headings=headings), layout=tuple(layout(segment)))


def fact_question(segment: Segment, metric: Placed, reader: Reader) -> Item:
    """An item that asks for the indicator of a METRIC."""
    return Item(passage=reader.read(segment, mark=metric), metric=metric.place)
