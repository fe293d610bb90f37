"""Everything that is counted of a system's predictions, once; every score comes from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fazhi._resample import Counts
from fazhi.corpus import ENTITY_LABELS, ROLE_NAMES, TOPIC_NAMES, Entity, Example
from fazhi.eval._align import Alignment, align
from fazhi.eval._count import count_errors, count_labels, count_strict
from fazhi.eval._facts import count_facts
from fazhi.eval._spans import Ints, Spans, make_spans
from fazhi.predictions import PredictedEntity, Prediction

ROLES, TOPICS = tuple(sorted(ROLE_NAMES)), tuple(sorted(TOPIC_NAMES))
"""The labels in scikit-learn's order, so that their mean is the same to the last digit."""

Pairs = Sequence[tuple[Example, Prediction]]
"""Segments with their gold, and what a system says of them."""


@dataclass(frozen=True, slots=True)
class EntityTally:
    """The entities of both sides, and their counts."""

    gold: Spans
    """The gold entities; a sequence is a segment, a label its place in `ENTITY_LABELS`."""
    predicted: Spans
    """The predicted entities."""
    aligned: Alignment
    """Which answers which."""
    strict: Counts
    """Gold, predicted and correct ones, (segments, types, 3)."""
    errors: Counts
    """Errors, each once, (segments, types, errors)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of each segment; None for a task that is not attempted, or that gold lacks."""

    documents: tuple[str, ...]
    """Ids of the reports, in the order in which they come."""
    groups: Ints
    """The place of each segment's report among the documents, (segments,)."""
    entities: EntityTally | None
    """Entities."""
    role: Counts | None
    """Segments by role and predicted role, (segments, roles, roles + 1); of `ROLES`."""
    topic: Counts | None
    """Segments by topic and predicted topic, (segments, topics, topics + 1); of `TOPICS`."""
    facts: Counts | None
    """Facts found end to end, (segments, columns of `_facts`)."""
    facts_on_gold: Counts | None
    """Facts of the gold METRICs, likewise."""


def tally(pairs: Pairs) -> Tally:
    """Counts what each segment's prediction has in common with its gold."""
    reports = [example.segment.report for example, _ in pairs]
    documents = tuple(dict.fromkeys(reports))
    numbers = {name: number for number, name in enumerate(documents)}
    return Tally(
        documents=documents,
        groups=np.array([numbers[name] for name in reports], dtype=np.int64),
        entities=_entities(pairs),
        role=_labels("role", ROLES, pairs),
        topic=_labels("topic", TOPICS, pairs),
        facts=count_facts("facts", pairs),
        facts_on_gold=count_facts("facts_on_gold", pairs),
    )


def spans_of(segments: Iterable[Iterable[Entity | PredictedEntity]]) -> Spans:
    """The entities of each segment as arrays; a label is its place in `ENTITY_LABELS`."""
    return make_spans(
        (number, each.start, each.end, ENTITY_LABELS.index(each.label))
        for number, entities in enumerate(segments)
        for each in entities
    )


def _entities(pairs: Pairs) -> EntityTally | None:
    if all(prediction.entities is None for _, prediction in pairs):
        return None
    gold = spans_of(example.gold.entities for example, _ in pairs)
    predicted = spans_of(prediction.entities or () for _, prediction in pairs)
    aligned, segments = align(gold, predicted), np.arange(len(pairs))
    return EntityTally(
        gold=gold,
        predicted=predicted,
        aligned=aligned,
        strict=count_strict(gold, predicted, segments, len(ENTITY_LABELS)),
        errors=count_errors(gold, predicted, aligned, segments, len(ENTITY_LABELS)),
    )


def _labels(task: Literal["role", "topic"], names: Sequence[str], pairs: Pairs) -> Counts | None:
    said = [getattr(prediction, task) for _, prediction in pairs]
    gold = [getattr(example.gold, task) for example, _ in pairs]
    if not any(said) or not any(gold):
        return None
    numbers = {name: number for number, name in enumerate(names)}
    return count_labels(
        [numbers.get(name, -1) for name in gold],
        [numbers.get(name, len(names)) for name in said],
        np.arange(len(pairs)),
        len(names),
    )
