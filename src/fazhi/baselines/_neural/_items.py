"""Examples as items to learn from."""

from collections.abc import Iterator, Sequence

from fazhi.baselines._layout import layout
from fazhi.baselines._neural._batch import Item
from fazhi.baselines._neural._reading import Reader
from fazhi.baselines._neural._sections import IGNORED
from fazhi.baselines._params import BertParams
from fazhi.corpus import (
    BIO_TAGS,
    ROLE_NAMES,
    TOPIC_NAMES,
    Example,
    Fact,
    Placed,
    Segment,
    spans_to_tags,
)


def training_items(
    examples: Sequence[Example], reader: Reader, params: BertParams
) -> Iterator[Item]:
    """Items of the tasks that the parameters name, in the order of the examples."""
    for example in examples:
        if {"entities", "sections"} & params.task_names:
            yield _text_item(example, reader, params)
        if "facts" in params.task_names:
            for fact in example.gold.facts:
                yield _fact_item(example.segment, fact, reader)


def _text_item(example: Example, reader: Reader, params: BertParams) -> Item:
    gold, segment, tasks = example.gold, example.segment, params.task_names
    sections, entities = "sections" in tasks, "entities" in tasks
    tags = spans_to_tags(gold.entities, len(segment.text)) if entities else []
    has_topic = sections and gold.topic is not None
    return Item(
        passage=reader.read(segment, headings=sections),
        layout=layout(segment),
        tags=[BIO_TAGS.index(tag) for tag in tags],
        role=ROLE_NAMES.index(gold.role) if sections else IGNORED,
        topic=TOPIC_NAMES.index(gold.topic) if has_topic and gold.topic else IGNORED,
    )


def _fact_item(segment: Segment, fact: Fact, reader: Reader) -> Item:
    indicator = fact.indicator
    return Item(
        passage=reader.read(segment, mark=fact.metric),
        metric=fact.metric.place,
        indicator=(indicator.start + 1, indicator.end) if indicator else (0, 0),
    )


def text_question(segment: Segment, reader: Reader, params: BertParams) -> Item:
    """An item that asks for the entities and the section of a segment."""
    headings = "sections" in params.task_names
    return Item(passage=reader.read(segment, headings=headings), layout=layout(segment))


def fact_question(segment: Segment, metric: Placed, reader: Reader) -> Item:
    """An item that asks for the indicator of a METRIC."""
    return Item(passage=reader.read(segment, mark=metric), metric=metric.place)
