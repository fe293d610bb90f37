"""Indicators out of the scores of their ends."""

import numpy as np

from fazhi.baselines._inference._indicators import decode_indicators

NEVER = float("-inf")


def decode(first: list[float], last: list[float], metric: tuple[int, int]):
    (found,) = decode_indicators(np.array([[first], [last]]), np.array([metric]))
    return found


def test_the_best_pair_of_ends_is_taken():
    # characters 0 to 3, the metric is 3; 5 + 4 is the best sum of a start and a later end
    assert decode([0, 5, 1, 0, -99], [0, 1, 1, 4, -99], (3, 4)) == (0, 3)


def test_an_end_is_never_before_its_start():
    assert decode([0, 0, 9, 0, -99], [0, 9, 2, 1, -99], (3, 4)) == (1, 2)


def test_both_ends_stand_on_one_side_of_the_metric():
    # the best ends are 0 and 2, around the metric 1; 2 alone comes second
    assert decode([0, 9, NEVER, 5], [0, 1, NEVER, 9], (1, 2)) == (2, 3)


def test_none_is_an_answer():
    assert decode([6, 5, 5, -99], [6, 5, 5, -99], (2, 3)) is None


def test_a_metric_that_is_the_whole_text_has_no_indicator():
    assert decode([0, NEVER, NEVER], [0, NEVER, NEVER], (0, 2)) is None
