"""Features of characters beside the encoder: which there are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._inference._cues import BUCKETS, FIRST_GRAM, cues_of
from makers import make_example

LISTS, NGRAMS = frozenset({"lists"}), frozenset({"ngrams"})


def cues(text, names):
    return cues_of(make_example(text).segment, names)


def test_every_character_has_as_many_ngrams():
    # seven characters around it, four pairs, three triples; and one column of none
    assert cues("县司法局", NGRAMS).shape == (4, 1 + 7 + 4 + 3)
    assert (cues("县司法局", NGRAMS)[:, 0] == 0).all()
    assert (cues("县司法局", NGRAMS)[:, 1:] > 0).all()


def test_the_same_surroundings_have_the_same_ngrams():
    # three characters to either side of 法 are the same in both; three from 县 are not
    left, right = cues("一二三县司法局四五六", NGRAMS), cues("七八三县司法局四五九", NGRAMS)
    assert (left[5] == right[5]).all()
    assert (left[3] != right[3]).any()


def test_an_ngram_in_another_place_is_another_feature():
    row = cues("甲甲甲甲甲甲甲甲", NGRAMS)[4]
    assert len(set(row.tolist())) == len(row)


def test_lists_know_titles_and_the_words_of_organs():
    text = "县司法局学习《县司法局》"
    first, inside = cues(text, LISTS)[2], cues(text, LISTS)[9]
    assert text[2] == text[9]
    # both are inside of an organ's name, one of them inside of a title, too
    assert set(first) & set(inside) - {0}
    assert set(first) - set(inside)


def test_both_groups_stand_beside_each_other():
    text = "学习《民法典》50余次"
    both = cues(text, LISTS | NGRAMS)
    assert (both[:, 1:] == np.hstack([cues(text, LISTS)[:, 1:], cues(text, NGRAMS)[:, 1:]])).all()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_numbers_fit_the_table_whatever_the_text(text):
    lists, ngrams = cues(text, LISTS), cues(text, NGRAMS)[:, 1:]
    assert len(lists) == len(ngrams) == len(text)
    assert lists.min() >= 0
    assert lists.max() < FIRST_GRAM <= ngrams.min()
    assert ngrams.max() < BUCKETS
