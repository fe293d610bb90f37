"""Character features of the CRF: what stands around, what it is, and which lists know it."""

import re
from collections.abc import Iterator
from functools import cache

from fazhi.baselines._lexicon import alternatives, lexicon
from fazhi.baselines._patterns import TITLE, organs, quantities, statutes
from fazhi.corpus import Segment

_WINDOW = 3
_SHAPES = (
    ("digit", re.compile(r"[0-9０-９]")),
    ("numeral", re.compile("[〇零一二两三四五六七八九十百千万亿]")),
    ("latin", re.compile("[A-Za-z]")),
    ("han", re.compile(r"[\u4e00-\u9fff]")),
)
OUTSIDE = "_"
"""What stands beyond the ends of a text, and outside of a title."""


def features(segment: Segment) -> list[list[str]]:
    """The features of each character of a segment, as `name=value` strings."""
    text = segment.text
    shapes = [shape_of(char) for char in text]
    return [
        [
            "bias",
            *_window("c", text, index),
            *_grams(text, index),
            *_window("s", shapes, index),
            *known,
        ]
        for index, known in enumerate(list_features(segment))
    ]


def list_features(segment: Segment) -> list[list[str]]:
    """What each character is in: a kind of segment, a title, entries of the lists."""
    text = segment.text
    return [
        [f"kind={segment.kind}", f"title={title}", *tags]
        for title, tags in zip(_title_tags(text), _list_tags(text), strict=True)
    ]


@cache
def shape_of(char: str) -> str:
    """The class of a character; punctuation is its own class."""
    return next((name for name, pattern in _SHAPES if pattern.match(char)), char)


def _window(name: str, values: str | list[str], index: int) -> Iterator[str]:
    for step in range(-_WINDOW, _WINDOW + 1):
        place = index + step
        value = values[place] if 0 <= place < len(values) else OUTSIDE
        yield f"{name}{step}={value}"


def _grams(text: str, index: int) -> Iterator[str]:
    """Bigrams and trigrams that touch the character or its neighbours."""
    for size, starts in ((2, (-2, -1, 0, 1)), (3, (-2, -1, 0))):
        for start in starts:
            left, right = index + start, index + start + size
            if left >= 0 and right <= len(text):
                yield f"g{start}:{size}={text[left:right]}"


def _title_tags(text: str) -> list[str]:
    """Where each character stands with respect to 《》: outside, first, inside, last."""
    tags = [OUTSIDE] * len(text)
    for match in TITLE.finditer(text):
        start, end = match.span(1)
        tags[start:end] = ["inside"] * (end - start)
        tags[end - 1] = "last"
        tags[start] = "first"
    return tags


@cache
def _list_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = lexicon()
    patterns = (("organ", organs()), ("statute", statutes()), ("quantity", quantities()))
    return patterns + tuple(
        (name, re.compile(alternatives(getattr(words, name))))
        for name in (
            "provinces",
            "levels",
            "organs",
            "central",
            "statutes",
            "measures",
            "before_numeral",
            "after_numeral",
            "after_measure",
        )
    )


def _list_tags(text: str) -> list[list[str]]:
    """For each character, its place (B, I, E, S) in the longest entry of each list."""
    tags: list[list[str]] = [[] for _ in text]
    for name, pattern in _list_patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            for index in range(start, end):
                place = _place(index, start, end)
                tags[index].append(f"{name}={place}")
            if end < len(text):
                tags[end].append(f"after:{name}")
            if start > 0:
                tags[start - 1].append(f"before:{name}")
    return tags


def _place(index: int, start: int, end: int) -> str:
    if end - start == 1:
        return "S"
    return "B" if index == start else "E" if index == end - 1 else "I"
