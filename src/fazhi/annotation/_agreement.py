"""The agreement of two annotation layers on the same segments.

Every figure has an interval over documents. Which layer comes first makes no difference to
any value.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from math import isnan

from fazhi._record import Record
from fazhi._resample import Counts, Interval, Statistic, interval
from fazhi.annotation._agreement_counts import (
    Documents,
    Pair,
    confusion,
    count_facts,
    count_indicator_characters,
    count_shared_metrics,
    count_spans,
    count_typed_spans,
    overlapping,
    same_bounds,
    same_indicator,
    same_kind,
    same_place,
    same_value,
)
from fazhi.annotation._coefficients import alpha, f1, kappa, observed, share
from fazhi.corpus import ENTITY_LABELS, ROLE_NAMES, TOPIC_NAMES, Annotation
from fazhi.errors import MismatchError

Layer = Mapping[str, Sequence[Annotation]]
"""The annotations of each report, by its id."""


class Figure(Record):
    """One figure of agreement."""

    value: float | None
    """The figure; None where it is undefined."""
    left: int
    """How many spans, segments, facts or characters of the left layer were counted."""
    right: int
    """How many of the right layer."""
    interval: Interval | None
    """Its interval over documents; None where fewer than two have anything to count."""


class SpanAgreement(Record):
    """F1 of spans: the harmonic mean of the proportions that either side shares."""

    exact: Figure
    """Begin, end and type are the same."""
    overlap: Figure
    """A span counts as found where the other side has one of its type that shares a character."""
    kind: Figure
    """Begin, end, type and kind are the same."""


class EntityAgreement(Record):
    """Agreement on entities."""

    pooled: SpanAgreement
    """Over all types."""
    boundary: Figure
    """F1 where begin and end are the same, whatever the type."""
    per_type: dict[str, SpanAgreement]
    """Of each type alone."""


class LabelAgreement(Record):
    """Agreement on the labels of the segments that both layers gave one."""

    observed: Figure
    """Share of the segments with the same label."""
    kappa: Figure
    """Cohen's kappa."""
    alpha: Figure
    """Krippendorff's alpha, nominal."""


class FactAgreement(Record):
    """Agreement on the facts of the METRICs that both layers have and state a fact of."""

    metrics: int
    """METRICs with the same begin and end in both layers, with or without facts."""
    indicator: Figure
    """Share of the facts whose indicator is the same span, or is missing on both sides."""
    characters: Figure
    """F1 of the indicators' characters by place; a missing indicator has none."""
    value: Figure
    """Share of the facts whose value is the same in all its fields."""
    bounds: Figure
    """Share of the facts whose value has the same bounds; unit and approximator may differ."""


class Agreement(Record):
    """How far two layers agree."""

    left: str
    """Name of the one layer."""
    right: str
    """Name of the other."""
    reports: tuple[str, ...]
    """Ids of the reports, sorted: the documents of the intervals."""
    segments: int
    """Number of segments that both annotated."""
    entities: EntityAgreement
    """Entities."""
    role: LabelAgreement
    """Roles."""
    topic: LabelAgreement
    """Topics, on the segments where both layers have one."""
    facts: FactAgreement
    """Facts."""


def agreement(left: Layer, right: Layer, names: tuple[str, str] = ("left", "right")) -> Agreement:
    """How far two layers agree, with intervals over their reports.

    Args:
        left: the annotations of each report.
        right: another layer's, of the same segments in the same order.
        names: the names of the two layers.

    Raises:
        MismatchError: the layers do not annotate the same reports and segments.
    """
    reports = sorted(left)
    _check_same("reports", reports, sorted(right), names)
    documents = [_pairs(report, left[report], right[report], names) for report in reports]
    return Agreement(
        left=names[0],
        right=names[1],
        reports=tuple(reports),
        segments=sum(len(pairs) for pairs in documents),
        entities=_entities(documents),
        role=_labels(confusion(documents, ROLE_NAMES, lambda each: each.role)),
        topic=_labels(confusion(documents, TOPIC_NAMES, lambda each: each.topic)),
        facts=_facts(documents),
    )


def _pairs(
    report: str, left: Sequence[Annotation], right: Sequence[Annotation], names: tuple[str, str]
) -> list[Pair]:
    ids, other_ids = ([each.id for each in side] for side in (left, right))
    _check_same(f"segments of {report!r}", ids, other_ids, names)
    return list(zip(left, right, strict=True))


def _check_same(
    what: str, left: Sequence[str], right: Sequence[str], names: tuple[str, str]
) -> None:
    """Raises MismatchError unless both are the same; names the first difference."""
    for number, (ours, theirs) in enumerate(zip_longest(left, right), start=1):
        if ours != theirs:
            raise MismatchError(
                f"the layers {names[0]!r} and {names[1]!r} do not annotate the same {what}: "
                f"number {number} is {ours!r} in the one and {theirs!r} in the other. "
                "Compare layers of the same segments"
            )


def _entities(documents: Documents) -> EntityAgreement:
    rules = (same_place, overlapping, same_kind)
    typed = [count_typed_spans(documents, rule) for rule in rules]
    return EntityAgreement(
        pooled=_spans(*(counts.sum(axis=1) for counts in typed)),
        boundary=_f1(count_spans(documents, same_place)),
        per_type={
            label: _spans(*(counts[:, number] for counts in typed))
            for number, label in enumerate(ENTITY_LABELS)
        },
    )


def _spans(exact: Counts, overlap: Counts, kind: Counts) -> SpanAgreement:
    return SpanAgreement(exact=_f1(exact), overlap=_f1(overlap), kind=_f1(kind))


def _labels(confusion: Counts) -> LabelAgreement:
    units = int(confusion.sum())
    return LabelAgreement(
        observed=_figure(confusion, observed, units, units),
        kappa=_figure(confusion, kappa, units, units),
        alpha=_figure(confusion, alpha, units, units),
    )


def _facts(documents: Documents) -> FactAgreement:
    return FactAgreement(
        metrics=count_shared_metrics(documents),
        indicator=_share(count_facts(documents, same_indicator)),
        characters=_f1(count_indicator_characters(documents)),
        value=_share(count_facts(documents, same_value)),
        bounds=_share(count_facts(documents, same_bounds)),
    )


def _f1(counts: Counts) -> Figure:
    *_, left, right = counts.sum(axis=0)
    return _figure(counts, f1, int(left), int(right))


def _share(counts: Counts) -> Figure:
    pairs = int(counts[:, 1].sum())
    return _figure(counts, share, pairs, pairs)


def _figure(counts: Counts, statistic: Statistic, left: int, right: int) -> Figure:
    value = float(statistic(counts.sum(axis=0)[None])[0])
    return Figure(
        value=None if isnan(value) else value,
        left=left,
        right=right,
        interval=interval(counts, statistic),
    )
