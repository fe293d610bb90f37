"""What a baseline learns from: real reports, synthetic ones, or both in a stated mixture.

A mixture is written as its parts with `+` between them: `real`, `real+synthetic`, `synthetic15`
(15 synthetic reports, drawn by the seed), `3xreal+synthetic` (every real segment three times),
`real+recombined200` (200 reports recombined, by the seed, from the real and synthetic ones).
A network can learn from one mixture after another: `synthetic-then-real`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np

from fazhi.corpus import Example, recombine

Source = Literal["real", "synthetic", "recombined"]
REAL = "real"

_PART = re.compile(rf"(?:([1-9]\d?)x)?({'|'.join(get_args(Source))})([1-9]\d{{0,5}})?")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mixture."""

    source: Source
    """Where its reports come from."""
    times: int = 1
    """How often each segment is in it."""
    reports: int | None = None
    """How many reports of the source it has, drawn by the seed; None for all of them."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """The training data of a baseline."""

    parts: tuple[Part, ...]
    """What it is made of, each source once."""
    first: Self | None = None
    """What is learned from before it."""

    @classmethod
    def parse(cls, notation: str) -> Self:
        """The mixture that a notation stands for.

        Raises:
            ValueError: it stands for none, or a mixture names a source twice.
        """
        before, mark, last = notation.rpartition("-then-")
        return cls(cls._parts(last), cls(cls._parts(before)) if mark else None)

    @staticmethod
    def _parts(notation: str) -> tuple[Part, ...]:
        found = [_PART.fullmatch(each) for each in notation.split("+")]
        parts = tuple(
            Part(match[2], int(match[1] or 1), int(match[3]) if match[3] else None)  # type: ignore[arg-type]
            for match in found
            if match
        )
        if len(parts) < len(found):
            raise ValueError(
                f"{notation!r} is no mixture; write it as real, synthetic, real+synthetic, "
                "real+synthetic15 (15 reports), real+recombined200, 3xreal+synthetic or "
                "synthetic-then-real"
            )
        if any(part.source == "recombined" and not part.reports for part in parts):
            raise ValueError(f"{notation!r} does not say how many reports are recombined")
        if len({part.source for part in parts}) < len(parts):
            raise ValueError(f"{notation!r} names a source twice")
        return parts

    @property
    def is_drawn(self) -> bool:
        """Whether the seed decides what is in it."""
        return any(part.reports for part in self.all_parts)

    @property
    def needs_synthetic(self) -> bool:
        """Whether a part of it is synthetic."""
        return any(part.source != REAL for part in self.all_parts)

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """Its parts, and before them those of what is learned first."""
        return (*self.first.parts, *self.parts) if self.first else self.parts


def mix(
    mixture: Mixture, real: Sequence[Example], synthetic: Sequence[Example], seed: int
) -> tuple[Example, ...]:
    """The examples that a mixture has, part by part, without those of what is learned first.

    Args:
        mixture: what to take.
        real: the real reports that may be learned from.
        synthetic: all synthetic reports.
        seed: seed of what is drawn; a larger number of reports holds those of a smaller one.
    """

    def take(part: Part) -> list[Example]:
        if part.source == "recombined":
            made = recombine([*real, *synthetic], part.reports or 0, seed)
            return [example for report in made for example in report.examples]
        return _draw(real if part.source == REAL else synthetic, part.reports, seed)

    return tuple(example for part in mixture.parts for example in take(part) * part.times)


def _draw(examples: Sequence[Example], reports: int | None, seed: int) -> list[Example]:
    if reports is None:
        return list(examples)
    names = sorted({each.segment.report for each in examples})
    chosen = set(np.random.default_rng(seed).permutation(names)[:reports])
    return [each for each in examples if each.segment.report in chosen]
