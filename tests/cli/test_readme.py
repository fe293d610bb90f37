"""The generated parts of READMEs and datasheet."""

import pytest

from fazhi import __version__
from fazhi._paths import room
from fazhi.cli._datasheet import _rare
from fazhi.cli._draw import with_blocks
from fazhi.cli._readme import CHINESE, ENGLISH, citation_block, counts_line, first_rows
from fazhi.corpus import read_gold_card, text_hash
from fazhi.errors import InputError
from fazhi.eval import Submission, SystemCard, make_leaderboard
from fazhi.predictions import PredictedEntity, Prediction
from makers import make_example

EXAMPLES = [
    make_example(
        "县司法局受理5件。",
        ("县司法局", "AGENCY", "government"),
        ("5件", "METRIC", "count"),
        name=f"made-2020-s{number:03}",
        facts=(("5件", "受理", "5 件"),),
    )
    for number in range(6)
]


def system(name, found, **more):
    """A system that finds the METRIC of the first so many segments."""
    predictions = tuple(
        Prediction(
            id=each.segment.id,
            entities=(PredictedEntity(start=6, end=8, label="METRIC"),) if n < found else (),
        )
        for n, each in enumerate(EXAMPLES)
    )
    fields = {
        "title": "A system",
        "description": "It guesses.",
        "training_data": ("fixed",),
        "synthetic": False,
        "licence": "CC-BY-4.0",
        "date": "2026-01-31",
        "data_hash": text_hash(EXAMPLES),
    }
    return Submission(SystemCard(name=name, **{**fields, **more}), (predictions,))


def test_the_counts_are_those_of_the_examples():
    # 6 segments of 9 characters, each with two entities and a fact
    line = counts_line(ENGLISH, EXAMPLES, EXAMPLES)
    assert line.startswith("1 reports, 6 segments, 54 characters; 12 entities (AGENCY 6, LEGAL 0, ")
    assert "`synthetic` (made up; never scored), 1 reports" in line
    assert counts_line(CHINESE, EXAMPLES, EXAMPLES).startswith("1 份报告，6 个段落，54 字；12 个")


def test_the_first_two_systems_of_a_task_are_shown():
    systems = [system("best", 6), system("good", 4, synthetic=True), system("poor", 1)]
    board = make_leaderboard(systems, EXAMPLES, "1.0.0")
    rows = first_rows(ENGLISH, board).splitlines()[2:]
    # 6 of 12 entities: recall 1/2, F1 2/3; 4 of 12: recall 1/3, F1 1/2; two segments are too few
    # to tell them apart
    assert [row.split(" | ")[1:4] for row in rows] == [
        ["best", "1", "66.7"],
        ["good", "2 ≈", "50.0"],
    ]
    assert rows[1].endswith("| fixed, synthetic data |")
    assert "虚构数据" in first_rows(CHINESE, board)


def test_text_of_a_card_means_nothing_in_markdown():
    board = make_leaderboard([system("a", 6, training_data=("x|y",))], EXAMPLES, "1.0.0")
    assert r"x\|y" in first_rows(ENGLISH, board)


def test_the_citation_names_both_versions():
    gold = read_gold_card(room("annotation"))
    block = citation_block(gold)
    assert f"version = {{{__version__}}}" in block
    assert f"note = {{Gold version {gold.version}}}" in block


def test_rare_and_absent_labels_are_told_apart():
    # six segments: METRIC.count and AGENCY.government six times each, below ten
    rare, absent, tested = _rare(EXAMPLES, EXAMPLES[:2]).split(". ")
    assert "AGENCY.government (6)" in rare
    assert "LEGAL.law" in absent
    assert "AGENCY.government" not in absent
    assert "METRIC.count (2)" in tested
    assert "LEGAL.law (0)" in tested


def test_markers_that_are_missing_are_named(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("<!-- begin one -->\n<!-- end one -->\n")
    assert with_blocks(path, {"one": "1"}) == "<!-- begin one -->\n1\n<!-- end one -->\n"
    with pytest.raises(InputError, match="'two' are missing"):
        with_blocks(path, {"one": "1", "two": "2"})
