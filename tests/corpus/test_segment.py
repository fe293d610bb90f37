"""Segments tile a report and carry the headings above them."""

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

    def test_a_number_before_a_long_sentence_is_no_heading(self):
        text = "1.全县" + "各单位认真落实" * 10 + "。"
        assert shapes(text) == [("paragraph", text)]

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
