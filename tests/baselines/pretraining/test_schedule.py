"""The learning rate, and the size of batches."""

import pytest

from fazhi.baselines._pretraining._recipe import Training
from fazhi.baselines._pretraining._schedule import batch_tokens_at, rate_at

TRAINING = Training(
    tokens=1_000,
    rate=1.0,
    warm_up=10,
    decay=0.4,
    short=2,
    long=4,
    batches=[{"after": 0, "tokens": 8}, {"after": 100, "tokens": 16}],
)


@pytest.mark.parametrize(("step", "rate"), [(0, 0.1), (4, 0.5), (9, 1.0), (10, 1.0), (500, 1.0)])
def test_the_rate_rises_over_the_first_steps(step, rate):
    assert rate_at(TRAINING, step, 0) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("tokens", "rate"), [(0, 1.0), (600, 1.0), (700, 0.75), (800, 0.5), (1_000, 0.0), (1_200, 0.0)]
)
def test_the_rate_falls_in_the_last_share_of_the_budget(tokens, rate):
    assert rate_at(TRAINING, 99, tokens) == pytest.approx(rate)


def test_a_larger_budget_changes_nothing_while_the_rate_is_flat():
    larger = TRAINING.model_copy(update={"tokens": 5_000})
    assert all(
        rate_at(TRAINING, step, tokens) == rate_at(larger, step, tokens)
        for step in (0, 5, 50)
        for tokens in (0, 300, TRAINING.flat_until)
    )


@pytest.mark.parametrize(("tokens", "size"), [(0, 8), (99, 8), (100, 16), (900, 16)])
def test_batches_grow_with_what_was_read(tokens, size):
    assert batch_tokens_at(TRAINING, tokens) == size
