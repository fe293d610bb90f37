"""The official scores of a system's predictions.

Entities: strict micro-F1 as seqeval computes it with mode="strict" and scheme=IOB2, the only
setting in which it counts whole entities by exact span and type. Role and topic: macro-F1 of
scikit-learn over the labels that occur in the gold of the scored data, so that the label set
does not depend on the prediction.
"""

from collections.abc import Sequence

import numpy as np
from seqeval.metrics.v1 import precision_recall_fscore_support as strict_scores
from seqeval.scheme import IOB2
from sklearn.metrics import f1_score

from fazhi._record import Record
from fazhi.corpus import ENTITY_LABELS, Example, spans_to_tags
from fazhi.predictions import Prediction

SCORER = "fazhi-1"
"""Version of the scorer; changes when the same predictions could get another score."""

_NONE = "(none)"


class EntityScore(Record):
    """Precision, recall and F1 in [0, 1]; 0 where the denominator is 0."""

    precision: float
    """Correct entities among the predicted ones."""
    recall: float
    """Correct entities among the gold ones."""
    f1: float
    """Their harmonic mean."""
    support: int
    """Number of gold entities."""


class EntityScores(Record):
    """The scores of the entity task."""

    micro: EntityScore
    """Over all types: the official score."""
    per_type: dict[str, EntityScore]
    """Of each type alone."""


class SectionScore(Record):
    """The score of role or topic."""

    macro_f1: float
    """Mean of the labels' F1: the official score."""
    per_label: dict[str, float]
    """F1 of each label that occurs in gold."""
    support: int
    """Number of segments that have the label in gold."""


class Scores(Record):
    """The scores of one system; None for a task that it does not attempt or gold lacks."""

    entities: EntityScores | None
    """Entities."""
    role: SectionScore | None
    """Roles of segments."""
    topic: SectionScore | None
    """Topics of the segments that have one."""


def score(examples: Sequence[Example], predictions: Sequence[Prediction]) -> Scores:
    """Scores predictions against gold.

    Args:
        examples: the segments with their gold.
        predictions: one per example, in the same order.
    """
    pairs = list(zip(examples, predictions, strict=True))
    return Scores(
        entities=_entities(pairs)
        if any(each.entities is not None for each in predictions)
        else None,
        role=_section("role", pairs),
        topic=_section("topic", pairs),
    )


def headline(scores: Scores) -> dict[str, float]:
    """The official figures: a name and a value in [0, 1] for each attempted task."""
    figures = {}
    if scores.entities:
        figures["entities micro-F1"] = scores.entities.micro.f1
    if scores.role:
        figures["role macro-F1"] = scores.role.macro_f1
    if scores.topic:
        figures["topic macro-F1"] = scores.topic.macro_f1
    return figures


def _entities(pairs: Sequence[tuple[Example, Prediction]]) -> EntityScores:
    gold, predicted = [], []
    for example, prediction in pairs:
        length = len(example.segment.text)
        gold.append(spans_to_tags(example.gold.entities, length))
        predicted.append(spans_to_tags(prediction.entities or (), length))
    options = {"mode": "strict", "scheme": IOB2, "zero_division": 0}
    micro = strict_scores(gold, predicted, average="micro", **options)
    support = sum(len(example.gold.entities) for example, _ in pairs)
    return EntityScores(
        micro=_entity_score(micro[0], micro[1], micro[2], support),
        per_type=_per_type(gold, predicted, options),
    )


def _per_type(
    gold: list[list[str]], predicted: list[list[str]], options: dict[str, object]
) -> dict[str, EntityScore]:
    """One row per type of the inventory, also for types that occur on neither side."""
    present = sorted({tag[2:] for tags in (*gold, *predicted) for tag in tags if tag != "O"})
    rows = {}
    if present:
        columns = strict_scores(gold, predicted, average=None, **options)
        rows = dict(zip(present, zip(*columns, strict=True), strict=True))
    return {label: _entity_score(*rows.get(label, (0.0, 0.0, 0.0, 0))) for label in ENTITY_LABELS}


def _entity_score(precision: float, recall: float, f1: float, support: int) -> EntityScore:
    return EntityScore(
        precision=float(precision), recall=float(recall), f1=float(f1), support=int(support)
    )


def _section(task: str, pairs: Sequence[tuple[Example, Prediction]]) -> SectionScore | None:
    if all(getattr(prediction, task) is None for _, prediction in pairs):
        return None
    due = [
        (getattr(example.gold, task), getattr(prediction, task) or _NONE)
        for example, prediction in pairs
        if getattr(example.gold, task) is not None
    ]
    if not due:
        return None
    gold, predicted = [gold for gold, _ in due], [label for _, label in due]
    labels = sorted(set(gold))
    values = f1_score(gold, predicted, labels=labels, average=None, zero_division=0)
    return SectionScore(
        macro_f1=float(np.mean(values)),
        per_label={label: float(value) for label, value in zip(labels, values, strict=True)},
        support=len(due),
    )
