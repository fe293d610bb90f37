"""An older gold, had from the present one by undoing corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from fazhi._record import explain
from fazhi.annotation._errata import Erratum, version_number
from fazhi.corpus import (
    NO_INDICATOR,
    Annotation,
    Entity,
    Example,
    Fact,
    check_annotation,
    format_value,
    parse_fact,
    render_indicator,
)
from fazhi.errors import MarkError, MismatchError


def gold_before(
    examples: Sequence[Example], errata: Iterable[Erratum], version: str
) -> list[Example]:
    """The gold as it was before a version, with the corrections of it and later ones undone.

    The fact of a METRIC that was no METRIC then is left out without a record of its own.

    Raises:
        MismatchError: a correction is not what the gold says.
    """
    due = [each for each in errata if version_number(each.version) >= version_number(version)]
    by_segment: dict[str, list[Erratum]] = {}
    for each in reversed(due):
        by_segment.setdefault(each.segment, []).append(each)
    unknown = by_segment.keys() - {each.segment.id for each in examples}
    if unknown:
        raise MismatchError(f"a correction names no segment of the corpus: {sorted(unknown)[0]!r}")
    return [_undo_all(each, by_segment.get(each.segment.id, [])) for each in examples]


@dataclass(slots=True)
class _Labels:
    """The labels of a segment, in the notation of the records."""

    text: str
    """The segment's text."""
    whole: dict[str, str | None]
    """Its role and topic."""
    spans: dict[tuple[int, str], str]
    """The label of each entity, by its start and surface."""
    indicators: dict[tuple[int, str], str]
    """The indicator of each METRIC that has a fact."""
    values: dict[tuple[int, str], str]
    """The value of each METRIC that has a fact."""


def _labels(example: Example) -> _Labels:
    gold, text = example.gold, example.segment.text
    facts = {(each.metric.start, each.metric.text): each for each in gold.facts}
    return _Labels(
        text=text,
        whole={"role": gold.role, "topic": gold.topic},
        spans={(each.start, each.text): f"{each.label}.{each.kind}" for each in gold.entities},
        indicators={place: render_indicator(text, fact) for place, fact in facts.items()},
        values={place: format_value(fact.value) for place, fact in facts.items()},
    )


def _undo_all(example: Example, errata: Sequence[Erratum]) -> Example:
    labels = _labels(example)
    for each in errata:
        _undo(labels, each)
    try:
        gold = _annotation(example.segment.id, labels)
    except (ValidationError, MarkError, ValueError) as error:
        reason = explain(error) if isinstance(error, ValueError) else str(error)
        raise _unfit(example, reason) from None
    problem = check_annotation(gold, {example.segment.id: example.segment})
    if problem:
        raise _unfit(example, problem)
    return Example(segment=example.segment, gold=gold)


def _undo(labels: _Labels, erratum: Erratum) -> None:
    if erratum.start is None:
        found = labels.whole[erratum.about]
        labels.whole[erratum.about] = erratum.old
    else:
        kinds = {"span": labels.spans, "indicator": labels.indicators, "value": labels.values}
        place = (erratum.start, erratum.place)
        found = kinds[erratum.about].pop(place, None)
        if erratum.old is not None:
            kinds[erratum.about][place] = erratum.old
    if found != erratum.new:
        raise _not_so(erratum, found)


def _annotation(name: str, labels: _Labels) -> Annotation:
    entities = [_entity(place, label) for place, label in sorted(labels.spans.items())]
    metrics = [each for each in entities if each.label == "METRIC"]
    return Annotation.model_validate(
        {
            **labels.whole,
            "id": name,
            "entities": entities,
            "facts": [
                _fact(labels, each) for each in metrics if (each.start, each.text) in labels.values
            ],
        }
    )


def _entity(place: tuple[int, str], written: str) -> Entity:
    start, surface = place
    label, _, kind = written.partition(".")
    fields = {"start": start, "end": start + len(surface), "text": surface}
    return Entity.model_validate({**fields, "label": label, "kind": kind})


def _fact(labels: _Labels, metric: Entity) -> Fact:
    place = (metric.start, metric.text)
    indicator = labels.indicators.get(place, NO_INDICATOR)
    return parse_fact(indicator, labels.values[place], labels.text, metric)


def _unfit(example: Example, problem: str) -> MismatchError:
    return MismatchError(
        f"with its corrections undone, {example.segment.id} is no annotation: {problem}. "
        "Complete the records of that version"
    )


def _not_so(erratum: Erratum, found: str | None) -> MismatchError:
    what = f"{erratum.about} {erratum.place}".strip()
    return MismatchError(
        f"a correction in version {erratum.version} says that {what} of {erratum.segment} is "
        f"{erratum.new or '-'}, but it is {found or '-'}. Correct the record"
    )
