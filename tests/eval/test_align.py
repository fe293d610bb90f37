"""Every span is in one pair at most, and the pair that fits best is formed first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.eval._align import ERRORS, align
from fazhi.eval._spans import make_spans

A, B = 0, 1


def named(gold, predicted):
    """The pairs as (gold, predicted, what it is), and what is left of either side."""
    ours, theirs = make_spans((0, *row) for row in gold), make_spans((0, *row) for row in predicted)
    found = align(ours, theirs)
    kinds = ["correct", *ERRORS]
    pairs = [
        (sorted(gold)[g][:2], sorted(predicted)[p][:2], kinds[rank])
        for g, p, rank in zip(found.gold, found.predicted, found.rank, strict=True)
    ]
    missed = [sorted(gold)[number][:2] for number in found.missed]
    spurious = [sorted(predicted)[number][:2] for number in found.spurious]
    return sorted(pairs), missed, spurious


@pytest.mark.parametrize(
    ("gold", "predicted", "kind"),
    [
        ((0, 4, A), (0, 4, A), "correct"),
        ((0, 4, A), (0, 4, B), "label"),
        ((0, 4, A), (0, 3, A), "boundary"),
        ((0, 4, A), (3, 9, A), "boundary"),
        ((0, 4, A), (1, 3, B), "both"),
    ],
)
def test_a_pair_is_one_error(gold, predicted, kind):
    assert named([gold], [predicted]) == ([(gold[:2], predicted[:2], kind)], [], [])


def test_spans_that_touch_are_no_pair():
    assert named([(0, 4, A)], [(4, 6, A)]) == ([], [(0, 4)], [(4, 6)])


def test_spans_of_different_sequences_are_no_pair():
    found = align(make_spans([(0, 0, 4, A)]), make_spans([(1, 0, 4, A)]))
    assert (len(found.gold), len(found.missed), len(found.spurious)) == (0, 1, 1)


def test_the_same_type_is_preferred_to_more_characters():
    # 4-9 shares 5 characters with the gold entity but is of another type; 0-2 shares 2
    assert named([(0, 9, A)], [(0, 2, A), (4, 9, B)]) == (
        [((0, 9), (0, 2), "boundary")],
        [],
        [(4, 9)],
    )


def test_of_one_type_the_larger_part_is_preferred():
    assert named([(0, 9, A)], [(0, 2, A), (4, 9, A)]) == (
        [((0, 9), (4, 9), "boundary")],
        [],
        [(0, 2)],
    )


def test_of_equal_parts_the_left_one_is_preferred():
    assert named([(0, 9, A)], [(1, 3, A), (5, 7, A)])[0] == [((0, 9), (1, 3), "boundary")]


def test_one_that_loses_its_best_partner_takes_the_next():
    # shared: 0-6 with 0-5: 5; 6-9 with 5-9: 3; 0-6 with 5-9: 1, which is too late
    assert named([(0, 6, A), (6, 9, A)], [(0, 5, A), (5, 9, A)])[0] == [
        ((0, 6), (0, 5), "boundary"),
        ((6, 9), (5, 9), "boundary"),
    ]
    # 4-9 shares 5 with 4-12 and 0-4 only touches; 9-12 shares 3 and is left without partner
    assert named([(4, 9, A), (9, 12, A)], [(4, 12, A)]) == (
        [((4, 9), (4, 12), "boundary")],
        [(9, 12)],
        [],
    )


@st.composite
def sides(draw):
    def flat():
        cuts = sorted(draw(st.sets(st.integers(0, 24), max_size=14)))
        return [
            (s, e, draw(st.sampled_from([A, B])))
            for s, e in zip(cuts[::2], cuts[1::2], strict=False)
        ]

    return flat(), flat()


def one_by_one(gold, predicted):
    """The rule as it is stated: the best pair first, then the best of what is left."""
    pairs = []
    for g in gold:
        for p in predicted:
            shared = min(g[1], p[1]) - max(g[0], p[0])
            if shared > 0:
                place, label = g[:2] == p[:2], g[2] == p[2]
                rank = 0 if place and label else 1 if place else 2 if label else 3
                pairs.append((rank, -shared, g, p))
    taken, kinds = [], ["correct", *ERRORS]
    for rank, _, g, p in sorted(pairs):
        if all(g != other and p != mine for other, mine, _ in taken):
            taken.append((g, p, kinds[rank]))
    return sorted((g[:2], p[:2], kind) for g, p, kind in taken)


@given(sides())
def test_all_at_once_is_as_one_by_one(drawn):
    gold, predicted = drawn
    pairs, missed, spurious = named(gold, predicted)
    assert pairs == one_by_one(gold, predicted)
    assert len(pairs) + len(missed) == len(gold)
    assert len(pairs) + len(spurious) == len(predicted)
