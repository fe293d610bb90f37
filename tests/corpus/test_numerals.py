"""Numerals are written as they are read."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus._numerals import bounds_of, in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "零"),
        (2, "两"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (200, "二百"),
        (2000, "两千"),
        (2020, "两千零二十"),
        (20_000, "两万"),
        (20_305, "两万零三百零五"),
        (120_000, "十二万"),
    ],
)
def test_numerals_in_words(value, words):
    assert in_words(value) == words


def test_two_is_the_plain_numeral_where_nothing_is_counted():
    assert in_words(2, counts=False) == "二"


def test_decimals_are_spoken_digit_by_digit():
    assert in_words(9805, decimals=2, counts=False) == "九十八点零五"


@given(st.integers(0, 99_999_999), st.integers(0, 3), st.booleans())
def test_what_is_written_in_words_is_read_back(value, decimals, counts):
    due = Fraction(value, 10**decimals)
    assert bounds_of(in_words(value, decimals, counts=counts)) == (due, due, False)
