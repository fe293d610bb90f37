"""What is hidden from the encoder, and what it has to predict (BERT's 80/10/10)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fazhi.baselines._pretraining._vocabulary import CLS, MASK, SPECIALS, Ids

Integers = NDArray[np.int64]

_HIDDEN, _KEPT = 0.8, 0.1


@dataclass(frozen=True, slots=True)
class Batch:
    """Sequences of which some characters are to be predicted."""

    inputs: Integers
    """What the encoder sees, (sequences, tokens)."""
    places: Integers
    """Where in the flattened inputs there is something to predict."""
    targets: Integers
    """The tokens that belong there."""


def rows(blocks: Ids, length: int) -> Ids:
    """Sequences of `length` tokens, the first of them [CLS], cut from blocks."""
    width = length - 1
    per_block = blocks.shape[1] // width
    cut = blocks[:, : per_block * width].reshape(-1, width)
    return np.pad(cut, ((0, 0), (1, 0)), constant_values=CLS)


def mask(
    sequences: Ids, share: float, vocabulary_size: int, generator: np.random.Generator
) -> Batch:
    """Chooses a share of the characters; special tokens and unknown characters are left alone.

    Of the chosen ones 80% become [MASK], 10% any character, and 10% stay (Devlin et al., BERT,
    2019, section 3.1).
    """
    inputs = sequences.astype(np.int64)
    luck = generator.random(inputs.shape)
    chosen = (inputs >= len(SPECIALS)) & (luck < share)
    places = np.flatnonzero(chosen)
    targets = inputs.ravel()[places]
    fate = generator.random(len(places))
    noise = generator.integers(len(SPECIALS), vocabulary_size, len(places))
    seen = np.where(fate < _HIDDEN, MASK, np.where(fate < 1 - _KEPT, noise, targets))
    inputs.ravel()[places] = seen
    return Batch(inputs, places, targets)
