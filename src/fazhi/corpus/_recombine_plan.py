"""The shapes of reports, and which segment may stand where in them."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from math import inf

from fazhi.corpus import _layout as layout
from fazhi.corpus._recombine_quantities import Random
from fazhi.corpus._records import Example, SegmentKind
from fazhi.corpus._segment import MARKS

_COLONS = ("：", ":")
_STOPS = ("。", "；", ";")
_GOES_ON = ("，", ",", "、")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a segment in the shape of a report."""

    kind: SegmentKind
    """What a segment is that stands here, by its layout."""
    sort: Hashable
    """Segments of one sort stand for each other."""
    begins_line: bool
    """Whether a line begins with it."""
    mark: str
    """The number of the item or heading; empty where there is none."""
    end: str
    """The stop at its end; empty where it has none that could be another."""
    level: int
    """The depth of a heading."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a report looks like."""

    report: str
    """The report that has it."""
    year: int
    """The year that it is about."""
    family: Hashable
    """Reports of one family, such as those of counties, lend segments to each other."""
    slots: tuple[Slot, ...]
    """Its slots, in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: the segments that stand on it."""

    text: str
    """Its text."""
    slot: Slot
    """The slot of its first segment."""
    first: int
    """How long its first segment is."""

    @property
    def is_bare_heading(self) -> bool:
        """Whether it is a heading without a number."""
        return self.slot.kind == "heading" and not self.slot.mark


def slots_of(examples: Sequence[Example]) -> tuple[Slot, ...]:
    """The slots of a report, one for each segment."""
    last = -1
    slots = []
    for place, example in enumerate(examples):
        segment = example.segment
        slots.append(
            Slot(
                kind=segment.kind,
                sort=_sort(examples, place),
                begins_line=segment.start != last,
                mark=mark_of(example),
                end=segment.text[-1] if segment.text.endswith(_STOPS) else "",
                level=_level(example),
            )
        )
        last = segment.end
    return tuple(slots)


def mark_of(example: Example) -> str:
    """The number of an item or heading; empty where there is none."""
    segment = example.segment
    if segment.kind == "heading":
        return layout.heading_number(segment.text)
    marks = (mark.match(segment.text) for mark in MARKS) if segment.kind == "item" else ()
    return next((mark.group() for mark in marks if mark), "")


def _sort(examples: Sequence[Example], place: int) -> Hashable:
    """What a segment must be like to stand in place of another."""
    segment, gold = examples[place].segment, examples[place].gold
    if segment.kind == "closing":
        return segment.id
    if segment.kind == "heading":
        below = list(_below(examples, place))
        has_headings = any(each.segment.kind == "heading" for each in below)
        roles = {each.gold.role for each in below} - {"heading", "other"}
        topics = {each.gold.topic for each in below if gold.topic == "general"}
        subject = (gold.topic, topics.pop() if len(topics) == 1 else None)
        is_bare = not mark_of(examples[place])
        depth = min(len(segment.heading_path), 1)
        return "heading", *subject, tuple(sorted(roles)), has_headings, depth, is_bare
    leads = segment.kind == "paragraph" and segment.text.endswith(_COLONS)
    # an item that begins a line as a heading would is none only by its length
    is_long = bool(layout.heading_level(segment.text)) and segment.kind == "item"
    return segment.kind, gold.role, gold.topic, leads, is_long


def _below(examples: Sequence[Example], place: int) -> Iterator[Example]:
    """What stands under a heading."""
    level = _level(examples[place])
    for example in examples[place + 1 :]:
        if example.segment.kind == "heading" and _level(example) <= level:
            return
        yield example


def _level(heading: Example) -> int:
    return layout.heading_level(heading.segment.text) or 1


def shuffled(slots: Sequence[Slot], random: Random) -> list[Slot]:
    """The slots with what stands in each enumeration in another order."""
    result: list[Slot] = []
    for run in _enumerations(slots):
        if len(run) == 1:
            result += run
            continue
        order = sorted(range(len(run)), key=lambda _: random())
        result += [_put(run[new], slot) for new, slot in zip(order, run, strict=True)]
    return result


