"""How a made-up report comes about: a shape, a segment for each place in it, and their texts."""

from collections.abc import Sequence
from random import Random as Generator

from fazhi.corpus._recombine_cut import Template
from fazhi.corpus._recombine_noise import habit, laid_out
from fazhi.corpus._recombine_places import PLACES
from fazhi.corpus._recombine_plan import (
    Shape,
    Slot,
    is_sound,
    renumbered,
    shuffled,
    with_content,
)
from fazhi.corpus._recombine_quantities import Random
from fazhi.corpus._recombine_scene import Scene
from fazhi.corpus._recombine_stock import Stock
from fazhi.corpus._recombine_write import Draft, Row, drafted, lines_of, rows_of
from fazhi.corpus._records import Example
from fazhi.errors import MismatchError

_ATTEMPTS = 100


class Maker:
    """Makes reports from examples."""

    def __init__(self, examples: Sequence[Example], seed: int) -> None:
        self._stock = Stock(examples)
        self._seed = seed

    def make(self, number: int, *, raw: bool) -> Row:
        """A report, as a record of `RecombinedReport`; it depends on the seed and number alone.

        Raises:
            MismatchError: no report can be made from the examples.
        """
        name = f"synthetic-{number:06d}"
        random = Generator(f"{self._seed}/{number}").random  # noqa: S311
        for _ in range(_ATTEMPTS if self._stock.shapes else 0):
            drafts = _drafts(random, self._stock)
            lines = lines_of(drafts)
            if drafts and is_sound(lines):
                text = "\n".join(line.text for line in lines)
                page = laid_out(text, random) if raw else None
                return {"id": name, "text": text, "raw": page, "examples": rows_of(name, drafts)}
        raise MismatchError(
            "no report can be made from these examples. Give whole annotated reports"
        )


def _drafts(random: Random, stock: Stock) -> list[Draft]:
    """The segments of a report that takes the shape of a random one."""
    shape = stock.shapes[int(random() * len(stock.shapes))]
    scene = Scene(random, _stems(random, stock.stems), shape.year, stock.supply)
    signs = habit(random)
    slots = shuffled(shape.slots, random)
    chosen = _chosen(slots, shape, stock, random)
    stays = with_content(slots, [each is not None for each in chosen])
    left = (each for each, is_left in zip(chosen, stays, strict=True) if is_left and each)
    pairs = zip(left, renumbered(slots, stays), strict=True)
    return [drafted(template, slot, scene, signs) for template, slot in pairs]


def _chosen(
    slots: Sequence[Slot], shape: Shape, stock: Stock, random: Random
) -> list[Template | None]:
    """A segment for each slot, none twice; None where there is none left."""
    used: set[str] = set()
    chosen: list[Template | None] = []
    for slot in slots:
        fitting = stock.fitting(shape, slot)
        first = int(random() * len(fitting)) if fitting else 0
        turned = (*fitting[first:], *fitting[:first])
        template = next((each for each in turned if each.source not in used), None)
        if template:
            used.add(template.source)
        chosen.append(template)
    return chosen


def _stems(random: Random, invented: Sequence[str]) -> list[str]:
    """The names of a report's places, no two alike."""
    stems: dict[str, None] = {}
    while len(stems) < PLACES:
        stems[invented[int(random() * len(invented))]] = None
    return list(stems)
