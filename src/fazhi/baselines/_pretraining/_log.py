"""How far a training has come, and its course as a JSON Lines file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pydantic import Field

from fazhi._files import to_jsonl, write_text
from fazhi._record import Record, read_jsonl_records

LOG = "log.jsonl"


class Place(Record):
    """How far a training has come; the data, the masks and the rate all follow from it."""

    step: int = Field(default=0, ge=0)
    """Steps done."""
    tokens: int = Field(default=0, ge=0)
    """Tokens read."""
    seconds: float = 0.0
    """Time that it took."""
    loss: float | None = None
    """Running mean of the training loss."""

    def after(self, tokens: int, seconds: float, loss: float) -> Self:
        """The place after one more step."""
        mean = loss if self.loss is None else 0.98 * self.loss + 0.02 * loss
        return self.model_copy(
            update={
                "step": self.step + 1,
                "tokens": self.tokens + tokens,
                "seconds": self.seconds + seconds,
                "loss": mean,
            }
        )


class LogLine(Record):
    """How a training stood at one time."""

    step: int
    """Steps done."""
    tokens: int
    """Tokens read."""
    seconds: float
    """Time that it took, in all runs together, without measuring the losses below."""
    rate: float
    """Tokens per second, over all of that time."""
    loss: float
    """Running mean of the training loss, in nats per predicted character."""
    held_out: dict[str, float]
    """The loss on texts that are not trained on, by source, with 15% masked."""


def read_log(folder: Path) -> list[LogLine]:
    """The log of a training; empty if it has none yet."""
    path = folder / LOG
    return read_jsonl_records(LogLine, path) if path.exists() else []


def write_log(folder: Path, lines: Sequence[LogLine]) -> None:
    """Writes the log whole."""
    write_text(folder / LOG, to_jsonl(line.model_dump() for line in lines))