def _put(content: Slot, place: Slot) -> Slot:
    return replace(place, sort=content.sort)


def _enumerations(slots: Sequence[Slot]) -> Iterator[list[Slot]]:
    """Runs of items that count on from one, and every other slot alone."""
    run: list[Slot] = []
    for slot in slots:
        if run and (slot.kind != "item" or run[0].kind != "item" or slot.mark == run[0].mark):
            yield run
            run = []
        run.append(slot)
    if run:
        yield run


def with_content(slots: Sequence[Slot], filled: Sequence[bool]) -> list[bool]:
    """Which slots stay: those that are filled, but no heading under which nothing stays."""
    stays: list[bool] = []
    seen = 0.0  # a heading of a level below this has something under it
    for slot, is_filled in zip(reversed(slots), reversed(filled), strict=True):
        if slot.kind == "heading":
            stays.append(is_filled and slot.level < seen)
            seen = min(seen, slot.level)
        else:
            stays.append(is_filled)
            seen = inf if is_filled and slot.kind != "closing" else seen
    return stays[::-1]


def renumbered(slots: Sequence[Slot], stays: Sequence[bool]) -> list[Slot]:
    """The slots that stay, their items and headings numbered without a gap."""
    if all(stays):
        return list(slots)
    marks: dict[Hashable, list[str]] = defaultdict(list)
    groups = list(_groups(slots))
    for slot, group in zip(slots, groups, strict=True):
        marks[group].append(slot.mark)
    numbers = {group: iter(found) for group, found in marks.items()}
    return [
        replace(slot, mark=next(numbers[group]))
        for slot, group, is_left in zip(slots, groups, stays, strict=True)
        if is_left
    ]


def _groups(slots: Sequence[Slot]) -> Iterator[Hashable]:
    """For each slot what it is counted in: the items of a run, or the headings under another."""
    above: list[tuple[int, int]] = []
    for number, run in enumerate(_enumerations(slots)):
        level = run[0].level if run[0].kind == "heading" else 0
        if level:
            above = [each for each in above if each[0] < level]
        is_counted = level and run[0].mark
        yield from [(level, tuple(above)) if is_counted else number] * len(run)
        if level:
            above.append((level, number))


def is_sound(lines: Sequence[Line]) -> bool:
    """Whether the lines of a report are cut again as they were meant."""
    texts = [line.text for line in lines]
    kinds = [line.slot.kind for line in lines]
    titles, closings = kinds.count("title"), kinds.count("closing")
    body = lines[titles : len(lines) - closings]
    unfinished = [len(line.text) for line in body if layout.is_unfinished(line.text)]
    return (
        layout.title_span(texts) == (0, titles)
        and layout.closing_length(texts) == closings
        and layout.wrap_width(unfinished) is None
        and all(map(_is_read_alike, body))
        and all(starmap(_is_parted, zip([None, *body], [*body, None], strict=True)))
    )


def _is_read_alike(line: Line) -> bool:
    """Whether a line is a heading, or begins with one, where it should, and ends there."""
    if line.is_bare_heading:
        return layout.could_be_heading(line.text)
    length = line.first if line.slot.kind == "heading" else 0
    if layout.heading_length(line.text) != length:
        return False
    is_whole = length == len(line.text) and not line.text.endswith(_GOES_ON)
    return is_whole or not layout.is_unfinished(line.text)


def _is_parted(above: Line | None, below: Line | None) -> bool:
    """Whether a heading without a number stands between a finished paragraph and other lines."""
    if below is None:
        return above is None or not above.is_bare_heading
    if not below.is_bare_heading:
        return True
    return (
        above is not None
        and layout.heading_length(above.text) < len(above.text)
        and not layout.is_unfinished(above.text)
    )
