"""Normalisation mends layout and leaves language alone."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi.corpus import normalise


def lines(raw: str) -> list[str]:
    return normalise(raw).text.split("\n")


class TestWhatTheWildHolds:
    """Each oddity of the five reports, on the report that has it."""

    def test_a_title_broken_over_three_lines_with_spaces_in_a_word(self, reports):
        assert "的\n\n报    告\n" in reports["xincai-2022"].raw
        first = reports["xincai-2022"].text.split("\n")[0]
        assert first == "新蔡县人民政府关于2022年度法治政府建设情况的报告"

    def test_breadcrumb_byline_and_qr_caption_of_a_web_page(self, reports):
        report = reports["guangshan-2023"]
        for furniture in ("首页 >", "www.xinyang.gov.cn", "扫一扫在手机打开当前页"):
            assert furniture in report.raw
            assert furniture not in report.text
        assert report.text.startswith("光山县人民政府关于2023年")
        assert report.text.endswith("\n2024年2月14日")

    def test_non_breaking_spaces_of_an_indentation(self, reports):
        assert "\u00a0" in reports["guangshan-2023"].raw
        assert not re.search(r"[\u00a0 ]", reports["guangshan-2023"].text)

    def test_a_field_code(self, reports):
        assert "[bookmark: _GoBack]将法治政府建设" in reports["puyangxian-2021"].raw
        assert "\n将法治政府建设纳入县政府统一领导" in reports["puyangxian-2021"].text

    def test_words_cut_by_spaces_at_line_ends(self, reports):
        assert "市级政务服 务事项" in reports["xinxiang-2023"].raw
        assert "市级政务服务事项" in reports["xinxiang-2023"].text

    def test_spaces_around_numerals(self, reports):
        assert "累计办理 552 万件" in reports["xinxiang-2023"].raw
        assert "累计办理552万件" in reports["xinxiang-2023"].text

    @pytest.mark.parametrize(
        "mended",
        ["述法考核,连续3年", "二是大力推进综合", "197件,纠错率14%"],
    )
    def test_a_paragraph_cut_by_a_page_break_in_mid_sentence(self, reports, mended):
        assert mended not in reports["xinxiang-2023"].raw.replace(" ", "")
        assert mended in reports["xinxiang-2023"].text

    def test_signature_and_date_stay_lines_of_their_own(self, reports):
        assert reports["puyangxian-2021"].text.split("\n")[-3:] == [
            "中共濮阳县县委",
            "濮阳县人民政府",
            "2022年3月20日",
        ]

    def test_quotes_marks_and_typos_stay(self, reports):
        assert '扛稳法治建设"第一责任"' in reports["xinxiang-2023"].text
        assert "40项.乡镇" in reports["xinxiang-2023"].text
        assert "工作要去" in reports["xincai-2022"].text

    def test_nothing_but_space_and_furniture_is_lost(self, reports):
        assert {name: lost(report) for name, report in reports.items()} == {
            "xincai-2022": "",
            "puyangxian-2021": "[bookmark:_GoBack]",
            "guancheng-2022": "",
            "guangshan-2023": (
                "首页>专题专栏>2023年专题内容>创建全国法治政府建设示范市>法治政府建设年度报告>"
                "县区政府法治政府建设年报"
                "信阳市人民政府门户网站www.xinyang.gov.cn时间:2024-03-04来源:"
                "扫一扫在手机打开当前页"
            ),
            "xinxiang-2023": "",
        }


def lost(report) -> str:
    """The characters of the raw text, spaces apart, that normalisation has deleted."""
    kept = {report.offsets.to_raw(i, i + 1)[0] for i in range(len(report.text))}
    return "".join(
        char for i, char in enumerate(report.raw) if i not in kept and not char.isspace()
    )


class TestLines:
    def test_every_kind_of_line_break(self):
        assert lines("甲。\r\n乙。\r丙。\f丁。\u2028戊。") == [
            "甲。",
            "乙。",
            "丙。",
            "丁。",
            "戊。",
        ]

    def test_spaces_between_latin_words_stay(self):
        assert lines("使用 Label Studio 2 标注 。") == ["使用Label Studio 2标注。"]

    def test_latin_words_joined_over_a_page_keep_a_space(self):
        raw = "本系统在全市各部门推广使用的开源标注平台名为Label\n\nStudio并已投入运行。"
        assert lines(raw) == [raw.replace("\n\n", " ")]

    def test_a_finished_sentence_is_not_joined(self):
        assert lines("全年受理。\n审结九十件。") == ["全年受理。", "审结九十件。"]

    def test_a_closing_quote_after_the_full_stop_finishes_a_sentence(self):
        assert lines("要“依法行政。”\n审结九十件。") == ["要“依法行政。”", "审结九十件。"]

    def test_a_heading_is_never_joined_to_its_paragraph(self):
        raw = "一、加强领导\n认真落实。\n(二)完善制度\n建立机制。"
        assert lines(raw) == raw.split("\n")

    def test_a_heading_without_its_number_stays_alone(self):
        assert lines("完成。\n下一步工作打算\n继续努力。")[1] == "下一步工作打算"

    @pytest.mark.parametrize("end", ["，", ",", "、"])
    def test_a_heading_that_ends_in_a_comma_goes_on(self, end):
        raw = f"（一）学习贯彻思想{end}\n切实加强领导\n我县落实。"
        assert lines(raw)[0] == f"（一）学习贯彻思想{end}切实加强领导"

    def test_a_full_heading_of_a_wrapped_text_goes_on(self):
        page = [
            "全县各级各部门认真学习贯彻法治思想不断提高运用",
            "法治思维和法治方式开展工作的能力水平持续加强组",
        ] * 5
        raw = "\n".join(
            [*page, "领导。", "一、二〇二二年度推进法治政府建设的主要举措和成", "效", "我县落实。"]
        )
        assert lines(raw)[1:] == ["一、二〇二二年度推进法治政府建设的主要举措和成效", "我县落实。"]

    def test_a_table_keeps_the_borders_of_its_cells(self):
        assert lines("项目\t数量\t比率\n受理\t12\t50%") == ["项目\t数量\t比率", "受理\t12\t50%"]

    def test_a_tab_after_a_number_is_no_border(self):
        assert lines("一、\t加强领导") == ["一、加强领导"]


class TestFurniture:
    """Only what the page adds goes; a sentence that looks alike stays."""

    @pytest.mark.parametrize(
        "line",
        [
            "首页 > 政务公开 > 法治",
            "您现在的位置：首页 >> 公开",
            "发布时间：2023-01-02 10:00 来源：某某网 浏览次数：12",
            "来源：某某网",
            "【字体：大 中 小】",
            "索引号：005/2023-0001",
            "某县人民政府网站 www.x.gov.cn 时间：2023-01-02",
        ],
    )
    def test_above_the_text(self, line):
        assert lines(f"{line}\n我县落实。") == ["我县落实。"]

    @pytest.mark.parametrize(
        "line",
        [
            "扫一扫在手机打开当前页",
            "责任编辑：张三",
            "【打印】【关闭】",
            "上一篇：无",
            "版权所有：某县人民政府",
        ],
    )
    def test_below_the_text(self, line):
        assert lines(f"我县落实。\n{line}") == ["我县落实。"]

    @pytest.mark.parametrize(
        "line",
        [
            "来源：全县统计，成果显著",
            "公布办公时间：2022年1月1日起每日开放，受理群众咨询500人次；",
            "编制《权责清单》，修订时间：2022年3月5日",
            "分享到微信平台的文章共12篇",
            "打印本页功能已上线",
            "位置：城东新区 -> 办公",
        ],
    )
    def test_in_the_midst_of_the_text_it_stays(self, line):
        assert line.replace(" ", "") in normalise(f"前文。\n{line}\n后文。").text.replace(" ", "")

    def test_a_caption_word_that_begins_a_sentence_is_text(self):
        assert lines("打印本页说明书的制度已经建立\n我县落实。")[0].startswith("打印本页说明书")

    def test_a_numeral_alone_on_a_line_is_text(self):
        raw = "共办理行政复议案件\n12\n件，行政应诉案件\n8\n件。"
        assert "".join(lines(raw)) == "共办理行政复议案件12件，行政应诉案件8件。"

    def test_numerals_that_count_pages_go(self):
        pages = ["全县共办理行政复议案件一百件以上,其中已经审结", "九十件,其余案件正在审理当中。"]
        assert lines("\n".join([pages[0], "1", pages[1], "2"])) == ["".join(pages)]

    @pytest.mark.parametrize("number", ["— 3 —", "-3-", "·6·", "第 4 页 共 10 页"])
    def test_a_decorated_number_goes_anywhere(self, number):
        raw = f"全年共受理行政复议案件一百件,其中已经审结的案件\n{number}\n九十件。"
        assert lines(raw) == ["全年共受理行政复议案件一百件,其中已经审结的案件九十件。"]

    def test_a_field_code_takes_nothing_of_the_text_with_it(self):
        assert lines("[bookmark:x 其余内容]我县落实。") == ["[bookmark:x其余内容]我县落实。"]


class TestNothing:
    @pytest.mark.parametrize("raw", ["", " \n\u3000\n", "首页 > 公开\n扫一扫手机访问"])
    def test_nothing_is_left_of_space_and_furniture(self, raw):
        assert normalise(raw).text == ""


raw_texts = st.text(
    alphabet=list('法治县报告一二是、。，,;:“”"()（）《》123年月日abc[𠀀')
    + list(" \t\n\r\f\u00a0\u3000\u200b\u2028"),
    max_size=120,
)


@given(raw_texts)
@example("甲\r\n\r\n乙")
@example("abc\n\n[bookmark: x] d")
def test_the_offset_map_is_total_and_strictly_monotone(raw):
    normalised = normalise(raw)
    walked = [normalised.offsets.to_raw(i, i + 1)[0] for i in range(len(normalised.text))]
    assert len(normalised.offsets) == len(normalised.text)
    assert walked == sorted(set(walked))
    for char, place in zip(normalised.text, walked, strict=True):
        assert char == raw[place] or (char.isspace() and raw[place].isspace())


@given(raw_texts)
def test_normalising_twice_changes_nothing(raw):
    once = normalise(raw).text
    assert normalise(once).text == once


def test_the_stored_map_of_every_report_leads_back_to_its_characters(reports):
    for report in reports.values():
        for index, char in enumerate(report.text):
            start, end = report.offsets.to_raw(index, index + 1)
            assert end == start + 1
            assert report.raw[start] == char
            assert report.offsets.to_normalised(start, end) == (index, index + 1)
