"""The rules for entities that overlap, each against its definition read naively."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.predictions import PredictedEntity
from fazhi.predictions._overlaps import overlapping, resolve
from strategies import spans

LENGTH = 12


def entity(start, end, label="AGENCY", score=None):
    return PredictedEntity(start=start, end=end, label=label, score=score)


A, B, C = entity(0, 3, score=0.5), entity(2, 8, score=0.1), entity(7, 9, score=0.9)


@pytest.mark.parametrize(
    ("written", "rule", "kept"),
    [
        # B overlaps A and C, which do not overlap each other
        ([A, B, C], "first", [A, C]),
        ([B, A, C], "first", [B]),
        ([A, B, C], "longest", [B]),
        ([A, B, C], "score", [A, C]),
        # equally long: the one that starts first, wherever it is written
        ([entity(2, 4), entity(1, 3)], "longest", [entity(1, 3)]),
        # equally likely: the longer one, then the one that starts first
        ([entity(0, 2, score=0.5), entity(1, 4, score=0.5)], "score", [entity(1, 4, score=0.5)]),
        ([entity(2, 4, score=0.5), entity(1, 3, score=0.5)], "score", [entity(1, 3, score=0.5)]),
        # no score is less than any score
        ([entity(0, 5), entity(4, 6, score=0.0)], "score", [entity(4, 6, score=0.0)]),
        # the same span twice: as written
        ([entity(0, 2, "LEGAL"), entity(0, 2)], "longest", [entity(0, 2, "LEGAL")]),
        ([entity(0, 2, "LEGAL"), entity(0, 2)], "score", [entity(0, 2, "LEGAL")]),
        # what touches does not overlap
        ([entity(0, 2), entity(2, 4)], "longest", [entity(0, 2), entity(2, 4)]),
    ],
)
def test_a_rule_keeps(written, rule, kept):
    assert resolve(written, LENGTH, rule)[0] == kept


scores = st.sampled_from([None, 0.0, 0.5, 1.0])
entities = st.lists(
    st.builds(lambda span, score: entity(*span, score=score), spans(LENGTH), scores), max_size=8
)
RANKS = {
    "first": lambda number, _: number,
    "longest": lambda number, each: (each.start - each.end, each.start, number),
    "score": lambda number, each: (
        each.score is None,
        -(each.score or 0),
        each.start - each.end,
        each.start,
        number,
    ),
}


def clash(one, other):
    return bool(set(range(one.start, one.end)) & set(range(other.start, other.end)))


@given(entities, st.sampled_from(sorted(RANKS)))
def test_a_rule_goes_through_the_entities_in_its_order(found, rule):
    kept = []
    for number, each in sorted(enumerate(found), key=lambda pair: RANKS[rule](*pair)):
        if not any(clash(each, other) for _, other in kept):
            kept.append((number, each))
    numbers = {number for number, _ in kept}
    assert resolve(found, LENGTH, rule) == (
        [each for number, each in enumerate(found) if number in numbers],
        [each for number, each in enumerate(found) if number not in numbers],
    )


@given(entities)
def test_each_entity_that_overlaps_one_before_it_is_found(found):
    ordered = sorted(found, key=lambda each: (each.start, each.end))
    due = [
        each
        for number, each in enumerate(ordered)
        if any(clash(each, other) for other in ordered[:number])
    ]
    pairs = list(overlapping(found))
    assert [one for one, _ in pairs] == due
    assert all(clash(one, other) for one, other in pairs)


@given(entities, st.sampled_from(sorted(RANKS)))
def test_what_is_kept_is_flat_and_what_is_lost_overlaps_it(found, rule):
    kept, lost = resolve(found, LENGTH, rule)
    assert not list(overlapping(kept))
    assert all(any(clash(each, other) for other in kept) for each in lost)
