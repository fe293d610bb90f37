"""Examples as items to learn from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fazhi.baselines._inference import IGNORED, Item, Reader, fact_question, text_question
from fazhi.baselines._params import BertParams
from fazhi.corpus import (
    BIO_TAGS,
    ROLE_NAMES,
    TOPIC_NAMES,
    Example,
    Fact,
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
    gold, length = example.gold, len(example.segment.text)
    item = text_question(example.segment, reader, params)
    if "entities" in params.task_names:
        tags = (BIO_TAGS.index(tag) for tag in spans_to_tags(gold.entities, length))
        item = replace(item, tags=tuple(tags))
    if "sections" in params.task_names:
        topic = TOPIC_NAMES.index(gold.topic) if gold.topic else IGNORED
        item = replace(item, role=ROLE_NAMES.index(gold.role), topic=topic)
    return item


def _fact_item(segment: Segment, fact: Fact, reader: Reader) -> Item:
    place = (fact.indicator.start + 1, fact.indicator.end) if fact.indicator else (0, 0)
    return replace(fact_question(segment, fact.metric, reader), indicator=place)
