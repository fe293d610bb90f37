"""Tokens are found where they were cut from, or refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.predictions._align import align
from strategies import AWKWARD


@pytest.mark.parametrize(
    ("tokens", "text", "places"),
    [
        ("县 局", "县局", [(0, 1), (1, 2)]),
        ("共 4265 次", "共4265次", [(0, 1), (1, 5), (5, 6)]),
        # white space of the text may be left out, before a token and at the end
        ("县 局", " 县\u3000\t局 ", [(1, 2), (4, 5)]),
        # a character of two UTF-16 units is one character
        ("𠀀 局", "𠀀局", [(0, 1), (1, 2)]),
        ("[UNK] 局", "𠀀局", [(0, 1), (1, 2)]),
        ("[UNK] [UNK]", "县 局", [(0, 1), (2, 3)]),
        # the text may hold the five characters themselves
        ("[UNK] 局", "[UNK]局", [(0, 5), (5, 6)]),
        ("[ UNK ]", "[UNK]", [(0, 1), (1, 4), (4, 5)]),
        # tokens may end before the text does
        ("县", "县局", [(0, 1)]),
    ],
)
def test_tokens_that_fit(tokens, text, places):
    assert align(tokens.split(" "), text) == (places, None)


@pytest.mark.parametrize(
    ("tokens", "text", "misfit"),
    [
        ("县 局", "县政局", 1),
        ("县 局 局", "县局", 2),
        ("县 [UNK]", "县", 1),
        ("县 [UNK]", "县 ", 1),
        ("[CLS] 县", "县", 0),
        ("wto", "WTO", 0),
        ("WT ##O", "WTO", 1),
        ("县局", "县 局", 0),
    ],
)
def test_a_token_that_does_not_fit_is_named(tokens, text, misfit):
    assert align(tokens.split(" "), text)[1] == misfit


@st.composite
def tokenised(draw):
    """A text, tokens cut from it, and where; some white space and characters are lost."""
    text = draw(st.text(alphabet=AWKWARD, max_size=30))
    cuts = sorted({0, len(text), *draw(st.sets(st.integers(0, len(text)), max_size=10))})
    places = list(itertools.pairwise(cuts))
    spaces = [place for place in places if text[slice(*place)].isspace()]
    lost = set(draw(st.lists(st.sampled_from(spaces), max_size=5)) if spaces else ())
    places = [place for place in places if place not in lost]
    if lost:  # only then could the place of an [UNK] be told in two ways
        return text, [text[slice(*place)] for place in places], places
    unknown = draw(st.sets(st.sampled_from(places), max_size=3)) if places else set()
    unknown = {
        (start, end) for start, end in unknown if end == start + 1 and not text[start].isspace()
    }
    tokens = ["[UNK]" if place in unknown else text[slice(*place)] for place in places]
    return text, tokens, places


@given(tokenised())
def test_tokens_of_a_text_are_found_in_it(case):
    text, tokens, cut = case
    places, misfit = align(tokens, text)
    assert misfit is None
    assert [end - start for start, end in places] == [end - start for start, end in cut]
    for token, (start, end) in zip(tokens, places, strict=True):
        assert text[start:end] == token or (token == "[UNK]" and not text[start:end].isspace())
    between = [text[end:start] for (_, end), (start, _) in itertools.pairwise(places)]
    assert "".join(between).strip() == ""


@given(st.lists(st.text(alphabet=AWKWARD, min_size=1, max_size=3)), st.text(alphabet=AWKWARD))
def test_what_is_found_is_in_order_and_skips_nothing_but_white_space(tokens, text):
    places, misfit = align(tokens, text)
    assert len(places) == (len(tokens) if misfit is None else misfit)
    end = 0
    for token, place in zip(tokens, places, strict=False):
        assert text[slice(*place)] == token
        assert text[end : place[0]].strip() == ""
        end = place[1]
