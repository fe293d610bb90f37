"""Windows cover a text, and each character is taken from where it has most around it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._inference._windows import owners, windows


@st.composite
def texts(draw):
    size = draw(st.integers(2, 60))
    return draw(st.integers(1, 400)), size, draw(st.integers(0, size - 1))


def test_a_text_that_fits_is_one_window():
    assert windows(10, 10, 3) == [(0, 10)]
    assert windows(1, 10, 3) == [(0, 1)]


def test_a_longer_text_is_in_as_few_windows_as_can_be_of_equal_size():
    # two of 10 hold 16 characters with 4 shared, so 17 need a third; 17 + 2 * 4 = 25 in three
    # windows are 9 in each
    assert windows(16, 10, 4) == [(0, 10), (6, 16)]
    assert windows(17, 10, 4) == [(0, 9), (4, 13), (8, 17)]


def test_a_character_is_taken_from_the_window_where_it_is_furthest_from_a_cut():
    # windows 0-10 and 6-16 of 16 characters: character 7 has 2 behind it in the first and 1
    # before it in the second; 8 has 1 behind it and 2 before it
    assert owners(16, windows(16, 10, 4)).tolist() == [0] * 8 + [1] * 8


def test_each_character_of_many_windows_is_furthest_from_a_cut():
    found = windows(400, 30, 14)
    for place, number in enumerate(owners(400, found)):
        room = [
            min(place - start if start else 400, end - 1 - place if end < 400 else 400)
            for start, end in found
        ]
        assert number == room.index(max(room))


def test_a_text_of_any_length_takes_no_more_than_its_own_room():
    # a window for every 96 characters: a number for each pair would take 3 GB
    assert owners(200_000, windows(200_000, 128, 32)).nbytes == 200_000 * 8


def test_the_ends_of_the_text_are_no_cuts():
    assert owners(10, [(0, 10)]).tolist() == [0] * 10


@given(texts())
def test_windows_are_of_equal_size_and_share_what_they_must(text):
    length, size, overlap = text
    found = windows(length, size, overlap)
    assert found[0][0] == 0
    assert found[-1][1] == length
    (width,) = {end - start for start, end in found}
    assert width <= size
    for (_, end), (start, _) in pairwise(found):
        assert end - start >= overlap


@given(texts())
def test_every_character_has_half_the_overlap_around_it(text):
    length, size, overlap = text
    found = windows(length, size, overlap)
    for place, number in enumerate(owners(length, found)):
        start, end = found[number]
        assert start <= place < end
        assert start == 0 or place - start >= overlap // 2
        assert end == length or end - 1 - place >= (overlap - 1) // 2
