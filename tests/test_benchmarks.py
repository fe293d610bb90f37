"""The figures of the evaluation's page are those that the benchmarks have recorded."""

import json
import runpy
import sys

import pytest

from commands import TOP


@pytest.fixture(scope="module")
def script():
    """What the script that makes the figures defines."""
    return runpy.run_path(str(TOP / "benchmarks" / "readme.py"))


@pytest.fixture(scope="module")
def record():
    return json.loads((TOP / "eval" / "cost.json").read_text("utf-8"))


def test_the_page_is_what_the_records_give(script):
    path, due = script["page"]()
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
