"""Made-up reports: exact labels, the same for the same seed, and nothing that is scored in them."""

import hashlib
import os
import re
import subprocess
import sys
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi._paths import room
from fazhi.corpus import (
    RecombinedReport,
    check_annotation,
    load_examples,
    load_lenders,
    normalise,
    recombine,
    segment,
    value_of,
)
from fazhi.corpus._recombine_make import Maker
from fazhi.corpus._recombine_places import STEMS
from fazhi.corpus._recombine_stock import Stock
from fazhi.errors import MismatchError
from makers import make_example

NUMBERS = st.integers(1, 10**9)


@pytest.fixture(scope="module")
def lenders():
    """All that reports are made from."""
    return [each for found in load_lenders(room("corpus")).values() for each in found]


@pytest.fixture(scope="module")
def reports(lenders):
    """A few hundred reports."""
    return list(recombine(lenders, 200, seed=1))


@pytest.fixture(scope="module")
def examples(reports):
    return [example for report in reports for example in report.examples]


@pytest.fixture(scope="module")
def make(lenders):
    """Makes the report of a number, with the layout of a page."""
    maker = Maker(lenders, seed=0)
    return lambda number: RecombinedReport.model_validate(maker.make(number, raw=True))


class TestLabels:
    @settings(deadline=None)
    @given(NUMBERS)
    def test_every_span_holds_the_text_that_it_says(self, make, number):
        report = make(number)
        for example in report.examples:
            found = example.segment
            assert report.text[found.start : found.end] == found.text
            assert check_annotation(example.gold, {found.id: found}) is None

    @settings(deadline=None)
    @given(NUMBERS)
    def test_the_text_is_normal_and_cut_into_the_same_segments(self, make, number):
        report = make(number)
        assert normalise(report.text).text == report.text
        assert segment(report.id, report.text) == [each.segment for each in report.examples]

    def test_every_value_is_the_one_that_its_surface_has(self, lenders, examples):
        kept = {
            fact.metric.text
            for example in lenders
            for fact in example.gold.facts
            if value_of(fact.metric.text) != fact.value
        }
        facts = [fact for example in examples for fact in example.gold.facts]
        assert facts
        for fact in facts:
            assert value_of(fact.metric.text) == fact.value or fact.metric.text in kept

    def test_each_segment_has_a_role_and_topic_that_a_source_has_with_its_kind(
        self, lenders, examples
    ):
        known = {(e.segment.kind, e.gold.role, e.gold.topic) for e in lenders}
        assert {(e.segment.kind, e.gold.role, e.gold.topic) for e in examples} <= known

    def test_a_name_that_a_source_has_is_of_the_kind_that_it_has_there(self, lenders, examples):
        kinds = {}
        for example in lenders:
            for entity in example.gold.entities:
                kinds.setdefault((entity.label, entity.text), set()).add(entity.kind)
        for example in examples:
            for entity in example.gold.entities:
                assert entity.kind in kinds.get((entity.label, entity.text), {entity.kind})

    def test_organs_titles_and_quantities_are_replaced(self, lenders, examples):
        """Most surfaces of quantities are new, and some of the others."""
        known = {entity.text for example in lenders for entity in example.gold.entities}
        found = {"AGENCY": set(), "LEGAL": set(), "METRIC": set()}
        for example in examples:
            for entity in example.gold.entities:
                found[entity.label].add(entity.text)
        assert all(texts - known for texts in found.values())
        assert len(found["METRIC"] - known) > len(found["METRIC"] & known)


