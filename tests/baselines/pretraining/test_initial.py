"""What the weights are before training."""

import numpy as np
import pytest
import torch

from fazhi.baselines._pretraining._initial import (
    OFFSETS,
    initial_network,
    log_frequencies,
    position_table,
    turned,
)
from fazhi.baselines._pretraining._recipe import Architecture, Ingredients

ARCHITECTURE = Architecture(layers=2, hidden=256, heads=4, feed_forward=32, positions=64)
SIZE = 300


@pytest.fixture(scope="module")
def documents():
    generator = np.random.default_rng(0)
    return [generator.integers(5, SIZE, 4_000).astype(np.uint16)]


@pytest.fixture
def start(recipe, documents):
    """The network that some ingredients give."""

    def of(**ingredients):
        none = {"pmi_embeddings": False, "unigram_bias": False, "neighbour_heads": False}
        changes = {
            "architecture": ARCHITECTURE,
            "ingredients": Ingredients.model_validate({**none, **ingredients}),
        }
        return initial_network(recipe.model_copy(update=changes), documents, SIZE)

    return of


def test_turning_a_position_gives_its_neighbour():
    table = position_table(40, 16)
    for offset in OFFSETS:
        inside = np.arange(2, 38)
        assert table[inside] @ turned(16, offset).T == pytest.approx(table[inside + offset])


def test_a_position_is_nearest_to_itself():
    table = position_table(512, 64)
    assert ((table @ table.T).argmax(axis=1) == np.arange(512)).all()


def test_the_heads_of_the_first_layer_look_at_their_neighbours(start, documents):
    encoder = start(pmi_embeddings=True, neighbour_heads=True).encoder
    encoder.set_attn_implementation("eager")
    inputs = torch.from_numpy(documents[0][None, :64].astype(np.int64))
    with torch.no_grad():
        attention = encoder(input_ids=inputs, output_attentions=True).attentions[0][0]
    for head, offset in zip(attention, OFFSETS, strict=True):
        there = torch.diagonal(head, offset)
        assert there.mean() > 0.5
        assert torch.diagonal(head, -offset).mean() < 0.1


def test_without_neighbour_heads_positions_are_random(start):
    positions = start().positions.detach().numpy()
    # drawn from a normal distribution of deviation 0.02
    assert positions.std() == pytest.approx(0.02, rel=0.05)


def test_word_embeddings_leave_the_positions_their_columns(start):
    words = start(pmi_embeddings=True, neighbour_heads=True).words.detach().numpy()
    assert np.linalg.norm(words, axis=1) == pytest.approx(np.full(SIZE, 0.9), abs=1e-5)
    assert not words[:, -64:].any()
    assert words[5:, :-64].any(axis=1).all()


def test_frequencies_of_what_occurs_and_what_does_not():
    # 3 occurrences and 8 tokens, one added to each; the special tokens never count
    found = log_frequencies([np.array([6, 6, 7, 3], dtype=np.uint16)], 8)
    assert np.exp(found) == pytest.approx(np.array([1, 1, 1, 1, 1, 1, 3, 2]) / 11)


def test_the_bias_is_the_frequencies_or_nothing(start, documents):
    found = start(unigram_bias=True).bias.detach().numpy()
    assert found == pytest.approx(log_frequencies(documents, SIZE), abs=1e-5)
    assert not start().bias.detach().numpy().any()


def test_the_seed_decides(start):
    first, again = (start(pmi_embeddings=True).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], again[name]) for name in first)
