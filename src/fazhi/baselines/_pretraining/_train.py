"""The training loop. What happens in a step depends on the recipe and the place alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from fazhi.baselines._pretraining._encoder import write_encoder
from fazhi.baselines._pretraining._held_out import held_out_batches, losses
from fazhi.baselines._pretraining._initial import initial_network
from fazhi.baselines._pretraining._log import LogLine, Place, read_log, write_log
from fazhi.baselines._pretraining._masking import Batch, mask, rows
from fazhi.baselines._pretraining._network import Network
from fazhi.baselines._pretraining._precision import best_device, mixed_precision
from fazhi.baselines._pretraining._recipe import PretrainingRecipe
from fazhi.baselines._pretraining._schedule import batch_tokens_at, rate_at
from fazhi.baselines._pretraining._state import STATE, make_optimizer, read_state, write_state
from fazhi.baselines._pretraining._stream import Stream, encode_document
from fazhi.baselines._pretraining._texts import Texts
from fazhi.baselines._pretraining._vocabulary import Vocabulary

ENCODER = "encoder"
"""The folder of the encoder, inside that of the training."""

_MASKS = 1
"""Keeps the generators of masks apart from those of the stream."""


@dataclass(slots=True)
class Trainer:
    """A training in progress."""

    recipe: PretrainingRecipe
    """What is done."""
    vocabulary: Vocabulary
    """The tokens."""
    stream: Stream
    """The texts that are trained on."""
    network: Network
    """The encoder and its output head."""
    optimizer: torch.optim.AdamW
    """What changes their weights."""
    held_out: dict[str, list[Batch]]
    """What the loss is measured on, by source."""
    place: Place
    """How far it has come."""
    log: list[LogLine]
    """What was measured on the way."""

    def step(self) -> None:
        """Reads one batch and changes the weights."""
        began, training = monotonic(), self.recipe.training
        batch, tokens = self._batch()
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(training, self.place.step, self.place.tokens)
        device = self.network.bias.device
        inputs, places, targets = (
            torch.from_numpy(each).to(device)
            for each in (batch.inputs, batch.places, batch.targets)
        )
        with mixed_precision(device):
            scores = self.network(inputs, places)
        loss = cross_entropy(scores.float(), targets)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), training.clip)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.place = self.place.after(tokens, monotonic() - began, loss.item())

    def _batch(self) -> tuple[Batch, int]:
        """The batch at the present place, and how many tokens it counts for."""
        recipe, training = self.recipe, self.recipe.training
        generator = np.random.default_rng([recipe.seed, _MASKS, self.place.step])
        tokens = batch_tokens_at(training, self.place.tokens)
        size = training.long
        blocks = self.stream.blocks(self.place.tokens // size, tokens // size)
        is_long = generator.random() < training.long_share
        sequences = rows(blocks, training.long if is_long else training.short)
        share = recipe.ingredients.masked
        return mask(sequences, share, len(self.vocabulary), generator), tokens

    def measure(self) -> LogLine:
        """Measures the losses and adds them to the log."""
        place = self.place
        line = LogLine(
            step=place.step,
            tokens=place.tokens,
            seconds=round(place.seconds, 1),
            rate=round(place.tokens / max(place.seconds, 1e-9), 1),
            loss=round(place.loss or 0.0, 4),
            held_out={k: round(v, 4) for k, v in losses(self.network, self.held_out).items()},
        )
        self.log.append(line)
        return line

    def save(self, folder: Path) -> None:
        """Writes the log, the encoder and, last, the state."""
        if self.log:
            write_log(folder, self.log)
        write_encoder(folder / ENCODER, self.network.encoder, self.vocabulary)
        write_state(folder, self.network, self.optimizer, self.place, self.recipe)


def make_trainer(
    recipe: PretrainingRecipe, texts: Texts, vocabulary: Vocabulary, folder: Path
) -> Trainer:
    """A training at its beginning, or where the state in the folder leads to."""
    documents = [encode_document(document, vocabulary) for document, _ in texts.train]
    training, device = recipe.training, best_device()
    stream = Stream(texts, vocabulary, training.long - 1, recipe.seed, training.swapped)
    begun = (folder / STATE).exists()
    network = (
        Network(recipe.architecture, len(vocabulary))
        if begun
        else initial_network(recipe, documents, len(vocabulary))
    ).to(device)
    optimizer = make_optimizer(network, recipe)
    place = read_state(folder, network, optimizer, recipe) if begun else Place()
    return Trainer(
        recipe=recipe,
        vocabulary=vocabulary,
        stream=stream,
        network=network,
        optimizer=optimizer,
        held_out=held_out_batches(texts.held_out, vocabulary, recipe),
        place=place,
        # what was logged after the state was written will be logged again
        log=[line for line in read_log(folder) if line.step <= place.step],
    )


def train(
    trainer: Trainer,
    folder: Path,
    seconds: float,
    watch: Callable[[Place, Sequence[LogLine]], None],
) -> None:
    """Trains to the end of the budget, saving the state about every so many seconds."""
    training, saved = trainer.recipe.training, monotonic()
    while trainer.place.tokens < training.tokens:
        before = trainer.place.tokens // training.log_every
        trainer.step()
        if trainer.place.tokens // training.log_every > before:
            trainer.measure()
        if monotonic() - saved > seconds:
            trainer.save(folder)
            saved = monotonic()
        watch(trainer.place, trainer.log)
    if not trainer.log or trainer.log[-1].step < trainer.place.step:
        trainer.measure()
    trainer.save(folder)
