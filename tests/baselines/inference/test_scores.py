"""Scores of several batches, joined so that each text keeps its own."""

import numpy as np

from fazhi.baselines._inference._scores import Scores, joined


def scored(rows: int, length: int, fill: float) -> Scores:
    mask = np.ones((rows, length), dtype=bool)
    return Scores(mask, np.full((rows, length, 7), fill), np.full((rows, 6), fill), None)


def test_shorter_texts_are_padded_behind_the_mask():
    found = joined([scored(2, 3, 1.0), scored(1, 5, 2.0)])
    assert found.mask.tolist() == [[True] * 3 + [False] * 2] * 2 + [[True] * 5]
    assert (found.entities[:2, :3] == 1).all()
    assert (found.entities[2] == 2).all()
    assert found.roles[:, 0].tolist() == [1, 1, 2]


def test_a_head_that_is_not_there_says_nothing_of_several_either():
    assert joined([scored(1, 2, 0.0), scored(1, 2, 0.0)]).topics is None


def test_a_single_batch_is_left_as_it_is():
    alone = scored(2, 3, 1.0)
    assert joined([alone]) is alone
