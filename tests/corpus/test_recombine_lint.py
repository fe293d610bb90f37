"""The checks of the annotation find nothing in made-up reports but what is in their sources."""

import re

import pytest

from fazhi._paths import room
from fazhi.annotation import Reasons, lint, read_reasons
from fazhi.corpus import load_examples, recombine


@pytest.fixture(scope="module")
def train():
    return load_examples(room("corpus"), ["train"])


@pytest.fixture(scope="module")
def reasons(train):
    """What is recorded of the train split, but for single places."""
    recorded = read_reasons(room("annotation") / "reasons.toml")
    text = "\n".join(example.segment.text for example in train)
    numerals = {each: why for each, why in recorded.numerals.items() if each in text}
    return Reasons(numerals=numerals, titles=recorded.titles)


@pytest.fixture(scope="module")
def findings(train, reasons):
    """What is found in each of two hundred reports."""
    return [
        finding
        for report in recombine(train, 200, seed=3)
        for finding in lint(report.examples, reasons)
        if finding.segment
    ]


def test_of_surfaces_edges_roles_and_facts_nothing_is_found_that_is_not_in_the_sources(
    findings, train, reasons
):
    known = {(each.check, each.text) for each in lint(train, reasons)}
    found = {(each.check, each.text) for each in findings if each.check not in ("title", "numeral")}
    assert found <= known


def test_titles_that_are_no_documents_are_newspapers_and_meetings_of_other_places(
    findings, reasons
):
    endings = {title[-2:] for title in reasons.titles}
    for finding in findings:
        assert finding.check != "title" or finding.text.strip("《》")[-2:] in endings


def test_numerals_that_are_no_quantities_are_recorded_with_what_stood_around_them(
    findings, reasons
):
    """A number inside an expression may be another one: 一支470 is now 一支510."""
    expressions = {re.sub(r"\d+$", "", expression) for expression in reasons.numerals}
    for finding in findings:
        if finding.check == "numeral":
            assert any(each in finding.text for each in expressions), finding