class TestText:
    def test_items_and_headings_count_from_one_without_a_gap(self, examples):
        numbers = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
        last = 0
        for example in examples:
            match = re.match("([一二三四五六七八九])是", example.segment.text)
            if example.segment.kind == "item" and match:
                assert numbers[match[1]] in (1, last + 1)
                last = numbers[match[1]]
            else:
                last = 0
        counted = 0
        for example in examples:
            match = re.match("([一二三四五六七八九])、", example.segment.text)
            if example.segment.kind == "title":
                counted = 0
            if example.segment.kind == "heading" and match:
                assert numbers[match[1]] == counted + 1
                counted += 1

    def test_no_heading_stands_above_nothing(self, reports):
        for report in reports:
            kinds = [each.segment.kind for each in report.examples]
            assert kinds[-1] != "heading"
            assert ("heading", "closing") not in pairwise(kinds)

    def test_no_segment_occurs_twice_in_a_report(self, reports):
        for report in reports:
            texts = [e.segment.text for e in report.examples if len(e.segment.text) > 40]
            assert len(set(texts)) == len(texts)

    @pytest.mark.parametrize("name", ["新蔡", "濮阳", "驻马店", "河南"])
    def test_no_place_of_a_real_report_is_named(self, reports, name):
        assert not any(name in report.text for report in reports)

    def test_a_word_that_looks_like_a_place_stays(self, lenders, examples):
        """文明 is part of 规范公正文明执法, and of an office for 文明乡风."""
        saying = re.compile("公正(..)执法")
        assert any(saying.search(each.segment.text) for each in lenders)
        said = {word for each in examples for word in saying.findall(each.segment.text)}
        assert said == {"文明"}

    def test_an_invented_place_is_none_of_those_in_the_sources(self, lenders):
        text = "\n".join(each.segment.text for each in lenders)
        assert not [stem for stem in Stock(lenders).stems if f"{stem}县" in text]

    @pytest.mark.parametrize("name", ["李勇", "李县长", "鲍书记"])
    def test_no_person_of_a_real_report_is_named(self, reports, name):
        assert not any(name in report.text for report in reports)

    def test_a_report_speaks_of_one_county(self):
        """Title, text and signature agree, though its segments are from reports of two."""
        counties = re.compile(f"(?:{'|'.join(STEMS)})县")
        for report in recombine(load_examples(room("corpus"), ["train"]), 30, 0):
            found = set(counties.findall(report.text))
            assert len(found) == 1
            assert found.pop() in report.examples[0].segment.text

    def test_marks_are_now_and_then_half_as_wide(self, reports):
        assert any("," in report.text and "，" not in report.text for report in reports)
        assert any("，" in report.text and "（" not in report.text for report in reports)


class TestSeed:
    def test_the_same_seed_gives_the_same_reports_and_another_one_others(self, lenders):
        same = [list(recombine(lenders, 5, seed)) for seed in (7, 7, 8)]
        assert same[0] == same[1]
        assert not any(
            left.text == right.text for left, right in zip(same[0], same[2], strict=True)
        )

    def test_more_reports_begin_with_the_same_ones(self, lenders):
        assert list(recombine(lenders, 8, 3))[:4] == list(recombine(lenders, 4, 3))

    def test_the_bytes_are_the_same_in_every_process(self, lenders):
        """Whatever order Python gives to sets of strings in a process."""
        code = (
            "import hashlib\nfrom fazhi._paths import room\n"
            "from fazhi.corpus import load_lenders, recombine\n"
            "lent = load_lenders(room('corpus')).values()\n"
            "made = recombine([e for found in lent for e in found], 20, 5)\n"
            "text = ''.join(report.model_dump_json() for report in made)\n"
            "print(hashlib.sha256(text.encode()).hexdigest())"
        )
        found = {
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True, text=True, check=True,
            ).stdout.strip()
            for seed in ("0", "1")
        }  # fmt: skip
        here = "".join(report.model_dump_json() for report in recombine(lenders, 20, 5))
        assert found == {hashlib.sha256(here.encode()).hexdigest()}

    def test_any_number_of_reports_begins_at_once(self, lenders):
        reports = recombine(lenders, 10**12, 0)
        assert [each.id for each in islice(reports, 2)] == ["synthetic-000001", "synthetic-000002"]


class TestLayout:
    @settings(deadline=None)
    @given(NUMBERS)
    def test_normalising_the_page_gives_the_text_back(self, make, number):
        report = make(number)
        found = normalise(report.raw)
        assert found.text == report.text
        for example in report.examples:
            start, end = found.offsets.to_raw(example.segment.start, example.segment.end)
            assert report.raw[start:end] == example.segment.text

    def test_the_layout_changes_nothing_else(self, lenders):
        plain, page = (next(recombine(lenders, 1, 2, raw=raw)) for raw in (False, True))
        assert plain.raw is None
        assert page.model_copy(update={"raw": None}) == plain


def passages(texts, length=20):
    """Every stretch of so many characters, without punctuation."""
    plain = [re.sub(r"\W", "", text) for text in texts]
    return {text[at : at + length] for text in plain for at in range(len(text) - length + 1)}


class TestScored:
    """Nothing that is scored is in what is made."""

    def test_no_passage_of_the_validation_or_test_split_is_taken(self, lenders, reports):
        scored = passages(
            each.segment.text for each in load_examples(room("corpus"), ["validation", "test"])
        )
        made = passages(report.text for report in reports)
        # fixed phrases and titles of documents stand in the sources, too
        assert scored & made <= passages(each.segment.text for each in lenders)
        assert scored & made


class TestRefusal:
    def test_no_examples_make_no_report(self):
        with pytest.raises(MismatchError, match="no report can be made"):
            next(recombine([], 1, 0))

    def test_examples_that_cannot_be_cut_alike_make_no_report(self):
        """A paragraph that breaks off would be joined to the next one."""
        halves = [
            make_example("前半句，", name="made-2020-s001"),
            make_example("后半句。", name="made-2020-s002"),
        ]
        with pytest.raises(MismatchError, match="Give whole annotated reports"):
            next(recombine(halves, 1, 0))
