"""Networks as ONNX graphs: one for the encoder, and one for each head."""

import warnings
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import torch
from torch import Tensor, nn
from torch.export import Dim
from torch.nn.functional import embedding

from fazhi.baselines._layout import LAYOUT
from fazhi.baselines._neural._network import Network
from fazhi.baselines._neural._pointing import SpanHead
from fazhi.baselines._neural._tagging import SoftmaxHead
from fazhi.baselines._quiet import quiet

_ROWS, _LENGTH, _FEATURES = 3, 5, 7
"""Of the made-up inputs that a graph is traced with; all may differ in use."""


def graphs_of(network: Network) -> dict[str, bytes]:
    """The graphs by name: `encoder`, and the task of each head.

    Inputs and outputs are those of `Network.tokens` and of the heads, by the same names.
    """
    network = deepcopy(network).cpu().eval()
    network.bert.set_attn_implementation("eager")  # the other one has masks that cost more
    _spread_norms(network.bert)
    embeddings = network.bert.embeddings
    embeddings.add_module("word_embeddings", _HalfEmbedding(embeddings.word_embeddings))
    if network.cues is not None:
        network.cues.add_module("vectors", _HalfSum(network.cues.vectors))
    heads = {
        "entities": network.entities and _Entities(network, network.entities),
        "sections": network.sections,
        "facts": network.facts,
    }
    modules = {"encoder": _Windows(network), **heads}
    given = _inputs(network.bert.config.hidden_size)
    return {name: _graph(each, given[name]) for name, each in modules.items() if each is not None}


class _Windows(nn.Module):
    """The encoder with the mark of the fact head."""

    def __init__(self, network: Network):
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, types: Tensor, marks: Tensor, real: Tensor) -> Tensor:
        return self.network.tokens(ids, types, marks, real)


class _Entities(nn.Module):
    """The entity head with the features that it sees beside states."""

    def __init__(self, network: Network, head: SoftmaxHead | SpanHead):
        super().__init__()
        self.network = network
        self.head = head

    def forward(self, states: Tensor, cues: Tensor, mask: Tensor) -> Tensor:
        return self.head.scores(self.network.characters(states, cues), mask)


class _SpreadNorm(nn.Module):
    """LayerNorm as sums and products: ONNX Runtime's own kernel for it is slower on processors."""

    def __init__(self, norm: nn.LayerNorm):
        super().__init__()
        self.weight, self.bias, self.eps = norm.weight, norm.bias, norm.eps

    def forward(self, states: Tensor) -> Tensor:
        centred = states - states.mean(-1, keepdim=True)
        variance = (centred * centred).mean(-1, keepdim=True)
        return centred * (variance + self.eps).rsqrt() * self.weight + self.bias


class _HalfEmbedding(nn.Module):
    """A table of 16-bit numbers; weights that were stored have no more."""

    def __init__(self, table: nn.Embedding | nn.EmbeddingBag):
        super().__init__()
        self.weight = nn.Parameter(table.weight.half(), requires_grad=False)

    def forward(self, ids: Tensor) -> Tensor:
        return embedding(ids, self.weight).float()


class _HalfSum(_HalfEmbedding):
    """The sum of the vectors of each row."""

    def forward(self, ids: Tensor) -> Tensor:
        return super().forward(ids).sum(dim=1)


def _spread_norms(module: nn.Module) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.LayerNorm):
            setattr(module, name, _SpreadNorm(child))
        else:
            _spread_norms(child)


def _inputs(width: int) -> dict[str, dict[str, Tensor]]:
    """Made-up inputs of each graph."""
    tokens = torch.zeros(_ROWS, _LENGTH, dtype=torch.long)
    mask = torch.ones(_ROWS, _LENGTH, dtype=torch.bool)
    states, mean = torch.ones(_ROWS, _LENGTH, width), torch.ones(_ROWS, width)
    metric = torch.tensor([[1, 2]] * _ROWS)
    cues = torch.ones(_ROWS, _LENGTH, _FEATURES, dtype=torch.long)
    return {
        # the exporter takes one tensor in two places for one input
        "encoder": {**{each: tokens.clone() for each in ("ids", "types", "marks")}, "real": mask},
        "entities": {"states": states, "cues": cues, "mask": mask},
        "sections": {
            "text": mean,
            "headings": mean.clone(),
            "layout": torch.ones(_ROWS, len(LAYOUT)),
        },
        "facts": {"states": states, "metric": metric, "mask": mask},
    }


def _graph(module: nn.Module, given: Mapping[str, Tensor]) -> bytes:
    """The graph of a module for any number of rows, and of tokens or characters in each."""
    sizes = {name: _free_axes(each) for name, each in given.items()}
    with quiet("torch.onnx"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of packages that are not needed, and of its own code
        program = torch.onnx.export(
            module,
            kwargs=dict(given),
            input_names=list(given),
            dynamic_shapes=sizes,
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    proto = program.model_proto
    for node in proto.graph.node:  # where on this machine the code stands that made it
        del node.metadata_props[:]
    return bytes(proto.SerializeToString())


def _free_axes(made_up: Tensor) -> dict[int, Any]:
    """The axes of an input that have another size in use."""
    return {
        axis: Dim.DYNAMIC
        for axis, size in enumerate(made_up.shape)
        if (axis, size) in ((0, _ROWS), (1, _LENGTH), (2, _FEATURES))
    }
