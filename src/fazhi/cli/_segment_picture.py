"""A segment with its gold as a picture: entities as boxes, what a METRIC measures underlined.

Every character has its place in a grid, so that the picture is the same with every font.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

from fazhi.corpus import ENTITY_LABELS, NO_INDICATOR, Example, Fact, Placed, format_value
from fazhi.errors import MissingExtra

_SIZE = 18
_WIDTH = 840
_MARGIN = 24
_FIRST = 46
_STEP = 50
_FACT_STEP = 22
_CLOSING = "，。、；：！？》”’）"
"""What does not begin a line; it hangs over the end of the one before."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character and its place."""

    char: str
    left: float
    right: float
    row: int

    @property
    def top(self) -> int:
        """The upper edge of a box around it."""
        return _FIRST + self.row * _STEP


@dataclass(frozen=True, slots=True)
class _Box:
    """The part of a span that stands on one line."""

    label: str
    caption: str
    left: float
    right: float
    top: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the text, or of the facts below it."""

    text: str
    base: int
    places: tuple[float, ...] = ()


def segment_picture(example: Example) -> str:
    """A segment with its gold annotation as an SVG image, for light and dark pages.

    Args:
        example: the segment and its gold.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("report", "jinja2") from None
    environment = Environment(
        loader=PackageLoader("fazhi.cli"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    glyphs = list(_glyphs(example.segment.text))
    gold = example.gold
    below = _FIRST + (glyphs[-1].row + 1) * _STEP
    facts = [_Row(_fact(each), below + n * _FACT_STEP + 14) for n, each in enumerate(gold.facts)]
    return environment.get_template("segment.svg").render(
        example=example,
        description=_description(example),
        heading=_heading(example),
        labels=ENTITY_LABELS,
        boxes=[
            box
            for each in gold.entities
            for box in _boxes(glyphs, each, each.label, f"{each.label} {each.kind}")
        ],
        underlines=[
            box
            for fact in gold.facts
            if fact.indicator
            for box in _boxes(glyphs, fact.indicator, "METRIC", "")
        ],
        rows=list(_rows(glyphs)),
        facts=facts,
        size=_SIZE,
        margin=_MARGIN,
        width=_WIDTH,
        height=below + len(facts) * _FACT_STEP + 12,
    )


def _glyphs(text: str) -> Iterator[_Glyph]:
    left, row = float(_MARGIN), 0
    for char in text:
        wide = east_asian_width(char) in "WFA"
        size = float(_SIZE) if wide else 0.6 * _SIZE
        if left + size > _WIDTH - _MARGIN and char not in _CLOSING:
            left, row = float(_MARGIN), row + 1
        yield _Glyph(char, round(left, 1), round(left + size, 1), row)
        left += size


def _boxes(glyphs: Sequence[_Glyph], span: Placed, label: str, caption: str) -> Iterator[_Box]:
    """The parts of a span, one for each line; the longest bears the caption."""
    lines = groupby(glyphs[span.start : span.end], key=lambda each: each.row)
    parts = [list(line) for _, line in lines]
    longest = max(parts, key=len)
    for part in parts:
        said = caption if part is longest else ""
        yield _Box(label, said, part[0].left, part[-1].right, part[0].top)


def _rows(glyphs: Sequence[_Glyph]) -> Iterator[_Row]:
    for _, line in groupby(glyphs, key=lambda each: each.row):
        part = list(line)
        text = "".join(each.char for each in part)
        yield _Row(text, part[0].top + _SIZE + 1, tuple(each.left for each in part))


def _fact(fact: Fact) -> str:
    indicator = fact.indicator.text if fact.indicator else NO_INDICATOR
    return f"{fact.metric.text}: {indicator} = {format_value(fact.value)}"


def _heading(example: Example) -> str:
    topic = f", topic {example.gold.topic}" if example.gold.topic else ""
    return f"{example.segment.id}: role {example.gold.role}{topic}"


def _description(example: Example) -> str:
    entities = "; ".join(f"{e.label} {e.kind}: {e.text}" for e in example.gold.entities)
    facts = "; ".join(map(_fact, example.gold.facts))
    return f"{_heading(example)}. {example.segment.text} Entities: {entities}. Facts: {facts}."
