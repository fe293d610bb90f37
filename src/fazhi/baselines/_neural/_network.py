"""The network: one encoder, and a head for each task."""

from collections.abc import Mapping
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel

from fazhi.baselines._neural._batch import Batch
from fazhi.baselines._neural._cues import CueLayer
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
        self.cues = CueLayer() if params.cue_names else None
        self.entities = _entity_head(params, width) if "entities" in tasks else None
        self.sections = SectionHead(width, dropout) if "sections" in tasks else None
        self.facts = FactHead(width, dropout) if "facts" in tasks else None

    def read(self, batch: Batch) -> Read:
        """Encodes the windows of a batch and merges them; see `_windows` for the rule."""
        tokens = self._encode(batch).flatten(1, 2)
        places = batch["places"].unsqueeze(2).expand(-1, -1, tokens.shape[2])
        states = tokens.gather(1, places)
        headings = (batch["real"] & (batch["types"] == 1)).flatten(1)
        return Read(states, _mean(states, batch["mask"]), _mean(tokens, headings))

    def characters(self, read: Read, batch: Batch) -> Tensor:
        """What the entity head sees of each character, (B, L, width): state, then features."""
        if self.cues is None:
            return read.states
        return torch.cat([read.states, self.cues(batch["cues"])], dim=2)

    def _encode(self, batch: Batch) -> Tensor:
        """The state of each token, (B, W, T, width); zero where there is no window."""
        real = batch["real"]
        used = real.any(dim=2)
        embedded = self.bert.embeddings.word_embeddings(batch["ids"][used])
        if self.facts is not None:
            embedded = embedded + batch["marks"][used].unsqueeze(2) * self.facts.mark
        found = self.bert(
            inputs_embeds=embedded,
            token_type_ids=batch["types"][used].clamp(max=self.bert.config.type_vocab_size - 1),
            attention_mask=real[used].long(),
        ).last_hidden_state
        tokens: Tensor = found.new_zeros(*real.shape, found.shape[2])
        tokens[used] = found
        return tokens

    def forward(self, **batch: Tensor) -> dict[str, Tensor]:
        """The loss of a batch: the sum of the mean losses of the tasks that it has items of."""
        read = self.read(batch)
        losses = (self._of_entities(read, batch), self._of_sections(read, batch))
        found = [each for each in (*losses, self._of_facts(read, batch)) if each is not None]
        return {"loss": torch.stack(found).sum()}

    def _of_entities(self, read: Read, batch: Batch) -> Tensor | None:
        rows = batch["tags"][:, 0] != IGNORED
        if self.entities is None or not rows.any():
            return None
        seen = self.characters(read, batch)
        return self.entities.loss(seen[rows], batch["tags"][rows], batch["mask"][rows])

    def _of_sections(self, read: Read, batch: Batch) -> Tensor | None:
        rows = batch["role"] != IGNORED
        if self.sections is None or not rows.any():
            return None
        scores = self.sections(read.text[rows], read.headings[rows], batch["layout"][rows])
        return self.sections.loss(scores, batch["role"][rows], batch["topic"][rows])

    def _of_facts(self, read: Read, batch: Batch) -> Tensor | None:
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
