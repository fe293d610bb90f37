"""The shape of a report: what may stand where, and lines that are cut again as they were meant."""

from random import Random

import pytest

from fazhi.corpus import Annotation, Example, segment
from fazhi.corpus._recombine_plan import (
    Line,
    is_sound,
    renumbered,
    shuffled,
    slots_of,
    with_content,
)

TEXT = """某某县2022年法治政府建设工作报告
现将有关情况报告如下：
一、工作情况
（一）组织领导。有力有序。
（二）规范执法。一是学法考法。二是亮证执法。三是文书说理。
二、存在的问题
人手不足，经费不足。
下一步打算
继续努力，久久为功。
某某县人民政府
2023年1月5日"""
ROLES = {"title": "title", "heading": "heading", "closing": "other"}


@pytest.fixture(scope="module")
def examples():
    """The text above; what stands under the second heading is a problem, the rest work."""
    found = segment("made-2022", TEXT)
    result = []
    for each in found:
        path = each.heading_path
        role = "problem" if path and path[0].startswith("二") else "work"
        role = ROLES.get(each.kind, "preamble" if not path else role)
        topic = None if role in ("title", "other", "preamble") else "general"
        gold = Annotation(id=each.id, entities=(), role=role, topic=topic)
        result.append(Example(segment=each, gold=gold))
    return result


@pytest.fixture(scope="module")
def slots(examples):
    return slots_of(examples)


def marks(slots, kind):
    return [slot.mark for slot in slots if slot.kind == kind]


def lines(examples, *changed):
    """The lines of the report; changed ones are given as (number, text)."""
    result = []
    for slot, example in zip(slots_of(examples), examples, strict=True):
        text = example.segment.text
        if slot.begins_line:
            result.append(Line(text, slot, len(text)))
        else:
            above = result[-1]
            result[-1] = Line(above.text + text, above.slot, above.first)
    for number, text in changed:
        result[number] = Line(text, result[number].slot, len(text))
    return result


class TestSlots:
    def test_the_numbers_of_items_and_headings_belong_to_the_place(self, slots):
        assert marks(slots, "item") == ["一是", "二是", "三是"]
        assert marks(slots, "heading") == ["一、", "（一）", "（二）", "二、", ""]

    def test_so_do_the_stops(self, slots):
        assert [slot.end for slot in slots if slot.kind == "heading"] == ["", "。", "。", "", ""]

    def test_a_line_is_begun_by_its_first_segment_alone(self, slots):
        assert [slot.begins_line for slot in slots].count(False) == 4

    def test_a_heading_above_problems_does_not_stand_for_one_above_work(self, slots):
        sorts = {slot.mark: slot.sort for slot in slots if slot.kind == "heading"}
        assert sorts["一、"] != sorts["二、"]
        assert sorts["（一）"] == sorts["（二）"]

    def test_the_signature_stands_for_no_other(self, slots):
        assert len({slot.sort for slot in slots if slot.kind == "closing"}) == 2


class TestOrder:
    def test_items_change_places_and_keep_the_numbers_in_order(self, slots):
        sorted_slots = [
            slot if slot.kind != "item" else type(slot)(
                slot.kind, slot.mark, slot.begins_line, slot.mark, slot.end, slot.level
            )
            for slot in slots
        ]  # fmt: skip
        made = [shuffled(sorted_slots, Random(seed).random) for seed in range(20)]
        assert all(marks(each, "item") == ["一是", "二是", "三是"] for each in made)
        orders = {tuple(slot.sort for slot in each if slot.kind == "item") for each in made}
        assert len(orders) > 3
        assert {frozenset(order) for order in orders} == {frozenset(["一是", "二是", "三是"])}

    def test_nothing_else_moves(self, slots):
        made = shuffled(slots, Random(0).random)
        for before, after in zip(slots, made, strict=True):
            assert before == after or before.kind == "item"


class TestGaps:
    def test_items_left_are_counted_from_one(self, slots):
        stays = [slot.mark != "一是" for slot in slots]
        assert marks(renumbered(slots, stays), "item") == ["一是", "二是"]

    def test_headings_left_are_counted_among_those_beside_them(self, slots):
        stays = [slot.mark != "（一）" for slot in slots]
        assert marks(renumbered(slots, stays), "heading") == ["一、", "（一）", "二、", ""]

    def test_a_heading_without_a_number_takes_none(self, slots):
        """二、 is gone: what follows it, 下一步打算, does not become one of the numbered."""
        stays = [slot.mark != "二、" for slot in slots]
        assert marks(renumbered(slots, stays), "heading") == ["一、", "（一）", "（二）", ""]
        stays = [slot.mark != "一、" for slot in slots]
        assert marks(renumbered(slots, stays), "heading") == ["（一）", "（二）", "一、", ""]

    def test_a_heading_goes_with_all_that_stands_under_it(self, slots):
        filled = [slot.kind != "item" for slot in slots]
        stays = with_content(slots, filled)
        left = [slot.mark for slot, stay in zip(slots, stays, strict=True) if stay and slot.mark]
        assert "（二）" not in left
        assert "（一）" in left

    def test_a_heading_stays_above_another_that_has_something_under_it(self, slots):
        assert all(with_content(slots, [True] * len(slots))[:4])

    def test_a_signature_is_nothing_under_a_heading(self, slots):
        filled = [slot.kind != "paragraph" for slot in slots]
        stays = with_content(slots, filled)
        assert not stays[[slot.mark for slot in slots].index("", 3)]


class TestLines:
    def test_the_lines_of_a_report_are_sound(self, examples):
        assert is_sound(lines(examples))

    @pytest.mark.parametrize(
        ("number", "text"),
        [
            (0, "某某县2022年法治政府建设工作概览"),  # no title ends like that
            (2, "一、工作情况，"),  # goes on in the next line
            (2, "一、" + "工作情况" * 20),  # too long for a heading
            (6, "人手不足，经费不足"),  # a paragraph ends with a stop
            (7, "下一步打算，抓紧抓实"),  # a comma makes it a sentence
            (8, "继续努力"),  # would be a heading
            (9, "某某县人民政府。"),  # no signature
        ],
    )
    def test_a_line_that_would_be_cut_otherwise_is_not(self, examples, number, text):
        assert not is_sound(lines(examples, (number, text)))

    def test_lines_that_look_wrapped_are_not(self):
        """Eight unfinished lines of one length would be taken for a wrapped text."""
        heads = [f"{number}、{'法治' * 6}" for number in "一二三四五六七八九"]
        text = "\n".join(["某某县报告", *(f"{head}\n已经做好。" for head in heads)])
        examples = [
            Example(
                segment=each,
                gold=Annotation(
                    id=each.id,
                    entities=(),
                    role={"title": "title", "heading": "heading"}.get(each.kind, "work"),
                    topic=None if each.kind == "title" else "general",
                ),
            )
            for each in segment("made-2022", text)
        ]
        assert not is_sound(lines(examples))
        assert is_sound(lines(examples[:-6]))
