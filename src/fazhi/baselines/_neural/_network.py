"""The network: one encoder, and a head for each task."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import BertModel

from fazhi.baselines._inference import IGNORED
from fazhi.baselines._neural._cues import CueLayer
from fazhi.baselines._neural._facts import FactHead
from fazhi.baselines._neural._pointing import SpanHead
from fazhi.baselines._neural._sections import SectionHead
from fazhi.baselines._neural._tagging import CrfHead, SoftmaxHead
from fazhi.baselines._params import BertParams, HeadName

Tensors = Mapping[str, Tensor]
"""A batch on the device of the network."""

_ENTITY_HEADS: Mapping[HeadName, type[SoftmaxHead | SpanHead]] = {
    "softmax": SoftmaxHead,
    "crf": CrfHead,
    "span": SpanHead,
}


class Read(NamedTuple):
    """What the encoder makes of a batch."""

    states: Tensor
    """The state of each character, merged over windows, (B, L, width)."""
    text: Tensor
    """The mean state of the characters, (B, width)."""
    headings: Tensor
    """The mean state of the headings and separators behind the text, (B, width)."""


class Network(nn.Module):
    """The heads that the parameters ask for, over an encoder that they share.

    The name `bert` is that of transformers' models, so that the stored weights can be read as an
    encoder, too.
    """

    def __init__(self, bert: BertModel, params: BertParams):
        super().__init__()
        self.bert = bert
        width, dropout = bert.config.hidden_size, params.dropout
        tasks = params.task_names
        self.cues = CueLayer() if params.cue_names else None
        self.entities = _entity_head(params, width) if "entities" in tasks else None
        self.sections = SectionHead(width, dropout) if "sections" in tasks else None
        self.facts = FactHead(width, dropout) if "facts" in tasks else None

    def read(self, batch: Tensors) -> Read:
        """Encodes the windows of a batch and merges them; windows say by which rule."""
        tokens = self._encode(batch).flatten(1, 2)
        places = batch["places"].unsqueeze(2).expand(-1, -1, tokens.shape[2])
        states = tokens.gather(1, places)
        headings = (batch["real"] & (batch["types"] == 1)).flatten(1)
        return Read(states, _mean(states, batch["mask"]), _mean(tokens, headings))

    def characters(self, states: Tensor, cues: Tensor) -> Tensor:
        """What the entity head sees of each character, (B, L, width): state, then features."""
        if self.cues is None:
            return states
        return torch.cat([states, self.cues(cues)], dim=2)

    def chain(self) -> dict[str, NDArray[np.float32]]:
        """The scores of transitions and of tags at the beginning, where the head is a CRF."""
        if not isinstance(self.entities, CrfHead):
            return {}
        state = self.entities.chain.state_dict()
        return {name: each.float().cpu().numpy() for name, each in state.items()}

    def _encode(self, batch: Tensors) -> Tensor:
        """The state of each token, (B, W, T, width); zero where there is no window."""
        used = batch["real"].any(dim=2)
        found = self.tokens(*(batch[name][used] for name in ("ids", "types", "marks", "real")))
        tokens = found.new_zeros(*batch["real"].shape, found.shape[2])
        tokens[used] = found
        return tokens

    def tokens(self, ids: Tensor, types: Tensor, marks: Tensor, real: Tensor) -> Tensor:
        """The state of each token of some windows, (N, T, width); all inputs are (N, T)."""
        embedded = self.bert.embeddings.word_embeddings(ids)
        if self.facts is not None:
            embedded = embedded + marks.unsqueeze(2) * self.facts.mark
        found: Tensor = self.bert(
            inputs_embeds=embedded.to(self.bert.dtype),
            token_type_ids=types.clamp(max=self.bert.config.type_vocab_size - 1),
            attention_mask=real.long(),
        ).last_hidden_state
        return found.float()

    def forward(self, **batch: Tensor) -> dict[str, Tensor]:
        """The loss of a batch: the sum of the mean losses of the tasks that it has items of."""
        read = self.read(batch)
        losses = (self._of_entities(read, batch), self._of_sections(read, batch))
        found = [each for each in (*losses, self._of_facts(read, batch)) if each is not None]
        return {"loss": torch.stack(found).sum()}

    def _of_entities(self, read: Read, batch: Tensors) -> Tensor | None:
        rows = batch["tags"][:, 0] != IGNORED
        if self.entities is None or not rows.any():
            return None
        seen = self.characters(read.states, batch["cues"])
        return self.entities.loss(seen[rows], batch["tags"][rows], batch["mask"][rows])

    def _of_sections(self, read: Read, batch: Tensors) -> Tensor | None:
        rows = batch["role"] != IGNORED
        if self.sections is None or not rows.any():
            return None
        scores = self.sections(read.text[rows], read.headings[rows], batch["layout"][rows])
        return self.sections.loss(scores, batch["role"][rows], batch["topic"][rows])

    def _of_facts(self, read: Read, batch: Tensors) -> Tensor | None:
        rows = batch["metric"][:, 0] >= 0
        if self.facts is None or not rows.any():
            return None
        scores = self.facts(read.states[rows], batch["metric"][rows], batch["mask"][rows])
        return self.facts.loss(scores, batch["indicator"][rows])


def _entity_head(params: BertParams, width: int) -> SoftmaxHead | SpanHead:
    beside = CueLayer.width if params.cue_names else 0
    return _ENTITY_HEADS[params.head](width + beside, params.dropout)


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    """The mean of the states where a mask is true; zero where it is nowhere true."""
    total = (states * mask.unsqueeze(2)).sum(dim=1)
    return total / mask.sum(dim=1, keepdim=True).clamp(min=1)
