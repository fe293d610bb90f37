"""Makers of small records for tests."""

from fazhi.corpus import (
    Annotation,
    Entity,
    Example,
    Fact,
    Report,
    Segment,
    Source,
    Span,
    normalise,
    parse_value,
    segment,
)


def make_example(
    text: str,
    *spans: tuple[str, str, str],
    name: str = "made-2020-s001",
    role: str = "work",
    topic: str | None = "general",
    facts: tuple[tuple[str, str | None, str], ...] = (),
) -> Example:
    """An example with entities given as (surface, label, kind), each at its first place.

    Facts are given as (metric, indicator, notation of the value), the spans at their first place.
    """
    segment = Segment(
        id=name,
        report=name.rsplit("-", 1)[0],
        kind="paragraph",
        start=0,
        end=len(text),
        text=text,
        heading_path=(),
    )
    entities = [
        Entity(start=text.index(s), end=text.index(s) + len(s), label=label, kind=kind, text=s)
        for s, label, kind in spans
    ]
    gold = Annotation(
        id=name,
        entities=tuple(sorted(entities, key=lambda entity: entity.start)),
        facts=tuple(
            Fact(
                metric=make_span(text, metric),
                indicator=make_span(text, indicator) if indicator else None,
                value=parse_value(notation),
            )
            for metric, indicator, notation in facts
        ),
        role=role,
        topic=topic,
    )
    return Example(segment=segment, gold=gold)


def make_span(text: str, surface: str) -> Span:
    """The first place of a surface in a text."""
    start = text.index(surface)
    return Span(start=start, end=start + len(surface), text=surface)


def make_report(text: str, name: str = "made-2020", **source: str | None) -> Report:
    """A report of a text, with what is known of it; of what is not given, nothing is known."""
    unknown = ("issuer", "province", "region", "region_code", "level", "signed", "published")
    fields = {**dict.fromkeys((*unknown, "source")), **source}
    known = Source(
        id=name, file="raw/x.txt", sha256="0" * 64, split="train", year=int(name[-4:]), **fields
    )
    found = normalise(text)
    segments = tuple(segment(name, found.text))
    return Report(known, text, found.text, found.offsets, segments)
