"""What the guidelines show as examples is what the gold annotation does."""

import re

import pytest

from fazhi._paths import room
from fazhi.annotation import guidelines_version
from fazhi.corpus import (
    ENTITIES,
    ENTITY_LABELS,
    KINDS,
    ROLE_NAMES,
    ROLES,
    TOPIC_NAMES,
    TOPICS,
    kinds_of,
    layer_folders,
    parse_marks,
    parse_value,
    read_layer_card,
    render_blocks,
    value_of,
)
from fazhi.errors import InputError

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


FACT_RULE = re.compile(r"^\| (F\d+) (.*?) \| (.+) \|$", re.MULTILINE)
INDICATOR = re.compile(r"^\| (.+)（([a-z]+-\d{4}-s\d{3})） \| 指标名取“([^”]+)”", re.MULTILINE)
NO_INDICATOR = re.compile(r"^\| (.+)（([a-z]+-\d{4}-s\d{3})） \| 没有指标名", re.MULTILINE)
NOT_INDICATORS = {
    "全县、我区、本地区",  # scope words that are left out
    "共、已、累计、正在、顺利",  # adverbials that are left out
    "分为",
    "创建专班",
    "成对的引号、括号除外",
    "帮助239人取得河南省职业技能证书；“有”字句同",  # quoted in chapter 8
    "召开4次…考试会取考试会一语",
    "分两批…进行…培训",
    "“90%以上的村居法律顾问”取后面的名词",
}


@pytest.fixture(scope="module")
def quotable(gold):
    return [each for each in gold if not each.segment.report.endswith("2023")]


@pytest.fixture(scope="module")
def indicators(quotable):
    facts = [fact for each in quotable for fact in each.gold.facts]
    return {fact.indicator.text for fact in facts if fact.indicator}


def facts_within(example, quoted):
    """The facts whose METRIC stands in a quoted piece of the text."""
    start = example.segment.text.index(quoted)
    end = start + len(quoted)
    found = [f for f in example.gold.facts if start <= f.metric.start and f.metric.end <= end]
    assert found, quoted
    return found


class TestFacts:
    def test_the_fact_line_that_is_shown_is_one_of_gold(self, quotable):
        (shown,) = re.findall(r"^= .+$", GUIDELINES, re.MULTILINE)
        assert f"\n{shown}\n" in render_blocks(quotable)

    def test_hard_cases_with_an_indicator_have_it(self, by_id):
        found = INDICATOR.findall(GUIDELINES)
        assert len(found) >= 3
        for quoted, name, indicator in found:
            assert {f.indicator.text for f in facts_within(by_id[name], quoted)} == {indicator}

    def test_hard_cases_without_an_indicator_have_none(self, by_id):
        found = NO_INDICATOR.findall(GUIDELINES)
        assert found
        for quoted, name in found:
            assert {f.indicator for f in facts_within(by_id[name], quoted)} == {None}

    def test_examples_of_the_rules_are_indicators_of_gold(self, indicators):
        pieces = {
            piece
            for _, _, text in FACT_RULE.findall(GUIDELINES)
            for piece in re.findall(r"（([^（）]+)）", text)
        }
        assert pieces >= NOT_INDICATORS
        shown = [each for each in pieces - NOT_INDICATORS if "取" not in each]
        assert len(shown) >= 12
        for piece in shown:
            assert {piece} <= indicators or set(piece.split("、")) <= indicators, piece

    def test_what_is_taken_out_of_a_quotation_is_what_gold_takes(self, quotable):
        taken = [
            match
            for _, _, text in FACT_RULE.findall(GUIDELINES)
            for match in re.findall(r"[（；]([^（）；]+)取([^（）；]+)）", text)
            if match[1] in match[0]
        ]
        assert len(taken) >= 4
        for quoted, indicator in taken:
            assert any(
                quoted in each.segment.text and indicator in {f.indicator.text for f in named(each)}
                for each in quotable
            ), (quoted, indicator)

    def test_names_used_as_measure_words_have_no_indicator(self, quotable):
        ((_, heading, _),) = [row for row in FACT_RULE.findall(GUIDELINES) if row[0] == "F8"]
        metrics = re.findall(r"（(.+)）", heading)[0].split("、")
        facts = {f.metric.text: f.indicator for each in quotable for f in each.gold.facts}
        assert [facts[metric] for metric in metrics] == [None, None]

    def test_values_that_are_shown_are_computed_so(self):
        rows = re.findall(r"^\| V[1256] .+$", GUIDELINES, re.MULTILINE)
        shown = [
            (surface, notation)
            for row in rows
            for surfaces, notation in re.findall(r"([^\s`，；：。]+) `([^`]+)`", row)
            for surface in surfaces.split("、")
            if surface not in ("|", "百分数的单位是", "百分点的单位是", "千分数")
        ]
        assert len(shown) >= 8
        for surface, notation in shown:
            assert value_of(surface) == parse_value(notation), surface


def named(example):
    return [fact for fact in example.gold.facts if fact.indicator]


class TestVersion:
    PATH = room("annotation") / "guidelines.md"

    def test_gold_follows_this_version_and_no_layer_a_later_one(self):
        folders = layer_folders(room("annotation"))
        versions = {name: read_layer_card(folder).guidelines for name, folder in folders.items()}
        current = guidelines_version(self.PATH)
        assert versions["gold"] == current
        assert all(as_numbers(each) <= as_numbers(current) for each in versions.values())

    @pytest.mark.parametrize(
        ("text", "version"),
        [("> 版本 1.0。\n", "1.0"), ("# x\n\n> a\n> 版本 12.10。修改\n> 版本 2.0。", "12.10")],
    )
    def test_it_is_the_first_that_is_stated(self, tmp_path, text, version):
        path = tmp_path / "guidelines.md"
        path.write_text(text, encoding="utf-8")
        assert guidelines_version(path) == version

    @pytest.mark.parametrize("text", ["版本 1.0。", "> 版本 1。", "> 版本 1.0", "见 > 版本 1.0。"])
    def test_without_one_the_file_is_refused(self, tmp_path, text):
        path = tmp_path / "guidelines.md"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"guidelines\.md: no version is stated"):
            guidelines_version(path)


def as_numbers(version):
    return [int(part) for part in version.split(".")]


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
