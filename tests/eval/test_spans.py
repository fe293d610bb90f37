"""The decoding of tags agrees with seqeval's strict IOB2, sequence by sequence."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.scheme import IOB2, Entities

from fazhi.corpus import BIO_TAGS, ENTITY_LABELS, spans_to_tags
from fazhi.eval import count_strict, count_tags, spans_of_tags
from fazhi.eval._spans import among, make_spans, span_keys

TWO = ("X", "Y")
TAGS = ("O", "B-X", "I-X", "B-Y", "I-Y")
RANDOM = 4_000


def rows(spans):
    return list(zip(spans.sequence, spans.start, spans.end, spans.label, strict=True))


def of_seqeval(sequences, labels):
    """What seqeval finds, with its inclusive ends made exclusive."""
    found = Entities([list(tags) for tags in sequences], IOB2).entities
    return sorted(
        (number, each.start, each.end, labels.index(each.tag))
        for number, entities in enumerate(found)
        for each in entities
    )


def test_every_sequence_of_up_to_six_tags():
    # 5 + 5^2 + … + 5^6 = 19,530 sequences of two labels
    sequences = [tags for length in range(1, 7) for tags in product(TAGS, repeat=length)]
    assert len(sequences) == 19_530
    assert rows(spans_of_tags(sequences, TWO)) == of_seqeval(sequences, TWO)


def test_long_random_sequences():
    """Legal, illegal and empty ones of all labels, more of them than are decoded at once."""
    generator = np.random.default_rng(4)
    lengths = generator.integers(0, 40, RANDOM)
    drawn = [
        [BIO_TAGS[n] for n in generator.integers(len(BIO_TAGS), size=size)] for size in lengths
    ]
    sequences = drawn * 6  # 24,000
    found = rows(spans_of_tags(sequences, ENTITY_LABELS))
    once = of_seqeval(drawn, ENTITY_LABELS)
    assert found == [(n + k * RANDOM, *rest) for k in range(6) for n, *rest in once]


@pytest.mark.parametrize("sequences", [[], [[]], [[], []], [["O"]], [[], ["O", "O"], []]])
def test_nothing_is_found_in_nothing(sequences):
    assert len(spans_of_tags(sequences, TWO)) == 0


def test_empty_sequences_keep_their_number():
    assert rows(spans_of_tags([[], ["B-Y"], [], [], ["O", "B-X", "I-X"], []], TWO)) == [
        (1, 0, 1, 1),
        (4, 1, 3, 0),
    ]


@pytest.mark.parametrize("tag", ["ORG", "o", "B-", "B-ORG", "b-X", "E-X", "S-X"])
def test_a_tag_that_is_none_is_no_entity_but_an_error(tag):
    with pytest.raises(KeyError):
        spans_of_tags([["O", tag]], TWO)


@st.composite
def flat_spans(draw, length=20):
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=10)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [(0, start, end, draw(st.integers(0, 1))) for start, end in pairs]


@given(flat_spans(), flat_spans())
def test_keys_are_equal_for_equal_spans_alone(left, right):
    ours, theirs = make_spans(left), make_spans(right)
    for labels in (1, 2):
        known = {row if labels == 2 else row[:3] for row in right}
        found = among(span_keys(ours, 21, labels), span_keys(theirs, 21, labels))
        assert found.tolist() == [(row if labels == 2 else row[:3]) in known for row in left]


def test_keys_that_64_bits_cannot_hold_are_refused():
    far = make_spans([(2**40, 0, 10**6, 0)])
    with pytest.raises(OverflowError, match="too many to number"):
        span_keys(far, 10**6 + 1, 3)


@given(flat_spans())
def test_spans_are_decoded_from_their_own_tags(spans):
    class Labelled:
        def __init__(self, row):
            _, self.start, self.end, label = row
            self.label = TWO[label]

    tags = spans_to_tags([Labelled(row) for row in spans], 20)
    assert rows(spans_of_tags([tags], TWO)) == spans


def test_counting_piece_by_piece_is_counting_at_once():
    """More sequences than are worked on at once; documents that cross the pieces."""
    generator = np.random.default_rng(7)
    sides = [
        [[BIO_TAGS[n] for n in generator.integers(len(BIO_TAGS), size=3)] for _ in range(4_500)]
        for _ in range(2)
    ]
    groups = generator.integers(5, size=4_500)
    at_once = [spans_of_tags(side, ENTITY_LABELS) for side in sides]
    due = count_strict(*at_once, groups, len(ENTITY_LABELS))
    assert np.array_equal(count_tags(*sides, groups, ENTITY_LABELS), due)
    # every gold and every predicted entity is in some document
    assert due.sum(axis=(0, 1))[:2].tolist() == [len(side) for side in at_once]


def test_sides_of_different_length_are_refused():
    with pytest.raises(ValueError, match="1 gold sequences and 2 predicted ones"):
        count_tags([["O"]], [["O"], ["O"]], np.zeros(1, dtype=np.int64), TWO)
