"""What hypothesis draws for several test modules."""

from hypothesis import strategies as st

from fazhi.corpus import ENTITY_LABELS, Entity, Fact, Span, Value, kinds_of

AWKWARD = "法治5件[]|\\ A.𠀀\t\u3000@2=#-"
"""Characters that mean something in marked text, and some that do not."""


@st.composite
def values(draw):
    """Any value: exact, a range, a limit; with any unit."""
    bound = st.integers(0, 10**6) | st.floats(min_value=0, allow_infinity=False)
    low, high = sorted([float(draw(bound)), float(draw(bound))])
    low, high = draw(st.sampled_from([(low, low), (low, high), (low, None), (None, high)]))
    unit = draw(st.text(st.characters(exclude_categories=["Z", "C"]), max_size=4))
    return Value(low=low, high=high, unit=unit, approximate=draw(st.booleans()))


@st.composite
def spans(draw, length):
    """Two offsets in a text, the first the smaller."""
    start = draw(st.integers(0, length - 1))
    return start, draw(st.integers(start + 1, length))


@st.composite
def annotated_texts(draw, labels=ENTITY_LABELS):
    """A text with awkward characters, and flat spans in it."""
    text = draw(st.text(alphabet=AWKWARD, min_size=1, max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    entities = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        label = draw(st.sampled_from(labels))
        kind = draw(st.sampled_from(kinds_of(label)))
        entities.append(Entity(start=start, end=end, label=label, kind=kind, text=text[start:end]))
    return text, tuple(entities)


@st.composite
def facts_of(draw, text, entities):
    """A fact for each METRIC, its indicator anywhere in the text outside it."""
    facts = []
    for metric in (each for each in entities if each.label == "METRIC"):
        start, end = draw(spans(len(text)))
        outside = end <= metric.start or metric.end <= start
        facts.append(
            Fact(
                metric=Span(start=metric.start, end=metric.end, text=metric.text),
                indicator=Span(start=start, end=end, text=text[start:end]) if outside else None,
                value=draw(values()),
            )
        )
    return tuple(facts)
