"""What a reader who has only the repository must find in its documents: twenty questions.

Each answer is what a document must contain; figures are computed from the data.
"""

import re
from collections import defaultdict
from statistics import fmean

import pytest

from commands import TOP
from fazhi.cli._splits import split_examples
from fazhi.corpus import ENTITY_LABELS, TOPIC_NAMES
from fazhi.eval import achieved, figures, tally
from fazhi.predictions import read_predictions

STATIC = {
    "What is annotated?": ("README.md", "entities", "facts", "section classes", "法治政府建设"),
    "Which places are the reports from?": ("DATASHEET.md", "one province, Henan", "新蔡县"),
    "How were the reports chosen?": ("DATASHEET.md", "How they were chosen is unknown"),
    "Who issued guancheng-2022?": ("DATASHEET.md", "issuer of `guancheng-2022` is unknown"),
    "How are the splits made?": ("corpus/README.md", "by year", "places that they have not seen"),
    "Who annotated, and has a person checked it?": (
        *("annotation/README.md", "Language models", "runs of one model"),
        "No person has annotated or checked the corpus",
    ),
    "What does the agreement mean?": (
        *("DATASHEET.md", "self-consistency of a model", "no figure of human agreement"),
        "do not mean that the labels are right",
    ),
    "What is in the split synthetic, and is it scored?": (
        *("corpus/README.md", "(made up; never scored)", "places that do not exist"),
        "a language model wrote",
    ),
    "What are offsets?": ("corpus/README.md", "Python code points, half-open"),
    "What licence has each layer?": (
        *("README.md", "Apache-2.0", "CC BY 4.0", "Article 5 of China's Copyright Law"),
    ),
    "Can persons be identified?": (
        *("DATASHEET.md", "xincai-2022-s034", "guangshan-2023-s056", "persons are not annotated"),
    ),
    "What must it not be used for?": ("DATASHEET.md", "rank or judge governments", "profile"),
    "What is the official score of entities?": ("eval/README.md", "micro-F1", 'mode="strict"'),
    "How is a label corrected?": ("CONTRIBUTING.md", "Open an issue", "corpus/ERRATA.md"),
    "How is a report added?": ("CONTRIBUTING.md", "fazhi corpus add", "`contributed`"),
    "How does a system get on the leaderboard?": (
        *("CONTRIBUTING.md", "fazhi submit", "fazhi leaderboard --write", "pull request"),
    ),
    "How is it cited?": ("README.md", "@misc{fazhi", "The fazhi developers", "CITATION.cff"),
}
"""Questions whose answers are no figures: the document, and what it must say."""


def text_of(name: str) -> str:
    return (TOP / name).read_text("utf-8")


@pytest.mark.parametrize("question", STATIC)
def test_a_document_answers(question):
    name, *answers = STATIC[question]
    text = text_of(name)
    assert [answer for answer in answers if answer not in text] == []


def test_a_document_answers_how_many_metrics_the_test_split_has_and_what_is_missing(gold):
    counts = {
        label: [
            sum(entity.label == label for each in examples for entity in each.gold.entities)
            for examples in (*map(split_examples, ("train", "validation", "test")), gold)
        ]
        for label in ENTITY_LABELS
    }
    for label, numbers in counts.items():
        row = " | ".join(map(str, [label, *numbers]))
        assert f"| {row} |" in text_of("DATASHEET.md")
    absent = set(TOPIC_NAMES) - {each.gold.topic for each in gold}
    (sentence,) = re.findall(r"Without any: ([^.]+)\.", text_of("DATASHEET.md"))
    assert {f"topic {each}" for each in absent} <= set(sentence.split(", "))


def test_a_document_answers_how_well_the_best_system_finds_entities():
    due = split_examples("test")
    seeds = defaultdict(list)
    for path in (TOP / "eval" / "submissions").glob("*/test.*.jsonl"):
        predictions = read_predictions(path, [each.segment for each in due])
        found = figures(tally(list(zip(due, predictions, strict=True))))
        if "entities" in found:
            seeds[path.parent.name].append(found["entities"].value)
    scores = {name: fmean(values) for name, values in seeds.items()}
    best = max(scores, key=scores.__getitem__)
    assert f"| {best} | 1 | {100 * scores[best]:.1f} " in text_of("README.md")


def test_a_document_answers_what_an_interval_on_the_test_reports_can_show():
    reports = {each.segment.report for each in split_examples("test")}
    population, same = achieved(len(reports), "segment")
    sheet = text_of("DATASHEET.md")
    assert f"segments of {len(reports)} reports held the score on all reports of the kind" in sheet
    assert f"in {population:.0%} of cases" in sheet
    assert f"of the same reports in {same:.0%}" in sheet


def test_there_are_twenty_questions():
    others = [name for name in globals() if name.startswith("test_a_document_answers_")]
    assert len(STATIC) + len(others) == 20
