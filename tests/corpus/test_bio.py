"""Spans and BIO tags are two forms of one thing."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus import ENTITY_LABELS, spans_to_tags, tags_to_spans


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    label: str


@st.composite
def flat_spans(draw):
    """A text length and flat spans in it; they often touch."""
    cuts = sorted(draw(st.sets(st.integers(0, 30))))
    spans = [
        Span(start, end, draw(st.sampled_from(ENTITY_LABELS)))
        for start, end in pairwise(cuts)
        if draw(st.booleans())
    ]
    return (cuts[-1] if cuts else 0) + draw(st.integers(0, 3)), spans


def test_spans_that_touch_stay_apart():
    assert spans_to_tags([Span(0, 2, "AGENCY"), Span(2, 3, "AGENCY")], 4) == [
        "B-AGENCY",
        "I-AGENCY",
        "B-AGENCY",
        "O",
    ]


def test_an_inside_tag_that_continues_nothing_is_no_entity():
    assert tags_to_spans(["O", "I-LEGAL", "B-LEGAL", "I-METRIC"]) == [(2, 3, "LEGAL")]


@given(flat_spans())
def test_there_and_back(drawn):
    length, spans = drawn
    expected = [(span.start, span.end, span.label) for span in spans]
    assert tags_to_spans(spans_to_tags(spans, length)) == expected
