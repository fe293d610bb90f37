"""What the guidelines show as examples is what the gold annotation does."""

import re

import pytest

from fazhi._paths import room
from fazhi.annotation import parse_marks
from fazhi.corpus import (
    ENTITIES,
    ENTITY_LABELS,
    KINDS,
    ROLE_NAMES,
    ROLES,
    TOPIC_NAMES,
    TOPICS,
    kinds_of,
)

GUIDELINES = (room("annotation") / "guidelines.md").read_text("utf-8")
POSITIVE = re.compile(r"^- ✓ (.+)（([a-z]+-\d{4}-s\d{3})）$", re.MULTILINE)
NEGATIVE = re.compile(r"^- ✗ 「(.+)」（([a-z]+-\d{4}-s\d{3})）", re.MULTILINE)
HARD = re.compile(r"^\| (.+)（([a-z]+-\d{4}-s\d{3})） \|", re.MULTILINE)


def section(key: str) -> str:
    """The text under the heading of one kind, as `### AGENCY.party`."""
    return GUIDELINES.split(f"### {key}\n")[1].split("\n#")[0]


@pytest.fixture(scope="module")
def by_id(gold):
    return {each.segment.id: each for each in gold}


KEYS = [f"{label}.{kind}" for label in ENTITY_LABELS for kind in kinds_of(label)]


@pytest.mark.parametrize("key", KEYS)
def test_positive_examples_are_annotated_so(key, by_id):
    found = POSITIVE.findall(section(key))
    total = sum(f"{e.label}.{e.kind}" == key for each in by_id.values() for e in each.gold.entities)
    assert len(found) >= min(3, total)
    for marked, name in found:
        bare, spans = parse_marks(marked)
        text = by_id[name].segment.text
        assert text.count(bare) == 1, (bare, name)
        shift = text.index(bare)
        gold = {(e.start, e.end, e.label, e.kind) for e in by_id[name].gold.entities}
        within = {span for span in gold if shift <= span[0] and span[1] <= shift + len(bare)}
        assert {(e.start + shift, e.end + shift, e.label, e.kind) for e in spans} == within
        assert key in {f"{e.label}.{e.kind}" for e in spans}


@pytest.mark.parametrize("key", KEYS)
def test_negative_examples_are_not_annotated_so(key, by_id):
    found = NEGATIVE.findall(section(key))
    assert len(found) >= 3
    for quoted, name in found:
        text = by_id[name].segment.text
        assert quoted in text, (quoted, name)
        start, end = text.index(quoted), text.index(quoted) + len(quoted)
        overlapping = {
            f"{e.label}.{e.kind}"
            for e in by_id[name].gold.entities
            if e.start < end and start < e.end
        }
        assert key not in overlapping, (quoted, name)


SECTION_POSITIVE = re.compile(r"^- ✓ 「(.+)」（([a-z]+-\d{4}-s\d{3})）$", re.MULTILINE)
SECTION_NEGATIVE = re.compile(r"^- ✗ 「(.+)」（([a-z]+-\d{4}-s\d{3})）`(\w+)`$", re.MULTILINE)
SECTIONS = [("role", name) for name in ROLE_NAMES] + [("topic", name) for name in TOPIC_NAMES]


@pytest.mark.parametrize(("task", "name"), SECTIONS)
def test_examples_of_roles_and_topics_have_the_label_that_is_said(task, name, by_id):
    positive = SECTION_POSITIVE.findall(section(name))
    negative = SECTION_NEGATIVE.findall(section(name))
    quotable = [e for e in by_id.values() if not e.segment.report.endswith("2023")]
    total = sum(getattr(each.gold, task) == name for each in quotable)
    assert len(positive) >= min(3, total)
    assert len(negative) >= 3
    for quoted, segment, label in [*((*each, name) for each in positive), *negative]:
        assert quoted in by_id[segment].segment.text, (quoted, segment)
        assert getattr(by_id[segment].gold, task) == label, (quoted, segment)
    assert name not in {label for _, _, label in negative}


def test_hard_cases_are_quoted_from_the_corpus(by_id):
    found = HARD.findall(GUIDELINES)
    assert len(found) >= 10
    for quoted, name in found:
        for piece in quoted.split("……"):
            assert piece in by_id[name].segment.text, (piece, name)


def test_no_example_comes_from_a_test_report():
    assert not re.search(r"(guangshan|xinxiang)-2023-s", GUIDELINES)


@pytest.mark.parametrize(
    "label", [each for labels in (*KINDS.values(), ROLES, TOPICS) for each in labels]
)
def test_every_label_has_a_row_with_its_chinese_name(label):
    assert f"| `{label.name}` {label.chinese} |" in GUIDELINES


@pytest.mark.parametrize("label", ENTITIES)
def test_every_entity_type_has_a_chapter(label):
    assert f" {label.name} {label.chinese}\n" in GUIDELINES


def test_no_row_is_about_a_label_that_does_not_exist():
    known = {each.name for labels in (*KINDS.values(), ROLES, TOPICS) for each in labels}
    assert set(re.findall(r"^\| `(\w+)`", GUIDELINES, re.MULTILINE)) == known
