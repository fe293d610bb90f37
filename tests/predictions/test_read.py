"""Predictions are verified at the border: every defect is named with its line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._paths import room
from fazhi.corpus import Value
from fazhi.errors import InputError
from fazhi.predictions import (
    PredictedEntity,
    PredictedFact,
    PredictedSpan,
    Prediction,
    read_predictions,
    write_predictions,
)
from makers import make_example

SEGMENTS = [
    make_example("县司法局受理5件。", name="made-2020-s001").segment,
    make_example("二是学法。", name="made-2020-s002").segment,
]
GOOD = {"id": "made-2020-s002", "entities": []}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "predictions.jsonl"


def refusal(path, *lines: object) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_predictions(path, SEGMENTS)
    assert str(path) in str(caught.value)
    return str(caught.value)


def line(*spans: tuple[object, object, object], **more: object) -> dict[str, object]:
    entities = [{"start": start, "end": end, "label": label} for start, end, label in spans]
    return {"id": "made-2020-s001", "entities": entities, **more}


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        (line((0, 10, "AGENCY")), "0:10 of 'made-2020-s001' is empty or out of range"),
        (line((4, 4, "AGENCY")), "is empty or out of range"),
        (line((3, 1, "AGENCY")), "is empty or out of range"),
        (line((-1, 1, "AGENCY")), "entities.0.start"),
        (line((0, 2.5, "AGENCY")), "entities.0.end"),
        (line(("0", 2, "AGENCY")), "entities.0.start"),
        (line((0, 4, "AGENCY"), (2, 6, "METRIC")), "overlaps another one"),
        (line((0, 4, "AGENCY"), (0, 4, "AGENCY")), "overlaps another one"),
        (line((0, 4, "AGENT")), "entities.0.label"),
        (line((0, 4, "AGENCY"), role="chapter"), "role"),
        (line((0, 4, "AGENCY"), topic="law"), "topic"),
        (line((0, 4, "AGENCY"), colour="red"), "colour"),
        ({"entities": []}, "key 'id': Field required"),
        ({"id": "made-2020-s009"}, "there is no segment 'made-2020-s009'"),
        (GOOD, "the id 'made-2020-s002' occurs twice"),
    ],
)
def test_a_bad_line_is_named(path, bad, named):
    message = refusal(path, GOOD, bad)
    assert "line 2" in message
    assert named in message


def test_segments_without_a_line_are_counted(path):
    assert "1 of 2 segments have no line, the first is 'made-2020-s001'" in refusal(path, GOOD)


def test_lines_in_any_order_come_back_in_the_order_of_the_segments(path):
    names = ("made-2020-s002", "made-2020-s001")
    write_predictions(path, [Prediction(id=name, role="work") for name in names])
    assert [each.id for each in read_predictions(path, SEGMENTS)] == [
        "made-2020-s001",
        "made-2020-s002",
    ]


@pytest.mark.parametrize("task", ["entities", "role"])
def test_a_task_that_is_attempted_in_part_is_refused(path, task):
    both = [
        {"id": name, "entities": [], "role": "work"}
        for name in ("made-2020-s001", "made-2020-s002")
    ]
    del both[1][task]
    assert f"'{task}' is given for 1 of 2 segments, not for 'made-2020-s002'" in refusal(
        path, *both
    )


def test_predictions_of_nothing_are_refused(path):
    lines = [{"id": name} for name in ("made-2020-s001", "made-2020-s002")]
    assert "no task is attempted" in refusal(path, *lines)


def test_a_topic_may_be_left_out_where_there_is_none(path):
    write_predictions(
        path,
        [Prediction(id="made-2020-s001", topic="general"), Prediction(id="made-2020-s002")],
    )
    assert read_predictions(path, SEGMENTS)[1].topic is None


def test_a_key_that_occurs_twice_is_refused(path):
    path.write_text('{"id": "made-2020-s001", "id": "made-2020-s002"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"line 1: invalid JSON \(a key occurs twice"):
        read_predictions(path, SEGMENTS)


def test_a_task_that_is_not_attempted_is_left_out(path):
    write_predictions(path, [Prediction(id="made-2020-s001", role="work")])
    assert json.loads(path.read_text("utf-8")) == {"id": "made-2020-s001", "role": "work"}


entities = st.sampled_from([(), ((0, 4, "AGENCY"),), ((0, 4, "AGENCY"), (4, 6, "METRIC"))])


@given(entities, st.sampled_from(["work", "plan"]), st.sampled_from([None, "general"]))
def test_there_and_back(tmp_path_factory, spans, role, topic):
    path = tmp_path_factory.mktemp("predictions") / "p.jsonl"
    found = tuple(PredictedEntity(start=s, end=e, label=label) for s, e, label in spans)
    written = [
        Prediction(id="made-2020-s001", entities=found, role=role, topic=topic),
        Prediction(id="made-2020-s002", entities=(), role="other"),
    ]
    write_predictions(path, written)
    assert read_predictions(path, SEGMENTS) == written


def test_the_published_schema_is_that_of_the_format():
    published = json.loads((room("eval") / "prediction.schema.json").read_text("utf-8"))
    assert published == Prediction.model_json_schema()


def test_facts_are_written_with_their_nulls_and_read_back(tmp_path, gold):
    example = next(each for each in gold if each.gold.facts)
    metric = example.gold.metrics[0]
    span = PredictedSpan(start=metric.start, end=metric.end)
    upper = Value(low=None, high=3.0, unit="件", approximate=False)
    facts = (PredictedFact(metric=span, value=upper),)
    entity = PredictedEntity(start=metric.start, end=metric.end, label="METRIC")
    prediction = Prediction(id=example.segment.id, entities=(entity,), facts=facts)
    write_predictions(tmp_path / "p.jsonl", [prediction])
    assert read_predictions(tmp_path / "p.jsonl", [example.segment]) == [prediction]
