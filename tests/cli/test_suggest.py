"""Pre-annotations are what the baselines predict, and nothing that an annotator may not say."""

import pytest

from fazhi._paths import room
from fazhi.cli._suggest import best_baselines, suggest
from fazhi.predictions import read_predictions


@pytest.fixture(scope="module")
def segments(gold):
    return [each.segment for each in gold if each.segment.report == "xinxiang-2023"]


@pytest.fixture(scope="module")
def suggestions(segments):
    return suggest(["crf", "tfidf-svm"], segments)


def choices(suggestion) -> dict[str, str]:
    return {
        each["from_name"]: each["value"]["choices"][0]
        for each in suggestion.result
        if each["type"] == "choices"
    }


def test_the_score_is_that_of_the_least_certain_entity(suggestions, gold):
    path = room("baselines") / "results" / "crf" / "fixed.jsonl"
    tested = [each.segment for each in gold if each.segment.report.endswith("2023")]
    published = {each.id: each.entities for each in read_predictions(path, tested)}
    ids = [each.segment.id for each in gold if each.segment.report == "xinxiang-2023"]
    for name, suggestion in zip(ids, suggestions, strict=True):
        scores = [each.score for each in published[name]]
        assert suggestion.score == (pytest.approx(min(scores), abs=0.02) if scores else None)


def test_a_topic_is_suggested_only_where_the_role_has_one(suggestions):
    roles = [choices(each)["role"] for each in suggestions]
    assert {"title", "heading", "work"} <= set(roles)
    for role, each in zip(roles, suggestions, strict=True):
        assert ("topic" in choices(each)) == (role in {"heading", "work", "problem", "plan"})


def test_the_best_are_one_for_entities_and_one_for_sections():
    # by the published leave-one-report-out figures: crf before rules, tfidf-svm before majority
    assert best_baselines(room("baselines")) == ["crf", "tfidf-svm"]
