"""The scores that have an interval and can be compared, by name."""

import numpy as np

from fazhi._resample import Counts, Interval, score_interval
from fazhi.corpus import ENTITY_LABELS
from fazhi.eval._count import GOLD, hits_of
from fazhi.eval._facts import FACTS, TOKENS, VALUES
from fazhi.eval._figure import Figure
from fazhi.eval._statistics import f1, macro_label_f1, share
from fazhi.eval._tally import Tally

_SUFFIX = {"facts": "", "facts_on_gold": " on gold"}


def figures(tally: Tally) -> dict[str, Figure]:
    """The official scores of the attempted tasks, and the F1 of each entity type.

    Names: entities (micro-F1), AGENCY, LEGAL, METRIC (F1), role, topic (macro-F1 over the labels
    that occur in gold), indicator (F1 of tokens), value (accuracy), and the last two "on gold".
    """
    found: dict[str, Figure] = {}
    if tally.entities:
        strict = tally.entities.strict
        found["entities"] = Figure(strict.sum(axis=1), f1)
        found |= {name: Figure(strict[:, n], f1) for n, name in enumerate(ENTITY_LABELS)}
    for name, confusion in (("role", tally.role), ("topic", tally.topic)):
        if confusion is not None:
            found[name] = Figure(in_gold(hits_of(confusion)), macro_label_f1)
    for name, counts in (("facts", tally.facts), ("facts_on_gold", tally.facts_on_gold)):
        if counts is not None:
            found[f"indicator{_SUFFIX[name]}"] = Figure(counts[:, TOKENS], f1)
            found[f"value{_SUFFIX[name]}"] = Figure(counts[:, [FACTS, VALUES]], share)
    return found


def intervals(tally: Tally) -> dict[str, Interval]:
    """The 95% interval of each figure that has one."""
    found = {
        name: score_interval(figure.counts, tally.groups, figure.statistic)
        for name, figure in figures(tally).items()
    }
    return {name: each for name, each in found.items() if each}


def in_gold(hits: Counts) -> Counts:
    """The counts of the labels that occur in the gold of any segment, (segments, labels, 3)."""
    return hits[:, np.flatnonzero(hits[..., GOLD].any(axis=0))]
