"""Spans to BIO tags (IOB2, one tag per character) and back."""

from collections.abc import Iterable, Sequence
from typing import Protocol


class Labelled(Protocol):
    """Anything with a half-open span and a label."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def label(self) -> str: ...


def spans_to_tags(spans: Iterable[Labelled], length: int) -> list[str]:
    """The IOB2 tags of a text of `length` characters with flat spans inside it."""
    tags = ["O"] * length
    for span in spans:
        tags[span.start] = f"B-{span.label}"
        for index in range(span.start + 1, span.end):
            tags[index] = f"I-{span.label}"
    return tags


def tags_to_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """The (start, end, label) of each entity of strict IOB2 tags, in order.

    An I- tag that continues nothing of its own label belongs to no entity, as in seqeval's
    strict IOB2 scheme.
    """
    spans: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if label and not (prefix == "I" and name == label):
            spans.append((start, index, label))
            label = ""
        if prefix == "B":
            start, label = index, name
    return spans
