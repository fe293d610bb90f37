"""All checks of made-up reports together; the committed ones give nothing to find."""

from dataclasses import replace

import pytest

from fazhi._paths import room
from fazhi.annotation import Allowed, Reasons, lint_made_up, read_allowed, read_reasons
from fazhi.corpus import SYNTHETIC, AnnotatedReport, Example
from fazhi.errors import InputError
from makers import make_example, make_report

FOLDER = room("corpus") / SYNTHETIC


@pytest.fixture(scope="module")
def reasons():
    return read_reasons(FOLDER / "reasons.toml")


@pytest.fixture(scope="module")
def allowed():
    return read_allowed(FOLDER / "allowed.toml")


def checks(made_up, real=(), places=(), reasons=None, allowed=None) -> list[str]:
    found = lint_made_up(made_up, real, reasons or Reasons(), allowed or Allowed(), places)
    return [each.check for each in found]


def annotated(text: str, name: str = "made-2020", **source: str) -> AnnotatedReport:
    """A made-up report without entities."""
    report = make_report(text, name, **source)
    examples = [
        Example(segment=each, gold=make_example(each.text, name=each.id).gold)
        for each in report.segments
    ]
    return AnnotatedReport(report, tuple(examples), ())


TEXT = "县司法局在乡村广场上给往来的人们讲解新近通过的法律。"


def test_each_check_is_made():
    """Five reports, each with one thing wrong."""
    assert checks([annotated(TEXT)]) == []
    assert checks([annotated("县里办案5件。")]) == ["numeral"]
    assert checks([annotated(TEXT)], real=[make_report(TEXT, "real-2020")]) == ["window"]
    assert checks([annotated(TEXT), annotated(TEXT, "twin-2020")]) == ["alike"]
    assert checks([annotated(f"新蔡县{TEXT}")], places=["新蔡县"]) == ["place"]


def test_the_committed_reports_are_clean(made_up, reports, reasons, allowed):
    places = ["新蔡县", "海陵区"]
    found = lint_made_up(made_up, list(reports.values()), reasons, allowed, places)
    assert found == []


def test_a_sentence_of_a_real_report_in_a_committed_one_is_found(made_up, reports, allowed):
    sentence = reports["xincai-2022"].segments[5].text
    first = made_up[0]
    report = make_report(f"{first.report.text}\n{sentence}", first.report.source.id)
    spoilt = replace(first, report=report, examples=())
    found = lint_made_up([spoilt], list(reports.values()), Reasons(), allowed, [])
    assert "window" in {each.check for each in found if each.segment}


def test_a_lost_label_in_a_committed_report_is_found(made_up, reports, reasons, allowed):
    first, *rest = made_up
    number, example = next((n, e) for n, e in enumerate(first.examples) if e.gold.metrics)
    bare = example.gold.model_copy(update={"entities": (), "facts": ()})
    spoilt = example.model_copy(update={"gold": bare})
    examples = (*first.examples[:number], spoilt, *first.examples[number + 1 :])
    changed = [replace(first, examples=examples), *rest]
    found = lint_made_up(changed, list(reports.values()), reasons, allowed, ["海陵区"])
    assert {each.segment for each in found if each.check == "numeral"} == {example.segment.id}


def test_an_unknown_table_of_allowed_is_refused(tmp_path):
    path = tmp_path / "allowed.toml"
    path.write_text('[words]\n"法" = "x"\n', "utf-8")
    with pytest.raises(InputError, match="words"):
        read_allowed(path)
