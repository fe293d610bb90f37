"""Checks of the facts: every METRIC has one, its value follows from it, its indicator is clean."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fazhi.annotation._finding import Finding
from fazhi.annotation._reasons import Reasons
from fazhi.annotation._surface import EDGE, half_pairs
from fazhi.corpus import Entity, Example, Fact, format_value, value_of

_OPENING, _CLOSING = frozenset("《“‘\"'（(〈〔"), frozenset("》”’\"'）)〉〕")
_RATIO = frozenset({"", "%", "‰", "‱", "倍", "个百分点"})
_TIME = re.compile(r"个?(?:年|月|周|星期|天|日|工作日|小时|分钟|学时|课时|秒)")


def lint_facts(examples: Sequence[Example], reasons: Reasons) -> Iterator[Finding]:
    """Findings on facts, in the order of the corpus."""
    recorded = Counter((each.text, each.segment) for each in reasons.values)
    for example in examples:
        facts = {each.metric.place: each for each in example.gold.facts}
        for metric in example.gold.metrics:
            fact = facts.get(metric.place)
            place = (metric.text, example.segment.id)
            settled = recorded[place] > 0 and fact and _differs(fact)
            recorded[place] -= bool(settled)
            for message in _problems(example, metric, fact, bool(settled)):
                yield Finding("fact", example.segment.id, metric.text, message)
    for (text, segment), left in sorted(recorded.items()):
        if left:
            yield Finding("fact", segment, text, "the recorded reason is needed nowhere. Drop it")


def _differs(fact: Fact) -> bool:
    return value_of(fact.metric.text) != fact.value


def _problems(example: Example, metric: Entity, fact: Fact | None, settled: bool) -> Iterator[str]:
    if fact is None:
        yield "the METRIC has no fact. Write one"
        return
    if _differs(fact) and not settled:
        computed = value_of(metric.text)
        shown = format_value(computed) if computed else "nothing"
        yield (
            f"its value is {format_value(fact.value)}, computed is {shown}. "
            "Correct it, or record why"
        )
    if _kind_of(fact.value.unit) != metric.kind:
        yield f"the unit {fact.value.unit!r} is not one of a {metric.kind}. Correct one of the two"
    if fact.indicator:
        yield from _indicator_problems(example, fact.indicator.text, fact)


def _kind_of(unit: str) -> str:
    if unit in _RATIO:
        return "ratio"
    if "元" in unit:
        return "money"
    return "duration" if _TIME.fullmatch(unit) else "count"


def _indicator_problems(example: Example, text: str, fact: Fact) -> Iterator[str]:
    if text[0] in EDGE - _OPENING or text[-1] in EDGE - _CLOSING:
        yield f"the indicator {text!r} has a space or mark at its edge. Leave it out"
    if half_pairs(text):
        yield f"the indicator {text!r} holds half a pair of brackets. Take in or leave out both"
    span = fact.indicator
    if span and any(span.overlaps(each) for each in example.gold.metrics):
        yield f"the indicator {text!r} holds a METRIC. Shorten it"
