"""What became of every entity: correct or which error, and which entity answers it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fazhi.corpus import Entity, EntityLabel
from fazhi.eval._align import ERRORS, Error
from fazhi.eval._spans import Ints
from fazhi.eval._tally import EntityTally, Pairs
from fazhi.predictions import PredictedEntity

ERROR_NAMES: dict[Error, str] = {
    "label": "wrong type",
    "boundary": "wrong ends",
    "both": "wrong type and ends",
    "missed": "missed",
    "spurious": "spurious",
}
"""The errors in words."""
ERROR_SIGNS: dict[Error, str] = {
    "label": "≠",
    "boundary": "↔",
    "both": "≠↔",
    "missed": "−",  # noqa: RUF001
    "spurious": "+",
}
"""The errors in signs, for readers who cannot tell the colours apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An entity of one side as it is shown."""

    start: int
    """Offset in the segment's text."""
    end: int
    """End offset, exclusive."""
    label: EntityLabel
    """Its type."""
    error: Error | None
    """What is wrong with it; None where it is correct."""
    pair: int | None
    """The number of its pair, which the entity that answers it bears too; None without answer."""
    says: str
    """All of this in words."""

    @property
    def tag(self) -> str:
        """The type, and the sign of the error."""
        return f"{self.label} {ERROR_SIGNS[self.error]}" if self.error else self.label


@dataclass(frozen=True, slots=True)
class Marks:
    """The entities of a segment."""

    gold: tuple[Mark, ...]
    """Those of the gold, in order."""
    predicted: tuple[Mark, ...]
    """Those of the prediction, in order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text that lies in one mark, or in none."""

    text: str
    """The piece itself."""
    mark: Mark | None
    """The mark that it is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entity stands in the alignment."""

    error: Error | None
    pair: int | None
    answer: int | None


def marks_of(entities: EntityTally, pairs: Pairs) -> list[Marks]:
    """The marks of each segment."""
    texts = [example.segment.text for example, _ in pairs]
    ours = [list(example.gold.entities) for example, _ in pairs]
    # in the order of the tally's spans
    theirs = [sorted(said.entities or (), key=lambda each: each.start) for _, said in pairs]
    gold, predicted = _surfaces(ours, texts), _surfaces(theirs, texts)
    aligned = entities.aligned
    rank, size = aligned.rank, len(entities.gold)
    left = _places(size, aligned.gold, aligned.predicted, rank, "missed")
    right = _places(len(entities.predicted), aligned.predicted, aligned.gold, rank, "spurious")
    return [
        Marks(
            gold=tuple(_mark(each, next(left), predicted, "predicted") for each in segment),
            predicted=tuple(_mark(each, next(right), gold, "gold has") for each in said),
        )
        for segment, said in zip(ours, theirs, strict=True)
    ]


def pieces(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """A text cut at the ends of its marks, which are in order and flat."""
    found, end = [], 0
    for mark in marks:
        found.append(Piece(text[end : mark.start], None))
        found.append(Piece(text[mark.start : mark.end], mark))
        end = mark.end
    found.append(Piece(text[end:], None))
    return tuple(each for each in found if each.text)


def _surfaces(
    segments: Iterable[Iterable[Entity | PredictedEntity]], texts: Sequence[str]
) -> list[str]:
    return [
        f"{each.label} “{text[each.start : each.end]}”"
        for entities, text in zip(segments, texts, strict=True)
        for each in entities
    ]


def _places(size: int, own: Ints, other: Ints, rank: Ints, unanswered: Error) -> Iterator[_Place]:
    places = [_Place(unanswered, None, None)] * size
    for pair, place in enumerate(own.tolist()):
        how = rank[pair]
        places[place] = _Place(ERRORS[how - 1] if how else None, pair, int(other[pair]))
    return iter(places)


def _mark(
    entity: Entity | PredictedEntity, place: _Place, others: Sequence[str], verb: str
) -> Mark:
    return Mark(
        start=entity.start,
        end=entity.end,
        label=entity.label,
        error=place.error,
        pair=place.pair,
        says=f"{_name(entity)}: {_verdict(place, others, verb)}",
    )


def _name(entity: Entity | PredictedEntity) -> str:
    if isinstance(entity, Entity):
        return f"{entity.label}, {entity.kind}"
    return (
        entity.label if entity.score is None else f"{entity.label}, probability {entity.score:.2f}"
    )


def _verdict(place: _Place, others: Sequence[str], verb: str) -> str:
    if place.error is None:
        return "correct"
    if place.answer is None:
        return f"{ERROR_NAMES[place.error]}, nothing answers it"
    return f"{ERROR_NAMES[place.error]}, {verb} {others[place.answer]}"
