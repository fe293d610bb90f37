"""The loss on texts that are not trained on, always with the same masks."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from fazhi.baselines._pretraining._masking import Batch, mask, rows
from fazhi.baselines._pretraining._network import Network
from fazhi.baselines._pretraining._precision import mixed_precision
from fazhi.baselines._pretraining._recipe import PretrainingRecipe
from fazhi.baselines._pretraining._stream import encode_document
from fazhi.baselines._pretraining._texts import Paragraphs
from fazhi.baselines._pretraining._vocabulary import Vocabulary

MASKED = 0.15
"""The share of characters that is predicted, so that recipes of any share can be compared."""
_AT_ONCE = 32


def held_out_batches(
    held_out: Mapping[str, Sequence[Paragraphs]], vocabulary: Vocabulary, recipe: PretrainingRecipe
) -> dict[str, list[Batch]]:
    """Batches of short sequences of each source; one that is too small for a sequence has none."""
    width = recipe.training.short - 1
    most = recipe.training.held_out_tokens // recipe.training.short
    found: dict[str, list[Batch]] = {}
    for name, documents in held_out.items():
        tokens = np.concatenate(
            [encode_document(each, vocabulary) for each in documents] or [vocabulary.encode("")]
        )
        count = min(len(tokens) // width, most)
        sequences = rows(tokens[: count * width].reshape(count, width), width + 1)
        generator = np.random.default_rng(0)
        found[name] = [
            mask(sequences[start : start + _AT_ONCE], MASKED, len(vocabulary), generator)
            for start in range(0, count, _AT_ONCE)
        ]
    return {name: batches for name, batches in found.items() if batches}


@torch.no_grad()
def losses(network: Network, batches: Mapping[str, list[Batch]]) -> dict[str, float]:
    """The mean loss of each source, in nats per predicted character."""
    return {name: _loss(network, each) for name, each in batches.items()}


def _loss(network: Network, batches: list[Batch]) -> float:
    total, count = 0.0, 0
    device = network.bias.device
    for batch in batches:
        with mixed_precision(device):
            scores = network(
                torch.from_numpy(batch.inputs).to(device),
                torch.from_numpy(batch.places).to(device),
            )
        targets = torch.from_numpy(batch.targets).to(device)
        total += float(cross_entropy(scores.float(), targets, reduction="sum"))
        count += len(batch.targets)
    return total / max(count, 1)
