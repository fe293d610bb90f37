"""The scores of the entity task: the official one, and those that say what goes wrong."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from fazhi._record import Record
from fazhi._resample import Counts, document_sums
from fazhi.corpus import ENTITY_LABELS, kinds_of
from fazhi.eval._align import ERRORS
from fazhi.eval._calibration import Calibration, calibration
from fazhi.eval._count import CORRECT, GOLD, PREDICTED, count_confusion, present
from fazhi.eval._slices import Surfaces, count_slices
from fazhi.eval._statistics import f1, macro_f1, precision, recall
from fazhi.eval._tally import EntityTally, Pairs, Tally

_NOTHING = "-"


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
    predicted: int
    """Number of predicted entities."""
    correct: int
    """Number of those that are correct."""


class KindScore(Record):
    """How many gold entities of a kind were found; systems predict no kinds."""

    recall: float
    """Correct entities among those of the kind."""
    support: int
    """Number of gold entities of the kind."""


class EntityScores(Record):
    """The scores of the entity task."""

    micro: EntityScore
    """Over all types: the official score."""
    macro_f1: float
    """Mean F1 of the types, each of which counts alike."""
    per_type: dict[str, EntityScore]
    """Of each type alone."""
    per_kind: dict[str, KindScore]
    """Of each kind that occurs in gold, as LABEL.kind."""
    per_report: dict[str, EntityScore]
    """Of each report."""
    parts: dict[str, EntityScore]
    """Of entities by length, and by whether the training data has the same label and surface."""
    same_span_f1: float
    """F1 where the ends must be right and the type may be wrong."""
    same_type_f1: float
    """F1 where the type must be right and a character shared; each entity answers one."""
    fair_f1: float
    """F1 where an error is counted once: a pair that is wrong is half a missed and half a
    spurious entity (Ortmann 2022)."""
    joint: EntityScore | None
    """Entities that are correct and stand in a segment whose role and topic are, too; None
    where role or topic is not attempted."""
    errors: dict[str, dict[str, int]]
    """Errors of each type, each once: wrong label or boundary or both, missed, spurious."""
    confusion: dict[str, dict[str, int]]
    """Gold type against predicted type; "-" where there is no entity."""
    calibration: Calibration | None
    """Of the probabilities that the system gives; None unless it gives one to every entity."""


def score_entities(tally: Tally, pairs: Pairs, seen: Surfaces | None) -> EntityScores | None:
    """The scores of the entities of a tally; None where they are not attempted."""
    entities = tally.entities
    if entities is None:
        return None
    sums = entities.strict.sum(axis=0)
    micro = entity_score(sums.sum(axis=0))
    errors = entities.errors.sum(axis=(0, 1))
    wrong = dict(zip(ERRORS, errors.tolist(), strict=True))
    texts = [example.segment.text for example, _ in pairs]
    return EntityScores(
        micro=micro,
        macro_f1=float(np.nan_to_num(macro_f1(sums[None])[0])),
        per_type=_named(ENTITY_LABELS, sums),
        per_kind=_kinds(entities, pairs),
        per_report=_named(tally.documents, _by_report(tally, entities)),
        parts={
            name: entity_score(counts.sum(axis=0))
            for name, counts in count_slices(entities, texts, seen).items()
        },
        same_span_f1=_dice(micro, micro.correct + wrong["label"]),
        same_type_f1=_dice(micro, micro.correct + wrong["boundary"]),
        fair_f1=_fair(micro.correct, wrong),
        joint=_joint(entities, pairs),
        errors=_errors(entities),
        confusion=_confusion(entities),
        calibration=_calibration(entities, pairs),
    )


def entity_score(counts: Counts) -> EntityScore:
    """The score of summed counts (3,)."""
    values = [float(np.nan_to_num(each(counts[None])[0])) for each in (precision, recall, f1)]
    return EntityScore(
        precision=values[0],
        recall=values[1],
        f1=values[2],
        support=int(counts[GOLD]),
        predicted=int(counts[PREDICTED]),
        correct=int(counts[CORRECT]),
    )


def _named(names: Sequence[str], counts: Iterable[Counts]) -> dict[str, EntityScore]:
    return {name: entity_score(each) for name, each in zip(names, counts, strict=True)}


def _by_report(tally: Tally, entities: EntityTally) -> Counts:
    return document_sums(entities.strict.sum(axis=1), tally.groups)


def _dice(micro: EntityScore, correct: int) -> float:
    total = micro.support + micro.predicted
    return 2 * correct / total if total else 0.0


def _fair(correct: int, wrong: Mapping[str, int]) -> float:
    # 2 TP / (2 TP + FP + FN), a wrong pair being half of either
    total = 2 * correct + sum(wrong.values())
    return 2 * correct / total if total else 0.0


def _kinds(entities: EntityTally, pairs: Pairs) -> dict[str, KindScore]:
    found = present(entities.gold, entities.predicted, len(ENTITY_LABELS))
    names = [f"{each.label}.{each.kind}" for example, _ in pairs for each in example.gold.entities]
    hits: dict[str, list[bool]] = {}
    for name, hit in zip(names, found.tolist(), strict=True):
        hits.setdefault(name, []).append(hit)
    inventory = [f"{label}.{kind}" for label in ENTITY_LABELS for kind in kinds_of(label)]
    return {
        name: KindScore(recall=sum(hits[name]) / len(hits[name]), support=len(hits[name]))
        for name in inventory
        if name in hits
    }


def _joint(entities: EntityTally, pairs: Pairs) -> EntityScore | None:
    attempted = all(any(getattr(said, task) for _, said in pairs) for task in ("role", "topic"))
    if not attempted:
        return None
    right = np.array(
        [
            said.role == example.gold.role and example.gold.topic in (None, said.topic)
            for example, said in pairs
        ]
    )
    counts = entities.strict.sum(axis=1)
    counts[~right, CORRECT] = 0
    return entity_score(counts.sum(axis=0))


def _errors(entities: EntityTally) -> dict[str, dict[str, int]]:
    rows = entities.errors.sum(axis=0).tolist()
    return {
        label: dict(zip(ERRORS, row, strict=True))
        for label, row in zip(ENTITY_LABELS, rows, strict=True)
    }


def _confusion(entities: EntityTally) -> dict[str, dict[str, int]]:
    names = (*ENTITY_LABELS, _NOTHING)
    gold, predicted, aligned = entities.gold, entities.predicted, entities.aligned
    rows = count_confusion(gold, predicted, aligned, len(ENTITY_LABELS)).tolist()
    return {name: dict(zip(names, row, strict=True)) for name, row in zip(names, rows, strict=True)}


def _calibration(entities: EntityTally, pairs: Pairs) -> Calibration | None:
    said = [sorted(each.entities or (), key=lambda e: e.start) for _, each in pairs]
    scores = [each.score for segment in said for each in segment]
    if any(each is None for each in scores):
        return None
    correct = present(entities.predicted, entities.gold, len(ENTITY_LABELS))
    return calibration(np.array(scores, dtype=np.float64), correct)
