"""How fast is learnt, and from how many tokens at a time.

Everything but the fall of the rate depends on steps and tokens alone, not on the budget. As long
as the rate is flat, the budget can therefore be changed, and the result is the same as if it had
been so from the start.
"""

from fazhi.baselines._pretraining._recipe import Training


def rate_at(training: Training, step: int, tokens: int) -> float:
    """The learning rate of a step (from 0) before which so many tokens were read."""
    rise = min(1.0, (step + 1) / training.warm_up)
    fall = 1.0
    if tokens > training.flat_until:
        fall = (training.tokens - tokens) / (training.tokens - training.flat_until)
    return training.rate * rise * max(fall, 0.0)


def batch_tokens_at(training: Training, tokens: int) -> int:
    """The tokens of the batch before which so many tokens were read."""
    return next(each.tokens for each in reversed(training.batches) if each.after <= tokens)
