"""The offset map leads both ways and is strictly monotone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus import OffsetMap, Run

kept_offsets = st.sets(st.integers(0, 200), min_size=1).map(sorted)


def test_runs_are_as_few_as_possible():
    # kept 0-1, 4-6: two stretches, the second begins at normalised offset 2
    assert OffsetMap.from_kept([0, 1, 4, 5, 6]).runs == (Run(0, 0, 2), Run(2, 4, 3))


def test_a_span_leads_to_the_raw_span_that_encloses_it():
    offsets = OffsetMap.from_kept([0, 1, 4, 5, 6])
    assert offsets.to_raw(1, 3) == (1, 5)


def test_a_raw_span_of_deleted_characters_is_empty():
    offsets = OffsetMap.from_kept([0, 1, 4, 5, 6])
    assert offsets.to_normalised(2, 4) == (2, 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 0), (2, 1), (0, 6), (5, 6)])
def test_a_span_outside_the_text_is_refused(start, end):
    with pytest.raises(IndexError):
        OffsetMap.from_kept([0, 1, 4, 5, 6]).to_raw(start, end)


def test_the_map_of_nothing_is_empty():
    offsets = OffsetMap.from_kept([])
    assert len(offsets) == 0
    assert offsets.to_normalised(0, 10) == (0, 0)


@given(kept_offsets)
def test_every_offset_leads_to_the_character_that_was_kept(kept):
    offsets = OffsetMap.from_kept(kept)
    assert [offsets.to_raw(index, index + 1)[0] for index in range(len(kept))] == kept


@given(kept_offsets, st.data())
def test_there_and_back_is_the_same_span(kept, data):
    offsets = OffsetMap.from_kept(kept)
    start = data.draw(st.integers(0, len(kept) - 1))
    end = data.draw(st.integers(start + 1, len(kept)))
    assert offsets.to_normalised(*offsets.to_raw(start, end)) == (start, end)
