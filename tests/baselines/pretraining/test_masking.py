"""What is hidden, and what has to be predicted."""

import numpy as np
import pytest

from fazhi.baselines._pretraining._masking import mask, rows
from fazhi.baselines._pretraining._vocabulary import CLS, MASK, SEP, SPECIALS, UNK

SIZE = 1_000


def generator() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.fixture(scope="module")
def sequences():
    """Sequences with special tokens and unknown characters among the others."""
    found = np.random.default_rng(0).integers(0, SIZE, (200, 64)).astype(np.uint16)
    found[:, 0], found[:, 20], found[:, 21] = CLS, SEP, UNK
    return found


def test_a_block_gives_one_long_or_several_short_sequences():
    blocks = np.arange(10, 41, dtype=np.uint16).reshape(1, 31)
    assert rows(blocks, 32).tolist() == [[CLS, *range(10, 41)]]
    # a sequence of 8 is [CLS] and 7 tokens; four of them leave 3 of 31 over
    short = rows(blocks, 8)
    assert short.shape == (4, 8)
    assert short[:, 0].tolist() == [CLS] * 4
    assert short[:, 1:].ravel().tolist() == list(range(10, 38))


def test_targets_are_what_stood_at_their_places(sequences):
    batch = mask(sequences, 0.3, SIZE, generator())
    assert np.array_equal(sequences.ravel()[batch.places], batch.targets)


def test_nothing_changes_elsewhere(sequences):
    batch = mask(sequences, 0.3, SIZE, generator())
    elsewhere = np.ones(sequences.size, dtype=bool)
    elsewhere[batch.places] = False
    assert np.array_equal(batch.inputs.ravel()[elsewhere], sequences.ravel()[elsewhere])


def test_special_tokens_and_unknown_characters_are_never_targets(sequences):
    assert mask(sequences, 1.0, SIZE, generator()).targets.min() >= len(SPECIALS)


def test_the_share_of_each_fate(sequences):
    batch = mask(sequences, 0.3, SIZE, generator())
    seen = batch.inputs.ravel()[batch.places]
    characters = (sequences >= len(SPECIALS)).sum()
    # about 3,600 targets: standard errors below 0.8%
    assert len(batch.places) / characters == pytest.approx(0.3, abs=0.02)
    assert np.mean(seen == MASK) == pytest.approx(0.8, abs=0.03)
    assert np.mean(seen == batch.targets) == pytest.approx(0.1, abs=0.02)
    assert seen[(seen != MASK)].min() >= len(SPECIALS)


def test_the_generator_decides(sequences):
    first, again = (mask(sequences, 0.3, SIZE, generator()) for _ in range(2))
    assert np.array_equal(first.inputs, again.inputs)
    assert not np.array_equal(
        first.inputs, mask(sequences, 0.3, SIZE, np.random.default_rng(4)).inputs
    )
