"""Segments tile a report and carry the headings above them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus import normalise, segment


def shapes(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in segment("made-2020", text)]


class TestKinds:
    def test_a_heading_with_running_text_after_it_is_cut_off(self):
        assert shapes("（一）抓好设计。一是印发方案。二是学法。") == [
            ("heading", "（一）抓好设计。"),
            ("item", "一是印发方案。"),
            ("item", "二是学法。"),
        ]

    def test_a_numbered_heading_may_have_no_text(self):
        assert shapes("一、工作情况\n1.学习。扎实推进。")[:2] == [
            ("heading", "一、工作情况"),
            ("heading", "1.学习。"),
        ]

    def test_a_number_before_a_long_sentence_makes_an_item_and_no_heading(self):
        text = "1.全县" + "各单位认真落实" * 10 + "。"
        assert shapes(text) == [("item", text)]

    def test_a_heading_that_runs_into_an_enumeration_is_none(self):
        assert shapes("（一）加强领导，一是成立小组；二是落实责任。") == [
            ("paragraph", "（一）加强领导，"),
            ("item", "一是成立小组；"),
            ("item", "二是落实责任。"),
        ]

    def test_an_item_on_a_line_of_its_own(self):
        assert shapes("一是学法。\n二是普法。\n三是守法。") == [
            ("item", "一是学法。"),
            ("item", "二是普法。"),
            ("item", "三是守法。"),
        ]

    def test_an_enumeration_that_goes_on_from_an_earlier_block(self):
        assert [kind for kind, _ in shapes("五是学法。六是普法。")] == ["item", "item"]

    @pytest.mark.parametrize(
        "text",
        [
            "包括：①立法；②执法。",
            "包括：第一，立法。第二，执法。",
            "包括：1）立法；2）执法。",
            "包括：一要立法，二要执法。",
            "包括：一、立法；二、执法。",
        ],
    )
    def test_other_marks_of_enumerations(self, text):
        assert [kind for kind, _ in shapes(text)] == ["paragraph", "item", "item"]

    @pytest.mark.parametrize(
        "line", ["（试行）", "2022", "继续宣传、", "发放资料……", "受理100件，"]
    )
    def test_a_short_line_that_is_no_heading(self, line):
        assert ("heading", line) not in shapes(f"前文。\n{line}\n后文。")

    def test_a_short_line_under_a_numbered_heading_is_no_heading(self):
        text = "1.完善制度建设\n出台制度3项\n2.加强队伍建设\n落实。"
        assert [kind for kind, _ in shapes(text)] == ["heading", "paragraph"] * 2

    def test_a_short_line_under_the_title_is_no_heading(self):
        kinds = [
            kind for kind, _ in shapes("某县2022年法治政府建设报告\n（征求意见稿）\n我县落实。")
        ]
        assert kinds == ["title", "paragraph", "paragraph"]


class TestTitles:
    @pytest.mark.parametrize(
        "title",
        [
            "某县2022年法治政府建设情况报告",
            "某镇2022年工作总结及2023年工作计划",
            "某局依法行政工作汇报",
        ],
    )
    def test_words_that_end_a_title(self, title):
        assert shapes(f"{title}\n2022年，我们落实。")[0] == ("title", title)

    def test_a_sentence_that_announces_the_report_is_no_title(self):
        assert shapes("现将法治政府建设情况\n报告如下：")[0][0] == "paragraph"

    def test_a_title_under_the_head_of_an_official_letter(self):
        text = "某县人民政府文件\n某政〔2023〕5号\n某县法治政府建设情况报告\n我县落实。"
        assert [kind for kind, _ in shapes(text)] == [
            "paragraph",
            "paragraph",
            "title",
            "paragraph",
        ]


class TestClosings:
    @pytest.mark.parametrize(
        "date",
        [
            "2023年3月1日",
            "二〇二三年三月一日",
            "二O二三年一月十日",
            "２０２３年３月１日",
            "2023年3月",
        ],
    )
    def test_a_date_closes_a_report(self, date):
        assert shapes(f"我局落实。\n某县司法局\n{date}")[1:] == [
            ("closing", "某县司法局"),
            ("closing", date),
        ]

    def test_a_seal_may_be_named(self):
        assert shapes("落实。\n某县司法局（公章）\n2023年3月1日")[1][0] == "closing"

    def test_text_above_the_signature_is_not_part_of_the_closing(self):
        kinds = [kind for kind, _ in shapes("落实。\n我局工作良好\n某县司法局\n2023年3月1日")]
        assert kinds == ["paragraph", "paragraph", "closing", "closing"]

    def test_a_heading_without_its_number(self, reports):
        kinds = {each.text: each.kind for each in reports["xincai-2022"].segments}
        assert kinds["下一步工作打算"] == "heading"

    def test_the_text_before_the_first_item_is_a_paragraph(self):
        assert shapes("主要表现：1、不均衡；2、不到位；")[0] == ("paragraph", "主要表现：")

    def test_items_numbered_in_brackets(self):
        assert [kind for kind, _ in shapes("包括：（一）立法；（二）执法；（三）司法。")] == [
            "paragraph",
            "item",
            "item",
            "item",
        ]

    def test_a_single_mark_is_no_enumeration(self):
        assert shapes("重要的一点，一是要学法。") == [("paragraph", "重要的一点，一是要学法。")]

    def test_a_mark_in_mid_sentence_starts_no_item(self):
        text = "这既统一是非标准。又第二是非不清。"
        assert shapes(text) == [("paragraph", text)]

    def test_two_items_may_bear_the_same_number(self):
        # as in guangshan-2023: 三是 … 。三是 … 。
        assert len(shapes("一是甲。二是乙。三是丙。三是丁。四是戊。")) == 5

    def test_an_enumeration_may_start_again(self):
        assert len(shapes("一是甲。二是乙。一是丙。二是丁。")) == 4

    def test_eleven_items(self):
        numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"]
        assert len(shapes("".join(f"{numeral}是甲。" for numeral in numerals))) == 11

    def test_a_decimal_number_starts_no_item(self):
        text = "增长：1.5万件，2.6万件。"
        assert shapes(text) == [("paragraph", text)]

    def test_signatures_and_date_close_a_report(self, reports):
        kinds = [each.kind for each in reports["puyangxian-2021"].segments]
        assert kinds[-4:] == ["paragraph", "closing", "closing", "closing"]

    def test_a_report_may_have_no_title(self, reports):
        assert reports["guancheng-2022"].title is None
        assert reports["guancheng-2022"].segments[0].kind == "paragraph"


class TestHeadingPath:
    def test_a_segment_knows_the_headings_above_it(self, reports):
        found = {each.id: each for each in reports["guangshan-2023"].segments}
        assert found["guangshan-2023-s024"].heading_path == (
            "二、2023年度推进法治政府建设的举措及成效",
            "(二)依法全面履行政府职能,有效营造更优法治环境",
            "1.深化“放管服效”改革。",
        )

    def test_a_heading_is_not_in_its_own_path(self):
        assert segment("made-2020", "一、甲\n二、乙")[1].heading_path == ()

    def test_a_closing_line_stands_under_no_heading(self, reports):
        assert reports["puyangxian-2021"].segments[-1].heading_path == ()


def test_ids_count_from_one(reports):
    ids = [each.id for each in reports["xinxiang-2023"].segments]
    assert ids[0] == "xinxiang-2023-s001"
    assert ids == sorted(set(ids))


def assert_tiles(text: str) -> None:
    last = 0
    for each in segment("made-2020", text):
        assert text[last : each.start] in ("", "\n")
        assert each.text == text[each.start : each.end] != ""
        assert "\n" not in each.text
        last = each.end
    assert last == len(text)


def test_the_segments_of_every_report_tile_it(reports):
    for report in reports.values():
        assert_tiles(report.text)


@given(st.text(alphabet="法治。，：；、一二三十是（）1.2\n报告年月日", max_size=150))
def test_segments_tile_any_normalised_text(raw):
    assert_tiles(normalise(raw).text)
