"""Our figures are those of the field's tools, to the last digit, for any predictions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.corpus import ENTITY_LABELS, ROLE_NAMES, TOPIC_NAMES, Entity, kinds_of, topic_is_due
from fazhi.errors import MismatchError
from fazhi.eval import cross_check, score
from fazhi.predictions import PredictedEntity, Prediction
from makers import make_example

TEXT = "县委印发方案5件，办结率90%。"


@st.composite
def flat(draw):
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=10)))
    labels = st.sampled_from(ENTITY_LABELS)
    return [(s, e, draw(labels)) for s, e in zip(cuts[::2], cuts[1::2], strict=False)]


@st.composite
def submissions(draw):
    """A few segments with any gold and any predictions."""
    examples, predictions = [], []
    for number in range(draw(st.integers(1, 5))):
        role = draw(st.sampled_from(ROLE_NAMES))
        topic = draw(st.sampled_from(TOPIC_NAMES)) if topic_is_due(role) else None
        example = make_example(TEXT, name=f"made-2020-s{number:03}", role=role, topic=topic)
        entities = tuple(
            Entity(start=s, end=e, text=TEXT[s:e], label=label, kind=kinds_of(label)[0])
            for s, e, label in draw(flat())
        )
        gold = example.gold.model_copy(update={"entities": entities})
        examples.append(example.model_copy(update={"gold": gold}))
        said = tuple(PredictedEntity(start=s, end=e, label=label) for s, e, label in draw(flat()))
        predictions.append(
            Prediction(
                id=example.segment.id,
                entities=said,
                role=draw(st.sampled_from(ROLE_NAMES)),
                topic=draw(st.none() | st.sampled_from(TOPIC_NAMES)),
            )
        )
    return examples, predictions


@settings(max_examples=60)
@given(submissions())
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.UndefinedMetricWarning")
def test_any_submission(drawn):
    examples, predictions = drawn
    compared = cross_check(score(examples, predictions), examples, predictions)
    assert "entities F1 (seqeval)" in compared
    assert "role macro-F1 (scikit-learn)" in compared


def test_a_figure_that_differs_is_found():
    example = make_example("县委。", ("县委", "AGENCY", "party"))
    said = [Prediction(id=example.segment.id, entities=(), role="work")]
    right = score([example], said)
    wrong = right.model_copy(
        update={"role": right.role.model_copy(update={"macro_f1": right.role.macro_f1 - 1e-16})}
    )
    cross_check(right, [example], said)
    with pytest.raises(
        MismatchError, match=r"1 figures differ.*\n  role macro-F1 \(scikit-learn\)"
    ):
        cross_check(wrong, [example], said)
