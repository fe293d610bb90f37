"""What the weights are before training.

Positions have the last columns of the vectors to themselves, as many as a head compares: there
the word embeddings are zero and the position table is a sinusoidal one. In the first layer the
queries and keys of each head take up these columns, the query turned by an offset, so that the
head looks at the neighbour at that offset from the first step on; what they take from the other
columns is small and random. This is the idea of mimetic initialisation (Trockman and Kolter,
Mimetic initialization of self-attention layers, 2023) with the pattern chosen instead of taken
from trained models.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from fazhi.baselines._pretraining._network import Network
from fazhi.baselines._pretraining._pmi import pmi_embeddings
from fazhi.baselines._pretraining._recipe import PretrainingRecipe
from fazhi.baselines._pretraining._vocabulary import SPECIALS, Ids

OFFSETS = (-1, 1, -2, 2)
"""Where the heads of the first layer look; further heads begin again."""

_AMPLITUDE = 0.5
_SHARPNESS = 1.4
_FASTEST, _SLOWEST = 2.4, 2 * np.pi / 1024


def initial_network(
    recipe: PretrainingRecipe, documents: Sequence[Ids], vocabulary_size: int
) -> Network:
    """The network before the first step.

    Args:
        recipe: says which ingredients there are.
        documents: the tokens of the documents that are trained on.
        vocabulary_size: how many tokens there are.
    """
    torch.manual_seed(recipe.seed)
    ingredients, size = recipe.ingredients, recipe.architecture.head_size
    network = Network(recipe.architecture, vocabulary_size)
    for_words = recipe.architecture.hidden - size * ingredients.neighbour_heads
    with torch.no_grad():
        if ingredients.pmi_embeddings:
            generator = np.random.default_rng(recipe.seed)
            rows = pmi_embeddings(documents, vocabulary_size, for_words, generator)
            network.words[:, :for_words] = torch.from_numpy(rows)
        if ingredients.neighbour_heads:
            _start_at_neighbours(network, size)
        if ingredients.unigram_bias:
            network.bias.copy_(torch.from_numpy(log_frequencies(documents, vocabulary_size)))
    return network


def log_frequencies(documents: Sequence[Ids], vocabulary_size: int) -> NDArray[np.float64]:
    """The logarithm of each token's relative frequency, one occurrence added to each."""
    counts = sum(np.bincount(tokens, minlength=vocabulary_size) for tokens in documents)
    counts = np.asarray(counts, dtype=np.float64)
    counts[: len(SPECIALS)] = 0
    return np.asarray(np.log((counts + 1) / (counts.sum() + vocabulary_size)))


def position_table(positions: int, size: int) -> NDArray[np.float64]:
    """Sines, then cosines, of each position at size / 2 frequencies: (positions, size)."""
    angles = np.outer(np.arange(positions), _frequencies(size))
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def turned(size: int, offset: int) -> NDArray[np.float64]:
    """The matrix (size, size) that turns the row of a position into that of position + offset."""
    sine, cosine = (np.diag(f(offset * _frequencies(size))) for f in (np.sin, np.cos))
    return np.block([[cosine, sine], [-sine, cosine]])


def _frequencies(size: int) -> NDArray[np.float64]:
    return np.geomspace(_FASTEST, _SLOWEST, size // 2, dtype=np.float64)


def _start_at_neighbours(network: Network, size: int) -> None:
    """Reserves the last columns for positions, and turns the heads of the first layer to them."""
    words, positions = network.words, network.positions
    words[:, -size:] = 0
    length = float(words.norm(dim=1).mean())
    table = torch.from_numpy(position_table(positions.shape[0], size))
    positions.zero_()
    # a row of the table has the length sqrt(size / 2)
    positions[:, -size:] = _AMPLITUDE * length * table / (size / 2) ** 0.5
    query, key = network.first_attention()
    for head in range(words.shape[1] // size):
        rows = slice(head * size, (head + 1) * size)
        turn = torch.from_numpy(turned(size, OFFSETS[head % len(OFFSETS)]))
        query[rows, -size:] = _SHARPNESS * turn.float()
        key[rows, -size:] = _SHARPNESS * torch.eye(size)
