"""What a generated report is written with: its places, its year, and what mentions may become."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from typing import Any, Protocol, TypeVar

from fazhi.corpus._quantity import value_of
from fazhi.corpus._recombine_places import Place
from fazhi.corpus._recombine_quantities import Fraction, Quantity, Random

NEAR = 1
"""How many years older a report may be than one that it lends something: a later one knows more."""
FEW = 4
"""So many choices are enough not to look farther."""

_IN_WORDS = str.maketrans("0123456789", "〇一二三四五六七八九")
_SWAPPED = 0.6
_WIDTH = 0.7
_BEND = 0.5
_STEPS = 24

Choice = TypeVar("Choice")
Choices = Mapping[tuple[Hashable, str | None], Sequence[Choice]]
"""What there is of each sort under each topic, and with None under any."""


@lru_cache(maxsize=2**16)
def measured(surface: str) -> dict[str, Any] | None:
    """The value of a quantity as a dictionary, `value_of` remembered."""
    value = value_of(surface)
    return value.model_dump() if value else None


class Supply:
    """What organs and titles may be replaced by, and what no quantity may look like."""

    def __init__(
        self, tails: Choices[str], titles: "Choices[Title]", barred: frozenset[str]
    ) -> None:
        self.barred = barred
        self._tails = tails
        self._titles = titles
        self._near: dict[Hashable, tuple[Title, ...]] = {}

    def tails(self, sort: Hashable, topic: str | None) -> Sequence[str]:
        """The tails of organs of a sort: those named under a topic, if there are a few."""
        narrow = self._tails.get((sort, topic), ())
        return narrow if len(narrow) >= FEW else self._tails.get((sort, None), ())

    def titles(self, sort: Hashable, topic: str | None, year: int) -> "Sequence[Title]":
        """The titles of a sort that reports of a year or the last name, under a topic if a few."""
        key = (sort, topic, year)
        if key not in self._near:
            narrow = self._around(sort, topic, year)
            self._near[key] = narrow if len(narrow) >= FEW else self._around(sort, None, year)
        return self._near[key]

    def _around(self, sort: Hashable, topic: str | None, year: int) -> "tuple[Title, ...]":
        found = self._titles.get((sort, topic), ())
        near = [each for each in found if each.since <= year and 0 <= year - each.year <= NEAR]
        return tuple({each.text: each for each in near}.values())


@dataclass(slots=True)
class Scene:
    """One generated report while it is written."""

    random: Random
    """Its chance."""
    stems: Sequence[str]
    """The names of its places."""
    year: int
    """The year that it is about."""
    supply: Supply
    """What mentions may become."""
    topic: str | None = None
    """What the segment is about."""
    factors: dict[str, float] = field(default_factory=dict)
    """By how much the numbers of each unit grow in the segment."""
    swaps: dict[Hashable, Any] = field(default_factory=dict)
    """What has been replaced by what in the segment."""
    taken: set[str] = field(default_factory=set)
    """What the segment names already."""

    def turn(self, topic: str | None, names: Iterable[str]) -> None:
        """Begins a segment: what it is about, and the organs and documents that it names."""
        self.topic = topic
        self.factors.clear()
        self.swaps.clear()
        self.taken.clear()
        self.taken.update(names)

    def factor(self, unit: str, width: float) -> float:
        """By how much numbers of a unit grow, the same in the whole segment."""
        if unit not in self.factors:
            # in steps, so that values are computed once and remembered
            step = int(self.random() * _STEPS) / (_STEPS - 1)
            self.factors[unit] = exp((2 * step - 1) * width)
        return self.factors[unit]

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """One of several."""
        return choices[int(self.random() * len(choices))]


class Piece(Protocol):
    """A stretch of a segment that is not the same in every generated report."""

    def write(self, scene: Scene) -> str:
        """Its text in a report."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a place."""

    place: Place
    """The place."""

    def write(self, scene: Scene) -> str:
        """The name of the report's place."""
        return scene.stems[self.place.number] + self.place.suffix


@dataclass(frozen=True, slots=True)
class Year:
    """A year that is told from the report's own."""

    shift: int
    """How many years after the report's own."""
    in_digits: bool
    """Whether it is 2022, and not 二〇二二."""

    def write(self, scene: Scene) -> str:
        """The year."""
        year = str(scene.year + self.shift)
        return year if self.in_digits else year.translate(_IN_WORDS)


@dataclass(frozen=True, slots=True)
class Metric:
    """A METRIC."""

    surface: str
    """Its surface in the source."""
    is_range: bool
    """Whether its value has two ends, or only one."""
    quantity: Quantity | Fraction | None
    """The surface taken apart; None where it stays as it is."""

    def write(self, scene: Scene) -> str:
        """Another surface of the same unit; the old one where the new one would not be sound."""
        if self.quantity is None:
            return self.surface
        unit = self.quantity.unit
        factor, power = scene.factor(unit, _WIDTH), scene.factor("power", _BEND)
        surface = self.quantity.redraw(scene.random, factor, power)
        value = measured(surface)
        if value is None or value["unit"] != unit or surface.lstrip("近约") in scene.supply.barred:
            return self.surface
        return surface if (value["low"] != value["high"]) == self.is_range else self.surface


@dataclass(frozen=True, slots=True)
class Organ:
    """An AGENCY whose name is a place or level, and then what may be replaced."""

    lead: tuple["str | Piece", ...]
    """The place or the level."""
    tail: str
    """The rest of the name."""
    sort: Hashable
    """Organs of one sort stand for each other."""

    def write(self, scene: Scene) -> str:
        """The same organ or another of its sort; the same one for every mention in a segment."""
        name = (self.sort, self.tail)
        if name not in scene.swaps:
            scene.swaps[name] = self._other(scene)
        return written(self.lead, scene) + str(scene.swaps[name])

    def _other(self, scene: Scene) -> str:
        choices = scene.supply.tails(self.sort, scene.topic)
        if len(choices) < 2 or scene.random() > _SWAPPED:
            return self.tail
        tail = scene.pick(choices)
        if tail in scene.taken:
            return self.tail
        scene.taken.add(tail)
        return tail


@dataclass(frozen=True, slots=True)
class Title:
    """A LEGAL."""

    pieces: tuple["str | Piece", ...]
    """Its text."""
    text: str
    """Its surface in the source."""
    sort: Hashable
    """Titles of one sort stand for each other."""
    year: int
    """The year of the report that names it."""
    since: int
    """The year that it says of itself; 0 where it says none, or one that is told anew."""

    def write(self, scene: Scene) -> str:
        """The same title or another of its sort; the same one for every mention in a segment."""
        if self.text not in scene.swaps:
            scene.swaps[self.text] = self._other(scene)
        return written(scene.swaps[self.text].pieces, scene)

    def _other(self, scene: Scene) -> "Title":
        choices = scene.supply.titles(self.sort, scene.topic, scene.year)
        if len(choices) < 2 or scene.random() > _SWAPPED:
            return self
        other = scene.pick(choices)
        if other.text in scene.taken:
            return self
        scene.taken.add(other.text)
        return other


def written(pieces: "Iterable[str | Piece]", scene: Scene) -> str:
    """The text of some pieces."""
    return "".join(each if isinstance(each, str) else each.write(scene) for each in pieces)
