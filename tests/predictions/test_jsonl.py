"""A submission in JSON Lines is read whole: every problem is named, none hides another."""

import json

import pytest

from fazhi.errors import InputError
from fazhi.predictions import (
    Dropped,
    Policy,
    Prediction,
    accept,
    check_predictions,
    read_predictions,
)
from makers import make_example

ONE, TWO, THREE = (
    make_example(text, name=f"made-2020-s00{number}").segment
    for number, text in enumerate(("县司法局受理5件。", "二是学法。", "三是守法。"), start=1)
)
SEGMENTS = [ONE, TWO, THREE]
AGENCY = {"start": 0, "end": 4, "label": "AGENCY"}
METRIC = {"start": 6, "end": 8, "label": "METRIC"}
VALUE = {"low": 5, "high": 5, "unit": "件", "approximate": False}
FACT = {"metric": {"start": 6, "end": 8}, "indicator": {"start": 4, "end": 6}, "value": VALUE}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "predictions.jsonl"


@pytest.fixture
def read(path):
    """Reads lines that are given as objects or as text."""

    def reading(*lines: object, segments=SEGMENTS, **policy):
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return check_predictions(path, segments, Policy(**policy))

    return reading


@pytest.fixture
def problems(read):
    """The problems of some lines, as pairs of line and what is wrong."""

    def found(*lines: object, **options):
        reading = read(*lines, **options)
        assert reading.predictions == ()
        assert all(each.remedy for each in reading.problems)
        return [(each.line, each.what) for each in reading.problems]

    return found


def line(segment, **tasks: object) -> dict[str, object]:
    return {"id": segment.id, **tasks}


def with_fact(**changes: object) -> dict[str, object]:
    return line(ONE, entities=[AGENCY, METRIC], facts=[FACT | changes])


