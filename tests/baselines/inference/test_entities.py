"""Entities out of scores: of tags by themselves, of tags together, and of spans."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.baselines._inference._entities import ChainDecoder, SpanDecoder, TagDecoder
from fazhi.corpus import BIO_TAGS

SIZE = len(BIO_TAGS)
O, B, I = BIO_TAGS.index("O"), BIO_TAGS.index("B-AGENCY"), BIO_TAGS.index("I-AGENCY")  # noqa: E741


def preferring(*tags: int, force: float = 9.0) -> np.ndarray:
    """Scores in which these tags stand out, (1, L, K)."""
    return np.eye(SIZE)[list(tags)][None] * force


def full(length: int) -> np.ndarray:
    return np.ones((1, length), dtype=bool)


def flat_chain() -> ChainDecoder:
    """A chain to which all legal transitions are alike."""
    return ChainDecoder(np.zeros((SIZE, SIZE)), np.zeros(SIZE))


class TestTags:
    def test_an_inside_that_continues_nothing_is_dropped(self):
        ((found,),) = TagDecoder()(preferring(O, I, B, I, O), full(5))
        assert found[:3] == (2, 4, "AGENCY")

    def test_the_chain_finds_a_legal_reading_of_it(self):
        (found,) = flat_chain()(preferring(O, I, B, I, O), full(5))
        assert [each[:3] for each in found] in (
            [(1, 2, "AGENCY"), (2, 4, "AGENCY")],
            [(2, 4, "AGENCY")],
        )

    def test_the_score_is_that_of_the_least_probable_tag(self):
        sure, unsure = preferring(O, B, force=30.0), preferring(I, O, force=2.0)
        ((found,),) = TagDecoder()(np.concatenate([sure, unsure], axis=1), full(4))
        # seven tags, one at 2 and the others at 0: e^2 / (e^2 + 6) = 0.552
        assert found[:3] == (1, 3, "AGENCY")
        assert found.score == pytest.approx(math.exp(2) / (math.exp(2) + 6))

    def test_texts_without_entities_keep_their_place_among_others(self):
        scores = np.concatenate([preferring(O, O), preferring(B, I), preferring(O, O)])
        found = flat_chain()(scores, np.ones((3, 2), dtype=bool))
        assert [[each[:3] for each in row] for row in found] == [[], [(0, 2, "AGENCY")], []]

    @pytest.mark.parametrize("decode", [TagDecoder(), flat_chain()], ids=["alone", "chain"])
    def test_nothing_is_found_on_padding(self, decode):
        mask = np.array([[True, True, False]])
        assert decode(preferring(O, O, B), mask) == [[]]


class TestSpans:
    def test_of_spans_that_overlap_the_higher_one_is_kept(self):
        scores = np.full((1, 3, 5, 5), -1.0)
        scores[0, 0, 0, 2], scores[0, 1, 2, 3], scores[0, 2, 4, 4] = 1.0, 2.0, 0.5
        (found,) = SpanDecoder()(scores, full(5))
        assert [each[:3] for each in found] == [(2, 4, "LEGAL"), (4, 5, "METRIC")]

    @given(st.integers(0, 10_000))
    def test_what_is_decoded_never_overlaps(self, seed):
        scores = np.random.default_rng(seed).normal(size=(1, 3, 8, 8))
        scores = np.where(np.triu(np.ones((8, 8), dtype=bool)), scores, -1e4)
        (found,) = SpanDecoder()(scores, full(8))
        assert all(one.end <= other.start for one, other in pairwise(found))
