"""The scores of a system's predictions, computed from one tally.

Entities: strict micro-F1 as seqeval computes it with mode="strict" and scheme=IOB2, the only
setting in which it counts whole entities by exact span and type. Role and topic: macro-F1 of
scikit-learn over the labels that occur in the gold of the scored data, so that the label set
does not depend on the prediction. Facts: F1 over the characters of indicators, and the share of
gold facts whose value is given exactly.
"""

from collections.abc import Sequence

import numpy as np

from fazhi._record import Record
from fazhi._resample import Counts
from fazhi.corpus import Example
from fazhi.eval._count import CORRECT, GOLD, hits_of
from fazhi.eval._entities import EntityScores, score_entities
from fazhi.eval._facts import FACTS, TOKENS, VALUES
from fazhi.eval._figure import Figure
from fazhi.eval._figures import in_gold
from fazhi.eval._slices import Surfaces
from fazhi.eval._statistics import f1, label_f1, macro_label_f1, share
from fazhi.eval._tally import ROLES, TOPICS, Pairs, Tally, tally
from fazhi.predictions import Prediction

SCORER = "fazhi-2"
"""Version of the scorer; changes when the same predictions could get another score."""


class SectionScore(Record):
    """The score of role or topic."""

    macro_f1: float
    """Mean of the labels' F1: the official score."""
    accuracy: float
    """Segments with the right label among those that have one in gold."""
    per_label: dict[str, float]
    """F1 of each label that occurs in gold."""
    support: int
    """Number of segments that have the label in gold."""


class FactScore(Record):
    """The scores of facts."""

    indicator_f1: float
    """F1 over the characters of indicators: an official score."""
    value_accuracy: float
    """Gold facts whose value is given exactly: an official score."""
    support: int
    """Number of gold facts."""


class Scores(Record):
    """The scores of one system; None for a task that it does not attempt or gold lacks."""

    entities: EntityScores | None
    """Entities."""
    role: SectionScore | None
    """Roles of segments."""
    topic: SectionScore | None
    """Topics of the segments that have one."""
    facts: FactScore | None
    """Facts of the METRICs that the system itself predicts."""
    facts_on_gold: FactScore | None
    """Facts of the METRICs of the gold, which the system was told."""


def score(
    examples: Sequence[Example],
    predictions: Sequence[Prediction],
    seen: Surfaces | None = None,
) -> Scores:
    """Scores predictions against gold.

    Args:
        examples: the segments with their gold.
        predictions: one per example, in the same order.
        seen: the entities of the training data, to score unseen ones apart.

    Raises:
        MismatchError: a fact that is said to be of a gold METRIC is of none.
    """
    pairs = list(zip(examples, predictions, strict=True))
    return score_tally(tally(pairs), pairs, seen)


def score_tally(counted: Tally, pairs: Pairs, seen: Surfaces | None = None) -> Scores:
    """The scores of what was counted; see `score`."""
    return Scores(
        entities=score_entities(counted, pairs, seen),
        role=_section(counted.role, ROLES),
        topic=_section(counted.topic, TOPICS),
        facts=_facts(counted.facts),
        facts_on_gold=_facts(counted.facts_on_gold),
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
    for suffix, facts in (("", scores.facts), (" on gold", scores.facts_on_gold)):
        if facts:
            figures[f"indicator token-F1{suffix}"] = facts.indicator_f1
            figures[f"value accuracy{suffix}"] = facts.value_accuracy
    return figures


def _section(confusion: Counts | None, names: Sequence[str]) -> SectionScore | None:
    if confusion is None:
        return None
    hits = hits_of(confusion)
    sums = hits.sum(axis=0)
    present = np.flatnonzero(sums[:, GOLD])
    values = label_f1(sums[present])
    return SectionScore(
        macro_f1=Figure(in_gold(hits), macro_label_f1).value,
        accuracy=float(sums[:, CORRECT].sum() / sums[:, GOLD].sum()),
        per_label={names[n]: float(value) for n, value in zip(present, values, strict=True)},
        support=int(sums[:, GOLD].sum()),
    )


def _facts(counts: Counts | None) -> FactScore | None:
    if counts is None:
        return None
    return FactScore(
        indicator_f1=_value(Figure(counts[:, TOKENS], f1)),
        value_accuracy=_value(Figure(counts[:, [FACTS, VALUES]], share)),
        support=int(counts[:, FACTS].sum()),
    )


def _value(figure: Figure) -> float:
    return float(np.nan_to_num(figure.value))