class TestEveryProblem:
    def test_of_one_line_is_named(self, problems):
        bad = line(
            ONE,
            entities=[
                {"start": 0, "end": 4, "label": "ORG"},
                {"start": 0, "end": 99, "label": "AGENCY"},
                {"start": 1.5, "label": "LEGAL"},
                AGENCY,
                {"start": 3, "end": 5, "label": "AGENCY"},
            ],
            topic=7,
            colour="red",
        )
        assert [what[:52] for _, what in problems(bad, segments=[ONE])] == [
            "key 'entities.0.label': Input should be 'AGENCY', 'L",
            "key 'entities.2.start': Input should be a valid inte",
            "key 'entities.2.end': Field required",
            "key 'topic': Input should be 'leadership', 'function",
            "key 'colour': Extra inputs are not permitted",
            "the span 0:99 of 'made-2020-s001' is empty or out of",
            "the span 3:5 of 'made-2020-s001' overlaps another on",
        ]

    def test_of_several_lines_is_named_after_those_of_the_whole(self, problems):
        found = problems(line(TWO, role="work"), "{", line(TWO, entities=[]), line(ONE, role="x"))
        assert [(number, what[:39]) for number, what in found] == [
            (None, "1 of 3 segments have no line, the first"),
            (2, "invalid JSON (Expecting property name e"),
            (3, "the id 'made-2020-s002' occurs twice, f"),
            (4, "key 'role': Input should be 'title', 'h"),
        ]

    def test_is_in_the_error_up_to_twenty_and_the_rest_is_counted(self, path):
        path.write_text("[]\n" * 21 + "\n" + "{\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_predictions(path, SEGMENTS)
        # one for the three segments without a line, one for each of the 22 lines
        first, *rest = str(caught.value).splitlines()
        assert first == f"{path}: 23 problems. Mend each:"
        assert rest[1].startswith("  line 1: expected a JSON object, found list. ")
        assert (len(rest), rest[-1]) == (21, "  and 3 more")

    def test_is_found_up_to_a_thousand_where_reading_stops(self, read, path):
        reading = read(*[line(ONE, role="work")] * 5000)
        assert reading.stopped
        assert (len(reading.problems), reading.problems[-1].line) == (1000, 1001)
        with pytest.raises(InputError, match="1000 problems, where reading stopped"):
            accept(reading, path)

    def test_quotes_strings_printable_and_short(self, problems):
        ((_, missing), (_, unknown)) = problems(
            {"id": "\x1b[31m" + "长" * 1000, "role": "work"}, segments=[ONE]
        )
        assert missing.startswith("1 of 1 segments have no line")
        assert unknown == (
            "there is no segment '\\x1b[31m" + "长" * 55 + "'… in the data that is scored"
        )

    def test_a_list_of_too_many_items_is_not_gone_through(self, problems):
        found = problems(line(ONE, entities=[{}] * 5001), segments=[ONE])
        assert found == [(1, "key 'entities' lists more than 5,000 items")]


class TestTasks:
    @pytest.mark.parametrize("task", ["entities", "role", "facts", "facts_on_gold"])
    def test_are_attempted_on_every_segment_or_on_none(self, problems, task):
        given = {"role": "work"} if task == "role" else {task: []}
        others = {"topic": "general"}
        found = problems(
            line(ONE, **given, **others), line(THREE, **others), line(TWO, **given, **others)
        )
        assert found == [(2, f"{task!r} is given for 2 of 3 segments, not for {THREE.id!r}")]

    def test_that_are_attempted_in_a_malformed_way_are_attempted(self, problems):
        found = problems(line(ONE, entities=5), line(TWO, entities=[]), segments=[ONE, TWO])
        assert found == [(1, "key 'entities': Input should be a valid tuple")]

    def test_a_probability_is_a_number_from_0_to_1(self, problems):
        entities = [AGENCY | {"score": "0.5"}, METRIC | {"score": 2}]
        assert [what for _, what in problems(line(ONE, entities=entities), segments=[ONE])] == [
            "key 'entities.0.score': Input should be a valid number",
            "key 'entities.1.score': Input should be less than or equal to 1",
        ]


class TestMissingSegments:
    def test_are_listed_and_refused(self, read):
        reading = read(line(TWO, role="work"))
        assert reading.missing == (ONE.id, THREE.id)
        (problem,) = reading.problems
        assert problem.what == f"2 of 3 segments have no line, the first is {ONE.id!r}"
        assert "--allow-missing" in problem.remedy

    def test_found_nothing_where_they_may_be_missing(self, read):
        tasks = {"entities": [AGENCY, METRIC], "facts": [FACT], "facts_on_gold": [FACT]}
        reading = read(line(ONE, **tasks, role="work", topic="general"), allow_missing=True)
        assert reading.missing == (TWO.id, THREE.id)
        assert [each.id for each in reading.predictions] == [ONE.id, TWO.id, THREE.id]
        assert reading.predictions[1] == Prediction(
            id=TWO.id, entities=(), facts=(), facts_on_gold=()
        )

    def test_attempt_no_task_that_the_others_do_not(self, read):
        reading = read(line(ONE, role="work"), allow_missing=True)
        assert reading.predictions[2] == Prediction(id=THREE.id)

    def test_cannot_all_be_missing(self, problems):
        assert problems("", allow_missing=True) == [(None, "no task is attempted")]

    def test_are_not_those_whose_line_is_malformed(self, read):
        assert read(line(ONE, role="x"), allow_missing=True).missing == (TWO.id, THREE.id)


class TestFacts:
    def test_that_fit_are_read(self, read):
        (prediction,) = read(with_fact(), segments=[ONE]).predictions
        assert prediction.facts[0].value.unit == "件"

    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            (
                {"metric": {"start": 5, "end": 8}},
                "a fact of 'made-2020-s001' is of 5:8, which is no METRIC of the line",
            ),
            (
                {"metric": {"start": 0, "end": 4}},
                "a fact of 'made-2020-s001' is of 0:4, which is no METRIC of the line",
            ),
            (
                {"indicator": {"start": 4, "end": 7}},
                "the indicator 4:7 of 'made-2020-s001' overlaps its metric 6:8",
            ),
            (
                {"indicator": {"start": 4, "end": 10}},
                "the indicator 4:10 of 'made-2020-s001' is empty or out of range "
                "(the text has 9 characters)",
            ),
            (
                {"value": VALUE | {"low": 6}},
                "key 'facts.0.value': the lower bound 6.0 is above the upper bound 5.0",
            ),
            (
                {"value": VALUE | {"unit": "件\x1b[31m"}},
                "the unit '件\\x1b[31m' holds characters that cannot be printed",
            ),
            (
                {"value": VALUE | {"low": 10**400}},
                "key 'facts.0.value.low': Input should be a valid number",
            ),
        ],
    )
    def test_that_do_not_fit_are_refused(self, problems, changes, what):
        clear = {"indicator": None} if "metric" in changes else {}
        assert problems(with_fact(**clear, **changes), segments=[ONE]) == [(1, what)]

    def test_that_the_metric_ends_where_the_indicator_begins_is_no_overlap(self, read):
        fact = with_fact(indicator={"start": 8, "end": 9})
        assert read(fact, segments=[ONE]).problems == ()

    @pytest.mark.parametrize("task", ["facts", "facts_on_gold"])
    def test_are_one_for_a_metric(self, problems, task):
        twice = line(ONE, entities=[METRIC], **{task: [FACT, FACT]})
        what = "two facts of 'made-2020-s001' are of 6:8 and 6:8"
        assert problems(twice, segments=[ONE]) == [(1, what)]

    def test_of_the_gold_need_no_predicted_metric_but_a_place_in_the_text(self, read, problems):
        assert read(line(ONE, facts_on_gold=[FACT]), segments=[ONE]).problems == ()
        beyond = FACT | {"metric": {"start": 8, "end": 10}}
        ((_, what),) = problems(line(ONE, facts_on_gold=[beyond]), segments=[ONE])
        assert what.startswith("the metric 8:10 of 'made-2020-s001' is empty or out of range")

    def test_of_a_malformed_metric_are_not_blamed_too(self, problems):
        fact = line(ONE, entities=[METRIC | {"label": "metric"}], facts=[FACT])
        ((_, what),) = problems(fact, segments=[ONE])
        assert what.startswith("key 'entities.0.label'")

    def test_go_with_their_metric_where_a_rule_drops_it(self, read):
        entities = [{"start": 4, "end": 7, "label": "AGENCY"}, METRIC]
        reading = read(line(ONE, entities=entities, facts=[FACT]), segments=[ONE], overlaps="first")
        assert reading.predictions[0].facts == ()
        assert reading.resolved == (
            Dropped(1, ONE.id, 6, 8, "METRIC", "first"),
            Dropped(1, ONE.id, 6, 8, "METRIC", "fact"),
        )

    def test_stay_where_a_duplicate_of_their_metric_is_dropped(self, read):
        reading = read(
            line(ONE, entities=[METRIC, METRIC], facts=[FACT]), segments=[ONE], overlaps="first"
        )
        assert len(reading.predictions[0].facts) == 1
        assert reading.resolved == (Dropped(1, ONE.id, 6, 8, "METRIC", "first"),)
