"""Training with transformers' Trainer: rates by part, checkpoints, and the same twice.

`accelerate launch -m fazhi train …` spreads the same training over accelerators or machines, and
`torchrun` over processes of a CPU; each of them then takes `batch` texts in a step.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import is_zipfile

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.utils.data import Dataset, Sampler
from transformers import PrinterCallback, Trainer, TrainerState, TrainingArguments
from transformers.trainer_pt_utils import LengthGroupedSampler

from fazhi.baselines._inference import Item, collate
from fazhi.baselines._neural._network import Network
from fazhi.baselines._params import BertParams

_WEIGHTS = "model.safetensors"
_STATE = "trainer_state.json"
_KEPT = 2
"""Checkpoints that are kept: a second one in case that the last is cut off."""


class Items(Dataset[Item]):
    """What is learned from."""

    def __init__(self, items: Sequence[Item]):
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> Item:
        return self._items[index]


def tensors(items: Sequence[Item]) -> dict[str, Tensor]:
    """The batch of some items."""
    return {name: torch.from_numpy(each) for name, each in collate(items).items()}


class RateTrainer(Trainer):
    """A Trainer whose encoder and heads learn at rates of their own, from texts of like length."""

    def __init__(self, network: Network, items: Sequence[Item], params: BertParams, **options: Any):
        super().__init__(model=network, train_dataset=Items(items), **options)
        self._network = network
        self._lengths = [len(each.passage.places) for each in items]
        self._params = params

    def _get_train_sampler(self, train_dataset: Dataset[Item] | None = None) -> Sampler[int]:  # noqa: ARG002
        """Batches of like length, in random order: half as much padding."""
        return LengthGroupedSampler(self._params.batch, lengths=self._lengths)

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:  # noqa: ARG002
        """AdamW; biases and norms do not decay."""
        if self.optimizer is None:
            groups = list(_groups(self._network, self._params))
            self.optimizer = torch.optim.AdamW(groups)
        return self.optimizer


def _groups(network: Network, params: BertParams) -> Iterator[dict[str, Any]]:
    """The parameters that have a rate and a decay in common."""
    named = list(network.named_parameters())
    for is_encoder, rate in ((True, params.encoder_rate), (False, params.head_rate)):
        for is_matrix, decay in ((True, params.decay), (False, 0.0)):
            found = [
                each
                for name, each in named
                if name.startswith("bert.") == is_encoder and (each.dim() > 1) == is_matrix
            ]
            yield {"params": found, "lr": rate, "weight_decay": decay}


def train(
    network: Network, items: Sequence[Item], params: BertParams, seed: int, folder: Path | None
) -> None:
    """Trains a network in place.

    Args:
        network: the network, its heads fresh.
        items: what it learns from.
        params: the parameters.
        seed: of the order of the items and of what is dropped.
        folder: where a checkpoint is kept after each epoch, and training goes on from the last
            one; None to keep none.
    """
    with TemporaryDirectory() as temporary, _deterministic(), _threads(params.threads):
        steps = _steps(params, len(items))
        arguments = _arguments(params, steps, seed, folder, temporary)
        trainer = RateTrainer(network, items, params, args=arguments, data_collator=tensors)
        trainer.remove_callback(PrinterCallback)
        last = _last_checkpoint(folder) if folder else None
        if last and _is_finished(last):
            network.load_state_dict(load_file(last / _WEIGHTS))
        else:
            trainer.train(resume_from_checkpoint=str(last) if last else None)


def _last_checkpoint(folder: Path) -> Path | None:
    """The last complete checkpoint; the state of the trainer is what is written last."""
    found = [path.parent for path in folder.glob(f"checkpoint-*/{_STATE}")]
    found.sort(key=lambda path: int(path.name.rpartition("-")[2]), reverse=True)
    return next(filter(_is_whole, found), None)


def _is_whole(checkpoint: Path) -> bool:
    """Whether none of its files was cut off."""
    try:
        with safe_open(checkpoint / _WEIGHTS, framework="pt"):
            return all(map(is_zipfile, checkpoint.glob("*.pt*")))
    except (OSError, SafetensorError):
        return False


def _is_finished(checkpoint: Path) -> bool:
    """Whether there is no step left; the Trainer would take one more."""
    state = TrainerState.load_from_json(str(checkpoint / _STATE))
    return bool(state.global_step >= state.max_steps)


@contextmanager
def _deterministic() -> Iterator[None]:
    """Around training, where the Trainer makes torch deterministic; afterwards it is as before.

    What torch then does besides, to fill memory that nothing reads, costs a tenth of the time.
    """
    before = torch.are_deterministic_algorithms_enabled()
    memory: Any = torch.utils.deterministic
    filled = memory.fill_uninitialized_memory
    memory.fill_uninitialized_memory = False
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)
        memory.fill_uninitialized_memory = filled


@contextmanager
def _threads(number: int | None) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(number or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _steps(params: BertParams, items: int) -> int:
    """The steps on one device; the Trainer takes -1 for as many as the epochs have."""
    most, whole = params.most_steps, params.epochs * ceil(items / params.batch)
    return most if most and most < whole else -1


def _arguments(
    params: BertParams, steps: int, seed: int, folder: Path | None, temporary: str
) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(folder or temporary),
        save_strategy="epoch" if folder else "no",
        save_total_limit=_KEPT,
        num_train_epochs=params.epochs,
        max_steps=steps,
        per_device_train_batch_size=params.batch,
        warmup_steps=params.warm_up,
        lr_scheduler_type="linear",
        seed=seed,
        full_determinism=True,
        bf16=True,
        use_cpu=not torch.accelerator.is_available(),
        remove_unused_columns=False,
        ddp_find_unused_parameters=len(params.task_names) > 1,
        dataloader_pin_memory=False,
        logging_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
