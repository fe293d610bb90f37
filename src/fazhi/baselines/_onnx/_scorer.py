"""Exported graphs as what scores batches."""

import os
from collections.abc import Mapping

import numpy as np
import onnxruntime

from fazhi.baselines._inference import Array, Batch, Scores


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class OnnxScorer:
    """Scores with ONNX Runtime on the processor: each batch on one core, several at a time."""

    def __init__(self, graphs: Mapping[str, bytes]):
        """Takes the graphs by name: `encoder`, and one for each head."""
        self.at_once = processors()
        self._sessions = {name: _session(graph) for name, graph in graphs.items()}

    def texts(self, batch: Batch) -> Scores:
        """The scores of entities, roles and topics."""
        tokens = self._tokens(batch)
        states = _merged(tokens, batch["places"])
        entities = roles = topics = None
        if "entities" in self._sessions:
            given = {"states": states, "cues": batch["cues"], "mask": batch["mask"]}
            (entities,) = self._run("entities", **given)
        if "sections" in self._sessions:
            text = _mean(states, batch["mask"])
            headings = _mean(_flat(tokens), _flat(batch["real"] & (batch["types"] == 1)))
            given = {"text": text, "headings": headings, "layout": batch["layout"]}
            roles, topics = self._run("sections", **given)
        return Scores(batch["mask"], entities, roles, topics)

    def indicators(self, batch: Batch) -> Array:
        """The scores of the ends of indicators, (2, B, 1 + L)."""
        states = _merged(self._tokens(batch), batch["places"])
        (scores,) = self._run("facts", states=states, metric=batch["metric"], mask=batch["mask"])
        return scores

    def _tokens(self, batch: Batch) -> Array:
        """The state of each token, (B, W, T, width); zero where there is no window."""
        names = ("ids", "types", "marks", "real")
        used = batch["real"].any(axis=2)
        (found,) = self._run("encoder", **{name: batch[name][used] for name in names})
        tokens = np.zeros((*used.shape, *found.shape[1:]), dtype=found.dtype)
        tokens[used] = found
        return tokens

    def _run(self, name: str, **given: Array) -> list[Array]:
        session = self._sessions[name]
        needed = {each.name: given[each.name] for each in session.get_inputs()}
        found: list[Array] = session.run(None, needed)
        return found


def _session(graph: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it plans for one shape, and batches have many
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its exceptions have nothing else in common
        raise ValueError(f"ONNX Runtime cannot read the graph: {error}") from None


def _flat(tokens: Array) -> Array:
    """Tokens (B, W, T, …) as (B, W * T, …)."""
    return tokens.reshape(len(tokens), -1, *tokens.shape[3:])


def _merged(tokens: Array, places: Array) -> Array:
    """The state of each character, (B, L, width), from where its place is among the tokens."""
    states: Array = _flat(tokens)[np.arange(len(places))[:, None], places]
    return states


def _mean(states: Array, mask: Array) -> Array:
    """The mean of the states where a mask is true; zero where it is nowhere true."""
    total = (states * mask[:, :, None]).sum(axis=1)
    mean: Array = total / np.maximum(mask.sum(axis=1, keepdims=True), 1).astype(total.dtype)
    return mean
