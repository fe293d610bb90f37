"""Makers of small records for tests."""

from fazhi.corpus import Annotation, Entity, Example, Segment


def make_example(
    text: str,
    *spans: tuple[str, str, str],
    name: str = "made-2020-s001",
    role: str = "work",
    topic: str | None = "general",
) -> Example:
    """An example with entities given as (surface, label, kind), each at its first place."""
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
        role=role,
        topic=topic,
    )
    return Example(segment=segment, gold=gold)
