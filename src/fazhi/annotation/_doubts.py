"""Which segments to read again first: where checks needed a reader, and models disagree."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fazhi.annotation._lint import lint
from fazhi.annotation._reasons import Reasons
from fazhi.corpus import Annotation, Entity, EntityLabel, Example, Role, Topic

LabelledSpan = tuple[int, int, EntityLabel]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model says of a segment; None for a task that it does not attempt."""

    spans: frozenset[LabelledSpan] | None
    """Start, end and label of each entity."""
    role: Role | None
    """The role."""
    topic: Topic | None
    """The topic."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful a segment's annotation is."""

    segment: str
    """Id of the segment."""
    checks: int
    """Places where the lint has to ask a reader, recorded reasons left aside."""
    disagreements: int
    """Spans, roles and topics in which the models differ from the annotation, all models added."""


def rank_doubts(
    examples: Sequence[Example], models: Iterable[Mapping[str, Opinion]]
) -> list[Doubt]:
    """All segments, the most doubtful first; equal ones in the order of the corpus.

    Args:
        examples: the segments with the annotation that is doubted.
        models: for each model, what it says of each segment, trained without it.
    """
    checks = Counter(finding.segment for finding in lint(examples, Reasons()))
    opinions = list(models)
    doubts = [
        Doubt(
            each.segment.id,
            checks[each.segment.id],
            sum(_differences(each.gold, model[each.segment.id]) for model in opinions),
        )
        for each in examples
    ]
    return sorted(doubts, key=lambda doubt: -(doubt.checks + doubt.disagreements))


def _differences(gold: Annotation, opinion: Opinion) -> int:
    spans = opinion.spans
    return (
        (0 if spans is None else len(spans ^ {_span(each) for each in gold.entities}))
        + (opinion.role not in (None, gold.role))
        + (gold.topic is not None and opinion.topic not in (None, gold.topic))
    )


def _span(entity: Entity) -> LabelledSpan:
    return entity.start, entity.end, entity.label
