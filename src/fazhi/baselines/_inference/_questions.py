"""What a network is asked about a segment."""

from fazhi.baselines._inference._batch import Item
from fazhi.baselines._inference._cues import cues_of
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._layout import layout
from fazhi.baselines._params import BertParams
from fazhi.corpus import Placed, Segment


def text_question(segment: Segment, reader: Reader, params: BertParams) -> Item:
    """An item that asks for the entities and the section of a segment."""
    headings = "sections" in params.task_names
    return Item(
        passage=reader.read(segment, headings=headings),
        layout=tuple(layout(segment)),
        cues=cues_of(segment, params.cue_names) if params.cue_names else None,
    )


def fact_question(segment: Segment, metric: Placed, reader: Reader) -> Item:
    """An item that asks for the indicator of a METRIC."""
    return Item(passage=reader.read(segment, mark=metric), metric=metric.place)
