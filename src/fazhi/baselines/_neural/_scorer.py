"""A trained network as what scores batches."""

from copy import deepcopy

import torch
from torch import Tensor

from fazhi.baselines._inference import Array, Batch, Scores
from fazhi.baselines._neural._network import Network


class TorchScorer:
    """Scores with torch, on an accelerator where there is one."""

    at_once = 1
    """Torch itself spreads a batch over the processors."""

    def __init__(self, network: Network, *, bf16: bool = False):
        """Takes the network, and whether a copy of its encoder computes with 16 bits (bfloat16)."""
        if bf16:
            network = deepcopy(network)
            network.bert.bfloat16()
        self._device = torch.accelerator.current_accelerator() or torch.device("cpu")
        self._network = network.to(self._device).eval()

    @torch.inference_mode()
    def texts(self, batch: Batch) -> Scores:
        """The scores of entities, roles and topics."""
        network, given = self._network, self._given(batch)
        read = network.read(given)
        entities = roles = topics = None
        if network.entities is not None:
            seen = network.characters(read.states, given["cues"])
            entities = _array(network.entities.scores(seen, given["mask"]))
        if network.sections is not None:
            scores = network.sections(read.text, read.headings, given["layout"])
            roles, topics = map(_array, scores)
        return Scores(batch["mask"], entities, roles, topics)

    @torch.inference_mode()
    def indicators(self, batch: Batch) -> Array:
        """The scores of the ends of indicators, (2, B, 1 + L)."""
        if self._network.facts is None:
            raise ValueError("the network has no head for facts")
        given = self._given(batch)
        states = self._network.read(given).states
        return _array(self._network.facts(states, given["metric"], given["mask"]))

    def _given(self, batch: Batch) -> dict[str, Tensor]:
        return {name: torch.from_numpy(each).to(self._device) for name, each in batch.items()}


def _array(scores: Tensor) -> Array:
    found: Array = scores.cpu().numpy()
    return found
