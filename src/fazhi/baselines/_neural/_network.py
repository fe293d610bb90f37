"""The network: one encoder, and a head for each task."""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel

from fazhi.baselines._neural._batch import Batch
from fazhi.baselines._neural._facts import FactHead
from fazhi.baselines._neural._pointing import SpanHead
from fazhi.baselines._neural._sections import IGNORED, SectionHead
from fazhi.baselines._neural._tagging import CrfHead, SoftmaxHead
from fazhi.baselines._params import BertParams, HeadName

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
        head = _ENTITY_HEADS[params.head]
        self.entities = head(width, dropout) if "entities" in tasks else None
        self.sections = SectionHead(width, dropout) if "sections" in tasks else None
        self.facts = FactHead(width, dropout) if "facts" in tasks else None

    def read(self, batch: Batch) -> Read:
        """Encodes the windows of a batch and merges them; see `_windows` for the rule.

        Heads see the states alone. Further features of characters would be concatenated to the
        states here, and the heads made as much wider.
        """
        real = batch["real"]
        used = real.any(dim=2)
        ids, types, marks = (batch[name][used] for name in ("ids", "types", "marks"))
        types = types.clamp(max=self.bert.config.type_vocab_size - 1)
        embedded = self.bert.embeddings.word_embeddings(ids)
        if self.facts is not None:
            embedded = embedded + marks.unsqueeze(2) * self.facts.mark
        found = self.bert(
            inputs_embeds=embedded, token_type_ids=types, attention_mask=real[used].long()
        ).last_hidden_state
        tokens = found.new_zeros(*real.shape, found.shape[2])
        tokens[used] = found
        tokens = tokens.flatten(1, 2)
        places = batch["places"].unsqueeze(2).expand(-1, -1, tokens.shape[2])
        states = tokens.gather(1, places)
        headings = (real & (batch["types"] == 1)).flatten(1)
        return Read(states, _mean(states, batch["mask"]), _mean(tokens, headings))

    def forward(self, **batch: Tensor) -> dict[str, Tensor]:
        """The loss of a batch: the sum of its tasks' mean losses."""
        read = self.read(batch)
        losses = []
        rows = batch["tags"][:, 0] != IGNORED
        if self.entities is not None and rows.any():
            losses.append(
                self.entities.loss(read.states[rows], batch["tags"][rows], batch["mask"][rows])
            )
        rows = batch["role"] != IGNORED
        if self.sections is not None and rows.any():
            scores = self.sections(read.text[rows], read.headings[rows], batch["layout"][rows])
            losses.append(self.sections.loss(scores, batch["role"][rows], batch["topic"][rows]))
        rows = batch["metric"][:, 0] >= 0
        if self.facts is not None and rows.any():
            scores = self.facts(read.states[rows], batch["metric"][rows], batch["mask"][rows])
            losses.append(self.facts.loss(scores, batch["indicator"][rows]))
        return {"loss": torch.stack(losses).sum()}


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    """The mean of the states where a mask is true; zero where it is nowhere true."""
    total = (states * mask.unsqueeze(2)).sum(dim=1)
    return total / mask.sum(dim=1, keepdim=True).clamp(min=1)
