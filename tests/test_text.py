"""Text from outside does nothing to a terminal; and every place of a needle is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._text import occurrences, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新蔡县 a[b]", "新蔡县 a[b]"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\u202eevil", r"\u202eevil"),
        ("\ud800", r"\ud800"),
    ],
)
def test_what_is_shown(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_whatever_comes_is_printable_and_stays_so(text):
    assert printable(text).isprintable()
    assert printable(printable(text)) == printable(text)


@given(st.text("法治", max_size=12), st.text("法治", max_size=3))
def test_every_place_of_a_needle_is_found(text, needle):
    due = [start for start in range(len(text) + 1) if text.startswith(needle, start)]
    assert occurrences(needle, text) == due
