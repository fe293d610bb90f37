"""A well-formed line against the segment that it speaks of: spans and facts."""

from collections.abc import Sequence

from fazhi.corpus import Segment
from fazhi.predictions._intake import Intake
from fazhi.predictions._line import Line
from fazhi.predictions._overlaps import overlapping, resolve
from fazhi.predictions._problems import Problems, shown
from fazhi.predictions._reading import Dropped
from fazhi.predictions._records import PredictedEntity, PredictedFact, PredictedSpan, Prediction

_OFFSETS = "Offsets are Python code points of the segment's text, half-open"


def checked(line: Line, segment: Segment, intake: Intake) -> Prediction:
    """The prediction of a line with its overlaps resolved; what is wrong goes to the intake."""
    prediction = line.prediction
    entities = _entities(line, segment, intake)
    facts = prediction.facts
    if facts is not None and "entities" not in line.malformed:
        facts = _facts(facts, line, entities or (), intake)
    for each in (prediction.facts, prediction.facts_on_gold):
        _check_facts(each or (), line, segment, intake.problems)
    return prediction.model_copy(update={"entities": entities, "facts": facts})


def _entities(line: Line, segment: Segment, intake: Intake) -> tuple[PredictedEntity, ...] | None:
    found = line.prediction.entities
    if found is None:
        return None
    usable = [each for each in found if _in_range(each, "the span", line, segment, intake.problems)]
    rule = intake.policy.overlaps
    if rule != "refuse":
        kept, lost = resolve(usable, len(segment.text), rule)
        intake.dropped += [
            Dropped(line.number, segment.id, each.start, each.end, each.label, rule)
            for each in lost
        ]
        return tuple(kept)
    for one, other in overlapping(usable):
        intake.problems.add(
            line.number,
            f"the span {_name(one)} of {segment.id!r} overlaps another one, {_name(other)}",
            "Entities are flat: keep one of the two, or choose a rule with --overlaps",
        )
    return tuple(usable)


def _facts(
    facts: Sequence[PredictedFact],
    line: Line,
    kept: Sequence[PredictedEntity],
    intake: Intake,
) -> tuple[PredictedFact, ...]:
    """The facts whose METRIC is kept; a fact of what was never a METRIC is a problem."""
    written = {each.place for each in line.prediction.entities or () if each.label == "METRIC"}
    left = {each.place for each in kept if each.label == "METRIC"}
    name = line.prediction.id
    for fact in facts:
        place = fact.metric.place
        if place not in written:
            intake.problems.add(
                line.number,
                f"a fact of {name!r} is of {_name(fact.metric)}, which is no METRIC of the line",
                "Predict the METRIC in entities too, or give the fact in facts_on_gold",
            )
        elif place not in left:
            intake.dropped.append(Dropped(line.number, name, *place, "METRIC", "fact"))
    return tuple(fact for fact in facts if fact.metric.place in left)


def _check_facts(
    facts: Sequence[PredictedFact], line: Line, segment: Segment, problems: Problems
) -> None:
    """Spans in range, METRICs flat, indicators outside their METRIC, units that can be shown."""
    usable = [
        fact
        for fact in facts
        if _in_range(fact.metric, "the metric", line, segment, problems)
        and (
            fact.indicator is None
            or _in_range(fact.indicator, "the indicator", line, segment, problems)
        )
    ]
    for one, other in overlapping([fact.metric for fact in usable]):
        problems.add(
            line.number,
            f"two facts of {segment.id!r} are of {_name(other)} and {_name(one)}",
            "Give at most one fact for each METRIC; METRICs do not overlap",
        )
    for fact in usable:
        _check_fact(fact, line, segment, problems)


def _check_fact(fact: PredictedFact, line: Line, segment: Segment, problems: Problems) -> None:
    metric, indicator = fact.metric, fact.indicator
    if indicator and indicator.overlaps(metric):
        problems.add(
            line.number,
            f"the indicator {_name(indicator)} of {segment.id!r} overlaps its metric "
            f"{_name(metric)}",
            "The indicator names what is measured; it stands outside the METRIC",
        )
    if fact.value and not fact.value.unit.isprintable():
        problems.add(
            line.number,
            f"the unit {shown(fact.value.unit)} holds characters that cannot be printed",
            "Give the unit as it stands in the text",
        )


def _in_range(
    span: PredictedSpan, kind: str, line: Line, segment: Segment, problems: Problems
) -> bool:
    length = len(segment.text)
    fits = span.start < span.end <= length
    if not fits:
        problems.add(
            line.number,
            f"{kind} {_name(span)} of {segment.id!r} is empty or out of range "
            f"(the text has {length} characters)",
            _OFFSETS,
        )
    return fits


def _name(span: PredictedSpan) -> str:
    return f"{shown(span.start)}:{shown(span.end)}"
