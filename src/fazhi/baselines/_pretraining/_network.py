"""The encoder, a plain BertModel, with the head that predicts what is masked."""

from typing import cast

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from fazhi.baselines._pretraining._recipe import Architecture
from fazhi.baselines._pretraining._vocabulary import PAD


class Network(nn.Module):
    """An encoder and its output head, whose weights are the word embeddings."""

    def __init__(self, architecture: Architecture, vocabulary_size: int) -> None:
        super().__init__()
        self.encoder = BertModel(_config(architecture, vocabulary_size), add_pooling_layer=False)
        hidden = architecture.hidden
        self.transform = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
        nn.init.normal_(cast("Tensor", self.transform[0].weight), std=0.02)
        self.bias = nn.Parameter(torch.zeros(vocabulary_size))

    @property
    def words(self) -> nn.Parameter:
        """The word embeddings (vocabulary, hidden)."""
        return cast("nn.Parameter", self.encoder.embeddings.word_embeddings.weight)

    @property
    def positions(self) -> nn.Parameter:
        """The position embeddings (positions, hidden)."""
        return cast("nn.Parameter", self.encoder.embeddings.position_embeddings.weight)

    def first_attention(self) -> tuple[Tensor, Tensor]:
        """The weights (hidden, hidden) of the first layer's queries and keys."""
        attention = "encoder.layer.0.attention.self"
        query, key = (
            self.encoder.get_parameter(f"{attention}.{name}.weight") for name in ("query", "key")
        )
        return query, key

    def forward(self, inputs: Tensor, places: Tensor) -> Tensor:
        """The scores (places, vocabulary) of the tokens at places of the flattened inputs.

        The head sees the masked places only: over all of them it would cost more than the
        encoder.
        """
        vectors = self.encoder(input_ids=inputs).last_hidden_state
        chosen = vectors.reshape(-1, vectors.shape[-1])[places]
        return nn.functional.linear(self.transform(chosen), self.words, self.bias)


def _config(architecture: Architecture, vocabulary_size: int) -> BertConfig:
    return BertConfig(
        vocab_size=vocabulary_size,
        hidden_size=architecture.hidden,
        num_hidden_layers=architecture.layers,
        num_attention_heads=architecture.heads,
        intermediate_size=architecture.feed_forward,
        max_position_embeddings=architecture.positions,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=PAD,
    )
