"""An encoder at the end of its training becomes the published one."""

from pathlib import Path

import torch
from transformers import BertModel

from fazhi._files import write_text
from fazhi.baselines._pretraining._card import card_of, copy_training_card, read_training_card
from fazhi.baselines._pretraining._encoder import write_encoder
from fazhi.baselines._pretraining._log import read_log, write_log
from fazhi.baselines._pretraining._train import ENCODER
from fazhi.baselines._pretraining._vocabulary import read_vocabulary
from fazhi.errors import InputError


def publish(training: Path, target: Path, ablation: Path) -> None:
    """Writes the weights as float16, the log and the card.

    Raises:
        InputError: the folder holds no training, or one that is not at its end.
    """
    log = read_log(training)
    if not log or log[-1].tokens < read_training_card(training).recipe.training.tokens:
        raise InputError(
            "the training is not at its end",
            path=training,
            remedy="Run the same fazhi pretrain again: it goes on from its state",
        )
    encoder = BertModel.from_pretrained(
        training / ENCODER, add_pooling_layer=False, dtype=torch.float32
    )
    write_encoder(target, encoder, read_vocabulary(training / ENCODER), half=True)
    write_log(target, log)
    copy_training_card(training, target)
    write_text(target / "README.md", card_of(target, ablation))
