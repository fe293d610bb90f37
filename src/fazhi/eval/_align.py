"""Which predicted entity answers which gold one, so that every error is counted once.

After Ortmann, "Fine-Grained Error Analysis and Fair Evaluation of Labeled Spans" (LREC 2022):
a gold and a predicted entity that overlap are one error, not one missed and one spurious
entity. Pairs are formed one to one: equal entities first, then equal spans, then entities of one
type that overlap, then those of different types; of several the pair that shares most
characters, then the one further left.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from fazhi.eval._spans import Ints, Spans, width_of

Error = Literal["label", "boundary", "both", "missed", "spurious"]
"""A wrong type, wrong ends, both, a gold entity without answer, an answer to nothing."""
ERRORS: tuple[Error, ...] = get_args(Error)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of a gold and a predicted span, and what is left on either side."""

    gold: Ints
    """The gold span of each pair, (pairs,)."""
    predicted: Ints
    """The predicted span of each pair, (pairs,)."""
    rank: Ints
    """0 for equal spans of one label, then 1 + the place among `ERRORS`, (pairs,)."""
    missed: Ints
    """Gold spans in no pair."""
    spurious: Ints
    """Predicted spans in no pair."""


def align(gold: Spans, predicted: Spans) -> Alignment:
    """Aligns the spans of two sides, each of which is flat."""
    left, right, shared = _overlaps(gold, predicted)
    rank = _ranks(gold, predicted, left, right)
    order = np.lexsort((right, left, -shared, rank))
    chosen = order[_one_to_one(left[order], right[order])]
    return Alignment(
        gold=left[chosen],
        predicted=right[chosen],
        rank=rank[chosen],
        missed=np.setdiff1d(np.arange(len(gold)), left[chosen]),
        spurious=np.setdiff1d(np.arange(len(predicted)), right[chosen]),
    )


def _overlaps(gold: Spans, predicted: Spans) -> tuple[Ints, Ints, Ints]:
    """All pairs that share a character, and how many characters each shares."""
    width = width_of(gold, predicted)
    ours, theirs = ((each.sequence * width + each.start) for each in (gold, predicted))
    our_ends, their_ends = ((each.sequence * width + each.end) for each in (gold, predicted))
    first = np.searchsorted(their_ends, ours, side="right")
    number = np.searchsorted(theirs, our_ends, side="left") - first
    left = np.repeat(np.arange(len(gold)), number)
    skipped = np.repeat(np.cumsum(number) - number, number)
    right = np.arange(len(left)) - skipped + np.repeat(first, number)
    shared = np.minimum(our_ends[left], their_ends[right]) - np.maximum(ours[left], theirs[right])
    return left, right, shared


def _ranks(gold: Spans, predicted: Spans, left: Ints, right: Ints) -> Ints:
    same_place = (gold.start[left] == predicted.start[right]) & (
        gold.end[left] == predicted.end[right]
    )
    same_label = gold.label[left] == predicted.label[right]
    return np.select([same_place & same_label, same_place, same_label], [0, 1, 2], 3)


def _one_to_one(left: Ints, right: Ints) -> Ints:
    """The pairs that are left when, from the first on, each takes its two spans away.

    A pair that comes first for both of its spans is taken whatever the others are, so that many
    are taken at once.
    """
    taken: list[Ints] = []
    open_pairs: Ints = np.arange(len(left))
    while len(open_pairs):
        mine, theirs = left[open_pairs], right[open_pairs]
        first = np.zeros(len(open_pairs), dtype=np.int64)
        for side in (mine, theirs):
            first[np.unique(side, return_index=True)[1]] += 1
        best = first == 2
        taken.append(open_pairs[best])
        gone = np.isin(mine, mine[best]) | np.isin(theirs, theirs[best])
        open_pairs = open_pairs[~gone]
    return np.sort(np.concatenate([*taken, np.zeros(0, dtype=np.int64)]))
