"""Facts from what Label Studio stores: values of METRICs, and relations to their indicators."""

from collections.abc import Mapping, Sequence

from fazhi._record import explain
from fazhi.annotation._label_config import ENTITY, INDICATOR, MEASURES, VALUE
from fazhi.annotation._studio_json import Result, said_of
from fazhi.corpus import Entity, Fact, Span, Value, parse_value, value_of


def read_facts(
    result: Result,
    entities: Mapping[str, Entity],
    spans: Mapping[str, Span],
    problems: list[str],
) -> list[Fact]:
    """The facts of the METRICs that have a value or a relation.

    Args:
        result: all regions and relations.
        entities: the entity of each region, by region id.
        spans: the verified span of each entity and indicator region, by region id.
        problems: gets what cannot be used.
    """
    indicators = _links(result, entities, spans, problems)
    facts = []
    for name, metric in entities.items():
        written = said_of(result, VALUE, "text", name)
        if metric.label != "METRIC" or not (written or name in indicators):
            continue
        value = _value(metric, written, problems)
        if value:
            facts.append(Fact(metric=metric.span, indicator=indicators.get(name), value=value))
    return sorted(facts, key=lambda fact: fact.metric.start)


def _links(
    result: Result,
    entities: Mapping[str, Entity],
    spans: Mapping[str, Span],
    problems: list[str],
) -> dict[str, Span]:
    """The indicator of each METRIC region that a relation links to one, in either direction."""
    metrics = {name for name, entity in entities.items() if entity.label == "METRIC"}
    names = {str(each.get("id")) for each in result if each.get("from_name") == INDICATOR}
    there = {str(each.get("id")) for each in result if each.get("from_name") == ENTITY} | names
    refused = there - entities.keys() - (names & spans.keys())
    links: dict[str, Span] = {}
    touched: set[str] = set()
    for relation in result:
        if relation.get("type") != "relation":
            continue
        ends = (str(relation.get("from_id")), str(relation.get("to_id")))
        touched |= set(ends)
        metric, indicator = ends if ends[0] in metrics else ends[::-1]
        if refused & set(ends):
            continue  # one of its regions is on the list already
        if metric not in metrics or indicator not in names:
            shown = [spans[end].text if end in spans else end for end in ends]
            problems.append(f"a relation of {shown} does not lead from a METRIC to an indicator")
        elif (relation.get("labels") or [MEASURES]) != [MEASURES]:
            problems.append(f"a relation is called {relation['labels']}, not {MEASURES!r}")
        elif metric in links:
            problems.append(f"{entities[metric].text!r} measures two indicators")
        else:
            links[metric] = spans[indicator]
    problems += [
        f"the indicator {spans[name].text!r} belongs to no METRIC"
        for name in sorted((names & spans.keys()) - touched)
    ]
    return links


def _value(metric: Entity, written: Sequence[object], problems: list[str]) -> Value | None:
    lines = [line for each in written for line in (each if isinstance(each, list) else [each])]
    if len(lines) > 1:
        problems.append(f"the value of {metric.text!r} is {lines}; it needs one")
        return None
    if not lines or not lines[0]:
        computed = value_of(metric.text)
        if computed is None:
            problems.append(f"the value of {metric.text!r} cannot be computed; write it")
        return computed
    try:
        return parse_value(str(lines[0]).strip())
    except ValueError as error:
        problems.append(f"the value of {metric.text!r}: {explain(error)}")
        return None
