"""The figures of the pages are those that the benchmarks have recorded."""

import json
import runpy
import sys

import pytest

from commands import TOP
from fazhi._paths import room
from fazhi.baselines import find_recipe, fit_model, load_model, save_model
from fazhi.cli._splits import split_examples


@pytest.fixture(scope="module")
def script():
    """What the script that makes the figures defines."""
    return runpy.run_path(str(TOP / "benchmarks" / "readme.py"))


@pytest.fixture(scope="module")
def record():
    return json.loads((TOP / "eval" / "cost.json").read_text("utf-8"))


def test_the_pages_are_what_the_records_give(script):
    for path, due in script["pages"]().items():
        assert path.read_text("utf-8") == due, "Run: python benchmarks/readme.py"


def test_the_recorded_scores_of_the_peers_are_ours(record):
    assert {row["peer"] for row in record["compare"]["peers"]} >= {
        "seqeval, strict IOB2",
        "nervaluate, strict",
    }
    assert all(row["same"] for row in record["compare"]["peers"])


def test_the_recorded_costs_are_within_what_is_promised(record):
    strict = record["compare"]["peers"][0]
    assert strict["from_tags"] >= 30
    assert strict["from_spans"] >= 1_000
    assert record["resamples"]["ratio"] >= 10_000
    assert all(row["more"] <= 12 for row in record["growth"] if row["more"])
    assert record["growth"][-1]["sequences"] == 2_000_000
    # a result that is kept would grow with the data; what is there at the peak does not
    assert record["growth"][-1]["megabytes"] < 100
    assert record["start"]["eval"] <= 1.5 * record["start"]["numpy"] + 0.5


def test_the_benchmark_compares_equal_things():
    """The peers give our score on the data that they are timed on."""
    sys.path.insert(0, str(TOP / "benchmarks"))
    try:
        scoring = runpy.run_path(str(TOP / "benchmarks" / "scoring.py"))
    finally:
        sys.path.remove(str(TOP / "benchmarks"))
    gold, predicted = scoring["made_up"](200)
    ours = scoring["micro"](
        *(scoring["spans_of_tags"](side, scoring["LABELS"]) for side in (gold, predicted)), 200
    )
    assert 0.8 < ours < 1
    for work in scoring["peers"](gold, predicted).values():
        assert work() == pytest.approx(ours, abs=1e-12)


class TestSynthesis:
    @pytest.fixture(scope="class")
    @classmethod
    def synthesis(cls):
        """What the script that times made-up reports defines."""
        return runpy.run_path(str(TOP / "benchmarks" / "synthesize.py"))

    def test_a_run_costs_time_and_memory(self, synthesis):
        found = synthesis["cost"](2)
        assert found.seconds > 0
        # no Python with pydantic is smaller, and a unit mistaken would be a factor of 1,024
        assert 20 < found.megabytes < 2_000

    def test_a_run_is_compared_with_the_smaller_one(self, synthesis):
        small, large = (
            synthesis["Cost"](reports, seconds, 100.0)
            for reports, seconds in ((1_000, 2.5), (10_000, 20.0))
        )
        assert synthesis["described"](large, small).endswith(
            "10 times as many take 8.0 times as long"
        )
        assert synthesis["described"](small, None).split() == (
            ["1000", "reports:", "2.5", "s,", "400/s,", "100", "MB", "at", "the", "most"]
        )


class TestInference:
    @pytest.fixture(scope="class")
    @classmethod
    def inference(cls):
        """What the script that times predicting defines."""
        return runpy.run_path(str(TOP / "benchmarks" / "inference.py"))

    @pytest.fixture(scope="class")
    @classmethod
    def rows(cls):
        """The recorded rows by system."""
        record = json.loads((TOP / "benchmarks" / "inference.json").read_text("utf-8"))
        return {row["system"]: row for row in record["rows"]}

    def test_what_is_exported_by_default_is_faster_and_finds_as_much(self, rows):
        as_trained, default = rows["PyTorch fp32"], rows["ONNX int8"]
        assert default["ratio"] >= 2
        assert as_trained["f1"] - default["f1"] <= 0.005
        assert default["same"] >= 0.95
        assert rows["ONNX fp32"]["same"] >= 0.999

    def test_texts_are_repeated_under_other_ids_until_there_are_enough(self, inference):
        segments = list(inference["repeated"](200_000))
        assert 200_000 <= sum(len(each.text) for each in segments) < 201_000
        assert len({each.id for each in segments}) == len(segments)

    def test_all_systems_are_timed_and_compared(self, inference, tmp_path):
        recipe = find_recipe("rules", room("baselines"))
        save_model(fit_model("rules", [], {}, 0), recipe, {}, split_examples("train"), tmp_path)
        rules = load_model(tmp_path)
        systems = dict.fromkeys(("PyTorch fp32", "other"), rules)
        rows = inference["measure"](dict.fromkeys(systems, tmp_path), systems, 1_000)
        assert [row.system for row in rows] == list(systems)
        for row in rows:
            assert row.rate > 0
            assert row.same == 1
            assert 0.5 < row.f1 <= 1
            assert row.megabytes > 0
        assert rows[0].ratio == 1
