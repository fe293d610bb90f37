"""The text of a report, the same from every kind of file that it may come in."""

import codecs
import io
import subprocess
import sys
from contextlib import suppress

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

import webserver as web
from documents import (
    REPORT,
    TABLE,
    around,
    as_docx,
    as_page,
    as_pdf,
    as_text,
    links,
    pdf_of,
    saved,
)
from fazhi.corpus import normalise, segment
from fazhi.corpus._document import Document, media_of
from fazhi.corpus._extract import extract_text
from fazhi.corpus._fetch import fetch
from fazhi.corpus._lines import page_lines, parse_page
from fazhi.errors import InputError, MissingExtra

BIG5 = ["關於依法行政的年度報告", *["本縣依據法律辦理各項業務，並公布於網站。" * 5] * 4]
ROWS = ["\t".join(row) for row in TABLE]


def document(data: bytes | str, media: str, charset: str | None = None) -> Document:
    data = data.encode() if isinstance(data, str) else data
    return Document(data, media, charset, f"report.{media}")


def lines(data: bytes | str, media: str, charset: str | None = None) -> list[str]:
    return extract_text(document(data, media, charset)).split("\n")


def refusal(data: bytes | str, media: str, charset: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        extract_text(document(data, media, charset))
    assert str(caught.value).startswith(f"report.{media}: ")
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (as_text(), "text"),
        (as_page(), "html"),
        (as_docx(), "docx"),
        (as_pdf(), "pdf"),
    ],
    ids=["text", "html", "docx", "pdf"],
)
def test_every_kind_of_file_gives_the_same_report(data, media):
    assert normalise(extract_text(document(data, media))).text == "\n".join(REPORT)


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
    def test_a_text_that_declares_nothing(self, encoding):
        assert extract_text(document(as_text().encode(encoding), "text")) == as_text()

    @pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
    def test_a_byte_order_mark_decides_and_is_no_text(self, monkeypatch, mark):
        monkeypatch.setitem(sys.modules, "charset_normalizer", None)
        encoding = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le"}.get(
            mark, "utf-16-be"
        )
        data = mark + as_text().encode(encoding)
        assert extract_text(document(data, "text", "gbk")) == as_text()

    @pytest.mark.parametrize("declared", ["gb2312", "gbk", "big5", "iso-8859-1", "utf-16", "hex"])
    def test_utf_8_goes_before_what_is_declared(self, declared):
        page = as_page(charset=declared)
        assert lines(page, "html", declared) == list(REPORT)

    @pytest.mark.parametrize(
        ("meta", "header"),
        [
            ("gb2312", None),
            ("gb2312", "utf-8"),
            ("GBK", "iso-8859-1"),
            ("utf-8", "gb2312"),
            ("utf-8", None),
            ("no-such-charset", "no-such-charset"),
            ("gb2312", "big5"),
            ("utf-16", "hex"),
        ],
    )
    def test_a_page_in_gb18030_whatever_it_says(self, meta, header):
        # 㑇 is in GB18030 alone: neither GB 2312 nor GBK has it
        report = [*REPORT[:3], "村民李㑇获评“法律明白人”。", *REPORT[3:]]
        data = as_page(report, meta).encode("gb18030")
        assert lines(data, "html", header) == report

    @pytest.mark.parametrize(
        ("meta", "header", "encoding"),
        [
            ("gb2312", None, "gb18030"),
            ("gbk", None, "gb18030"),
            ("utf-8", "gb2312", "gb18030"),
            ("utf-8", "GBK", "gb18030"),
        ],
    )
    def test_what_is_declared_need_not_be_guessed(self, monkeypatch, meta, header, encoding):
        monkeypatch.setitem(sys.modules, "charset_normalizer", None)
        report = [*REPORT[:3], "村民李㑇获评“法律明白人”。", *REPORT[3:]]
        assert lines(as_page(report, meta).encode(encoding), "html", header) == report

    @pytest.mark.parametrize(("meta", "header"), [("big5", None), ("utf-8", "Big5")])
    def test_a_page_in_big5(self, meta, header):
        page = f'<meta charset="{meta}">{"".join(f"<p>{each}</p>" for each in BIG5)}'
        assert lines(page.encode("big5"), "html", header) == BIG5

    def test_what_the_page_declares_goes_before_what_the_server_does(self):
        page = f'<meta charset="big5">{"".join(f"<p>{each}</p>" for each in BIG5)}'.encode("big5")
        assert page.decode("gb18030")  # so either declaration fits
        assert lines(page, "html", "gbk") == BIG5

    def test_a_server_that_declares_the_wrong_charset(self, monkeypatch):
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        body = as_page(charset="gb2312").encode("gb18030")
        with web.WebServer({"/": web.page(body, "text/html; charset=utf-8")}) as site:
            found = fetch(site.url("/"))
        assert found.charset == "utf-8"
        assert extract_text(found).split("\n") == list(REPORT)

    def test_damaged_bytes_are_refused_not_replaced(self):
        data = as_text().encode()
        assert "encoding cannot be told" in refusal(data[:50] + b"\xff\xff\xff" + data[50:], "text")

    @pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 40, b"report\x00\x07", b"\x81\xff" * 9])
    def test_what_is_no_text(self, data):
        assert "encoding cannot be told" in refusal(data, "text")

    @pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
    def test_line_ends_become_one_kind(self, end):
        assert lines(as_text().replace("\n", end), "text") == as_text().split("\n")

    def test_nothing_else_is_changed_in_a_text(self):
        text = "\u3000\u3000全角\u00a0空格，１２ “引号” ㈠①\t制表\n\n\n"
        assert extract_text(document(text, "text")) == text


def paragraphs(tag: str) -> str:
    return "".join(f"<{tag}>{each}</{tag}>" for each in REPORT[1:])


BODIES = {
    "paragraphs": f"<h1>{REPORT[0]}</h1><div class='TRS_Editor'>{paragraphs('p')}</div>",
    "divisions": f"<h1>{REPORT[0]}</h1><div class='article'>{paragraphs('div')}</div>",
    "line breaks": f"<h1>{REPORT[0]}</h1><div>{'<br>'.join(REPORT[1:])}</div>",
    "breaks in a span": f"<h1>{REPORT[0]}</h1><span>{'<br/>'.join(REPORT[1:])}</span>",
    "items of a list": f"<h1>{REPORT[0]}</h1><ul>{paragraphs('li')}</ul>",
    "preformatted": f"<h1>{REPORT[0]}</h1><pre>{chr(10).join(REPORT[1:])}</pre>",
    "layout table": (
        f"<table><tr><td align=center>{REPORT[0]}</td></tr>"
        f"<tr><td>&nbsp;</td><td>{paragraphs('p')}</td><td>&nbsp;</td></tr></table>"
    ),
    "pasted from Word": f"<h1>{REPORT[0]}</h1><div>"
    + "".join(
        f"<p class=MsoNormal><span style='font-family:仿宋'><span>{each[:3]}</span></span>"
        f"<a name='_GoBack'><strong>{each[3:]}</strong></a><o:p></o:p></p>\n"
        for each in REPORT[1:]
    )
    + "</div>",
    "lead apart from the rest": (
        f"<h1>{REPORT[0]}</h1><div class=summary><p>{REPORT[1]}</p></div>"
        f"<div id=zoom>{''.join(f'<p>{each}</p>' for each in REPORT[2:])}</div>"
    ),
    "a class that names comments": (
        f"<h1>{REPORT[0]}</h1><div class='share-content comment'>{paragraphs('p')}</div>"
    ),
}


class TestPages:
    @pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
    def test_no_paragraph_is_lost_however_the_page_is_laid_out(self, body):
        found = [line.strip() for line in lines(around(body), "html")]
        assert [line for line in found if line] == list(REPORT)

    def test_the_page_round_the_report_is_left_out(self):
        text = extract_text(document(as_page(), "html"))
        for furniture in ("首页", "加载中", "color", "相关链接", "培训班》", "主办", "发布时间"):
            assert furniture not in text

    @pytest.mark.parametrize(
        "head",
        [
            "<h1>青禾县人民政府关于<br>2022年度法治政府建设情况的报告</h1>",
            "<h1><span>青禾县人民政府关于</span><br><b>2022年度法治政府建设情况的报告</b></h1>",
            "<div><p>青禾县人民政府关于</p><p>2022年度法治政府建设情况的报告</p></div>",
        ],
    )
    def test_a_title_over_two_lines(self, head):
        page = around(f"{head}<p>来源：县政府办</p><div id='zoom'>{paragraphs('p')}</div>")
        assert lines(page, "html") == [
            "青禾县人民政府关于",
            "2022年度法治政府建设情况的报告",
            *REPORT[1:],
        ]

    def test_a_title_that_only_a_first_level_heading_tells(self):
        page = around(f"<h1>{REPORT[0]}</h1><div id='zoom'>{paragraphs('p')}</div>", name="信息")
        assert lines(page, "html") == list(REPORT)

    def test_a_title_that_only_the_meta_data_tell(self):
        page = around(f"<p>{REPORT[0]}</p><div id='zoom'>{paragraphs('p')}</div>", name="信息")
        meta = f'<meta name="ArticleTitle" content="{REPORT[0]}">'
        assert lines(page.replace("<title>", f"{meta}<title>"), "html") == list(REPORT)

    def test_a_heading_with_the_name_of_the_site_is_no_title(self):
        content = f"<h1>青禾政务</h1><h1>{REPORT[0]}</h1><div id='zoom'>{paragraphs('p')}</div>"
        assert lines(around(content, name="信息"), "html") == list(REPORT)

    def test_a_link_to_the_page_itself_is_no_title(self):
        heading = "<h1>青禾县人民政府关于<br>2022年度法治政府建设情况的报告</h1>"
        link = f"<div><a href='#'>{REPORT[0]}</a></div><p>来源：县政府办</p>"
        page = around(f"{link}{heading}<p>来源：县政府办</p><div id='zoom'>{paragraphs('p')}</div>")
        assert lines(page, "html")[0] == "青禾县人民政府关于"

    def test_a_title_above_the_text_and_in_it_is_given_once(self):
        text = "".join(f"<p>{each}</p>" for each in REPORT)
        page = around(f"<h1>{REPORT[0]}</h1><p>来源：县政府办</p><div id='zoom'>{text}</div>")
        assert lines(page, "html") == list(REPORT)

    @pytest.mark.parametrize("cell", ["{}", "<p>{}</p>", "<p><span>{}</span></p>", "\n {}\n "])
    def test_a_table_keeps_its_place_and_its_rows(self, cell):
        rows = "".join(
            f"<tr>{''.join(f'<td>{cell.format(value)}</td>' for value in row)}</tr>"
            for row in TABLE
        )
        parts = [f"<p>{each}</p>" for each in REPORT[1:]]
        content = "".join([*parts[:6], f"<table>{rows}</table>", *parts[6:]])
        page = around(f"<h1>{REPORT[0]}</h1><div id='zoom'>{content}</div>")
        assert lines(page, "html") == [*REPORT[:7], *ROWS, *REPORT[7:]]

    def test_a_link_in_a_sentence_belongs_to_it(self):
        linked = REPORT[3].replace("《青禾县", '《<a href="/gz">青禾县</a>')
        body = BODIES["paragraphs"].replace(REPORT[3], linked)
        assert lines(around(body), "html") == list(REPORT)

    @pytest.mark.parametrize("style", ["display:none", "color: red; display: none;"])
    def test_what_is_hidden_is_left_out(self, style):
        hidden = f"<p>{REPORT[2]}</p><p style='{style}'>隐藏的内容。</p>"
        body = BODIES["paragraphs"].replace(f"<p>{REPORT[2]}</p>", hidden)
        assert lines(around(body), "html") == list(REPORT)

    def test_spaces_of_the_source_are_one_space_and_those_of_the_text_stay(self):
        body = BODIES["paragraphs"].replace(
            REPORT[2], "\n\t一、工作\n  <b>开展</b>&nbsp;&nbsp;情况\u3000"
        )
        assert lines(around(body), "html")[2] == "一、工作 开展\u00a0\u00a0情况\u3000"

    def test_control_characters_of_a_page_are_dropped(self):
        body = BODIES["paragraphs"].replace("一、", "一\x08、\x0b")
        assert lines(around(body), "html") == list(REPORT)

    def test_a_report_with_an_xml_declaration(self):
        page = '<?xml version="1.0" encoding="gb2312"?>' + as_page(charset="gb2312")
        assert lines(page.encode("gb18030"), "html") == list(REPORT)

    def test_a_report_as_a_fragment(self):
        assert lines("".join(f"<p>{each}</p>" for each in REPORT), "html") == list(REPORT)

    def test_a_script_or_a_comment_in_the_text_is_left_out(self):
        between = "<script>var a = '。';</script><!-- 注。 --><?php 注。 ?><style>p {}</style>"
        body = BODIES["paragraphs"].replace("一、工作", f"一、{between}工作")
        assert lines(around(body), "html") == list(REPORT)

    def test_what_readers_say_below_is_left_out(self):
        said = f"<p>{'写得很好，为县政府的工作点赞，希望继续努力。' * 3}</p>"
        comments = f"<div id='comments' class='comments-list'><h3>评论</h3>{said * 3}</div>"
        assert lines(around(BODIES["paragraphs"] + comments), "html") == list(REPORT)

    def test_attached_files_below_the_text_do_not_make_it_a_list(self):
        attached = (
            f"<p>附件：{links([f'青禾县第{number}批行政执法事项目录' for number in range(20)])}</p>"
        )
        body = BODIES["paragraphs"].replace(
            f"<p>{REPORT[-1]}</p>", f"<p>{REPORT[-1]}</p>{attached}"
        )
        assert lines(around(body), "html") == [*REPORT, "附件："]

    def test_headings_and_signature_are_kept_where_only_sentences_are_found(self, monkeypatch):
        sentences = "\n".join(each for each in REPORT if "。" in each)
        monkeypatch.setattr("trafilatura.extract", lambda *_, **__: sentences)
        assert lines(around(BODIES["lead apart from the rest"]), "html") == list(REPORT)

    def test_a_signature_is_kept_that_stands_in_a_lesser_part_of_the_page(self):
        parts = [f"<p>{each}</p>" for each in REPORT[1:]]
        body = f"<div>{''.join(parts[:9])}</div><div>{''.join(parts[9:])}</div>"
        assert lines(around(f"<h1>{REPORT[0]}</h1>{body}"), "html") == list(REPORT)

    @pytest.mark.parametrize("found", [REPORT[1], None], ids=["little", "nothing"])
    def test_a_report_in_no_element_goes_from_link_to_link(self, monkeypatch, found):
        monkeypatch.setattr("trafilatura.extract", lambda *_, **__: found)
        page = around("".join(f"<p>{each}</p>" for each in REPORT))
        assert lines(page, "html")[-3:] == [*REPORT[-2:], "相关链接"]
        assert [line for line in lines(page, "html") if line in REPORT] == list(REPORT)

    def test_and_where_it_is_found_it_goes_as_far_as_what_was_found(self, monkeypatch):
        page = around("".join(f"<p>{each}</p>" for each in REPORT))
        monkeypatch.setattr("trafilatura.extract", lambda *_, **__: "\n".join(REPORT))
        assert lines(page, "html") == list(REPORT)

    def test_and_all_its_sentences_are_kept(self, monkeypatch):
        page = around("".join(f"<p>{each}</p>" for each in REPORT))
        monkeypatch.setattr("trafilatura.extract", lambda *_, **__: "\n".join(REPORT[2:8]))
        assert lines(page, "html") == list(REPORT[:-2])

    def test_most_of_the_text_counts_where_less_than_half_of_it_is_found(self, monkeypatch):
        monkeypatch.setattr("trafilatura.extract", lambda *_, **__: REPORT[1])
        assert lines(as_page(), "html") == list(REPORT)

    def test_all_running_text_counts_where_nothing_is_found(self, monkeypatch):
        monkeypatch.setattr("trafilatura.extract", lambda *_, **__: None)
        assert lines(as_page(), "html") == list(REPORT)


SENTENCE = "县政府常务会议专题研究法治政府建设工作，部署各项任务。"  # 27 characters
SUMMARIES = "".join(
    f'<div><a href="/{number}">{"关于第几批行政执法事项的公告和说明"}</a><p>{SENTENCE}</p></div>'
    for number in range(30)
)


class TestLines:
    """A page as the lines that a browser shows."""

    @pytest.mark.parametrize(
        ("source", "shown"),
        [
            ("甲<b>乙</b>丙", ["甲乙丙"]),
            ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
            ("甲<p>乙</p>丙", ["甲", "乙", "丙"]),
            ("<div>甲<div>乙</div></div>", ["甲", "乙"]),
            ("<pre>甲\n乙</pre>丙\n丁", ["甲", "乙", "丙 丁"]),
            ("<table><tr><td>甲<td>乙</table>", ["甲\t乙"]),
            ("<table><tr><th>甲</th><td></td><td>丙</td></tr></table>", ["甲\t\t丙"]),
            ("<table><tr></tr><tr><td>甲</td></tr></table>", ["甲"]),
            ("<table><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr></table>", ["甲", "乙", "丙"]),
            (
                "<table><tr><td>甲<br>乙<br>丙</td><td>丁</td></tr></table>",
                ["甲", "乙", "丙", "丁"],
            ),
            ("<table><tr><td>甲</td><td>乙</td></tr></table>丙", ["甲\t乙", "丙"]),
        ],
    )
    def test_where_a_line_ends(self, source, shown):
        tree, _ = parse_page(f"<html><body>{source}</body></html>")
        assert [line.text for line in page_lines(tree)] == shown

    @pytest.mark.parametrize(
        ("source", "linked", "running"),
        [
            ("甲乙。", 0, 3),
            ("甲乙", 0, 0),
            ("甲<a href='x'>乙</a>。", 1, 2),
            ("甲<a name='x'>乙</a>。", 0, 3),
            ("<a href='x'>甲</a> <a href='x'>乙丙</a> 丁。", 3, 0),
            ("<a href='x'>甲 乙</a> 丙。", 2, 2),
            ("<table><tr><td><a href='x'>甲</a></td><td>乙。</td></tr></table>", 1, 2),
        ],
    )
    def test_what_of_a_line_is_a_link_and_what_is_running_text(self, source, linked, running):
        tree, _ = parse_page(f"<html><body>{source}</body></html>")
        (line,) = page_lines(tree)
        assert (line.linked, line.running) == (linked, running)

    def test_the_elements_of_a_line(self):
        tree, _ = parse_page("<html><body><div>甲<p><b>乙</b>丙</p>丁</div></body></html>")
        above = [[element.tag for element in line.above] for line in page_lines(tree)]
        outer = ["html", "body", "div"]
        assert above == [outer, [*outer, "p", "b"], outer]


class TestNavigation:
    """What holds too little running text, or too many links in it, is no report."""

    @pytest.mark.parametrize(
        "content",
        [
            "",
            links([f"关于第{number}批执法事项的公告。" for number in range(200)]),
            f"<p>{SENTENCE}</p>{links([REPORT[0]] * 50)}",
            "<p>" + "</p><p>".join(["没有句号的一行" * 8] * 50) + "</p>",
            SUMMARIES,
        ],
        ids=["nothing", "links with stops", "one sentence", "no sentence", "list of summaries"],
    )
    def test_a_page_of_links(self, content):
        assert "links and menus but no report" in refusal(around(content), "html")

    @pytest.mark.parametrize("page", ["<html></html>", "<!-- -->", "<p></p>", "<br>"])
    def test_a_page_of_nothing(self, page):
        assert "links and menus but no report" in refusal(page, "html")

    def test_three_hundred_characters_of_sentences_are_a_report(self):
        # 11 sentences of 27 characters: 297; the twelfth brings two more, or the three needed
        paragraphs = [f"<p>{SENTENCE}</p>"] * 11
        assert "no report" in refusal(around("".join([*paragraphs, "<p>是。</p>"])), "html")
        assert lines(around("".join([*paragraphs, "<p>是的。</p>"])), "html")[-1] == "是的。"

    def test_links_may_be_a_fifth_of_the_text(self):
        # 20 sentences of 27 characters: 540, of which a fifth is 108
        def page(size: int) -> str:
            link = f'<p><a href="/">{"链" * size}</a></p>'
            return around(
                f"<div>{'<p>' + SENTENCE + '</p>'}{link}{f'<p>{SENTENCE}</p>' * 19}</div>"
            )

        assert lines(page(108), "html") == [SENTENCE] * 20
        assert "no report" in refusal(page(109), "html")


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def element(xml: str):
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))


class TestWord:
    def test_a_table_stands_where_it_stood(self):
        data = as_docx(table=TABLE, after=5)
        assert lines(data, "docx") == [*REPORT[:6], *ROWS, *REPORT[6:]]

    def test_a_merged_cell_is_given_once(self):
        file = docx.Document()
        file.add_paragraph("表：")
        grid = file.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                grid.cell(row, column).text = f"{row}{column}"
        grid.cell(0, 0).merge(grid.cell(0, 1)).text = "横"
        grid.cell(1, 2).merge(grid.cell(2, 2)).text = "竖"
        assert lines(saved(file), "docx") == ["表：", "横\t02", "10\t11\t竖", "20\t21\t"]

    def test_the_paragraphs_of_a_cell_are_one_line_beside_others(self):
        file = docx.Document()
        grid = file.add_table(1, 2)
        grid.cell(0, 0).text = "行政"
        grid.cell(0, 0).add_paragraph("复议")
        grid.cell(0, 1).add_paragraph("58件")
        assert lines(saved(file), "docx") == ["行政 复议\t58件"]

    def test_a_merged_cell_as_other_programs_write_it(self):
        file = docx.Document()
        grid = file.add_table(2, 2)
        grid.cell(0, 0).text = "竖"
        grid.cell(1, 0).text = "不再"
        grid.cell(0, 1).text, grid.cell(1, 1).text = "甲", "乙"
        first, second = (grid.cell(row, 0)._tc.get_or_add_tcPr() for row in (0, 1))
        first.append(element('<w:vMerge w:val="restart"/>'.replace("/>", "></w:vMerge>")))
        second.append(element("<w:vMerge></w:vMerge>"))
        assert lines(saved(file), "docx") == ["竖\t甲", "\t乙"]

    def test_a_row_in_a_content_control(self):
        file = docx.Document()
        grid = file.add_table(2, 2)
        for number, cell in enumerate([*grid.rows[0].cells, *grid.rows[1].cells]):
            cell.text = str(number)
        control = element("<w:sdt><w:sdtContent></w:sdtContent></w:sdt>")
        row = grid.rows[1]._tr
        row.addprevious(control)
        control[0].append(row)
        assert lines(saved(file), "docx") == ["0\t1", "2\t3"]

    def test_a_table_of_one_cell_is_a_frame_round_its_lines(self):
        file = docx.Document()
        cell = file.add_table(1, 1).cell(0, 0)
        cell.text = REPORT[0]
        cell.add_paragraph(REPORT[1])
        assert lines(saved(file), "docx") == list(REPORT[:2])

    @pytest.mark.parametrize(
        ("xml", "text"),
        [
            ("<w:smartTag><w:r><w:t>2023年</w:t></w:r></w:smartTag>", "2023年"),
            ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
            ("<w:ins><w:r><w:t>插入</w:t></w:r></w:ins>", "插入"),
            ("<w:del><w:r><w:delText>删除</w:delText><w:tab/></w:r></w:del>", ""),
            ("<w:r><w:sym/><!-- 注 --><w:t>符号</w:t></w:r>", "符号"),
            ("<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>", ""),
            ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
            ("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>", "一\t二"),
            ("<w:r><w:t>一</w:t><w:noBreakHyphen/><w:t>二</w:t></w:r>", "一-二"),
            ("<w:r><w:instrText>PAGE</w:instrText></w:r>", ""),
            (
                "<w:r><w:ruby><w:rt><w:r><w:t>fǎ</w:t></w:r></w:rt>"
                "<w:rubyBase><w:r><w:t>法</w:t></w:r></w:rubyBase></w:ruby></w:r>",
                "法",
            ),
        ],
    )
    def test_what_a_paragraph_may_hold_besides_runs(self, xml, text):
        file = docx.Document()
        paragraph = file.add_paragraph("前")
        paragraph._p.append(element(xml))
        paragraph.add_run("后")
        assert lines(saved(file), "docx") == [f"前{text}后"]

    def test_a_sign_that_old_versions_of_word_have_in_another_way(self):
        file = docx.Document()
        sign = (
            f'<mc:AlternateContent {MC} {nsdecls("w")}><mc:Choice Requires="w16se"/>'
            "<mc:Fallback><w:t>☆</w:t></mc:Fallback></mc:AlternateContent>"
        )
        file.add_paragraph("特急").add_run()._r.append(parse_xml(sign))
        assert lines(saved(file), "docx") == ["特急☆"]

    def test_a_line_break_is_a_line_break(self):
        file = docx.Document()
        run = file.add_paragraph().add_run("上")
        run.add_break()
        run.add_text("下")
        assert lines(saved(file), "docx") == ["上", "下"]

    def test_paragraphs_in_a_content_control(self):
        file = docx.Document()
        file.add_paragraph(REPORT[0])
        control = (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
        file.paragraphs[0]._p.addnext(element(control))
        assert lines(saved(file), "docx") == [REPORT[0], "控件"]

    def test_a_text_box_follows_its_paragraph_and_is_given_once(self):
        box = "<w:txbxContent><w:p><w:r><w:t>青禾县人民政府</w:t></w:r></w:p></w:txbxContent>"
        compatible = (
            f"<mc:AlternateContent {MC} {nsdecls('w')}>"
            f'<mc:Choice Requires="wps">{box}</mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
        )
        file = docx.Document()
        file.add_paragraph("特此").add_run()._r.append(parse_xml(compatible))
        file.paragraphs[0].add_run("报告。")
        assert lines(saved(file), "docx") == ["特此报告。", "青禾县人民政府"]

    def test_headers_and_comments_of_the_file_are_no_text(self):
        file = docx.Document()
        file.add_paragraph("正文")
        file.sections[0].header.paragraphs[0].text = "页眉"
        assert lines(saved(file), "docx") == ["正文"]

    def test_a_broken_file(self):
        data = as_docx()
        assert "it is a broken Word file" in refusal(data[: len(data) // 2], "docx")

    def test_a_file_without_text(self):
        assert "it holds no text" in refusal(as_docx([""]), "docx")


class TestPdf:
    def test_pages_follow_each_other_line_by_line(self):
        pages = [["第一行", "第二行"], ["第三行"]]
        assert lines(pdf_of(pages), "pdf") == ["第一行", "第二行", "— 1 —", "第三行", "— 2 —"]

    def test_the_report_is_cut_by_the_pages_in_mid_sentence(self):
        # what the mending of lines and the dropping of page numbers are tested on above
        found = lines(as_pdf(), "pdf")
        cut = found.index("— 1 —")
        assert f"{found[cut - 1]}{found[cut + 1]}".strip("\u3000") in REPORT[9]

    def test_an_empty_page_is_no_obstacle(self):
        assert lines(pdf_of([["法治"], [], ["政府"]]), "pdf")[0] == "法治"

    def test_a_scanned_file_is_refused(self):
        message = refusal(pdf_of([None] * 6), "pdf")
        assert "it is scanned: no text layer on page 1, 2, 3, 4, 5 and more" in message
        assert "OCR" in message

    def test_so_is_one_with_a_scanned_page(self):
        message = refusal(pdf_of([["法治"], None, ["政府"]]), "pdf")
        assert "no text layer on page 2. " in message

    def test_a_stamp_beside_the_text_does_not_make_a_page_a_scan(self):
        assert lines(pdf_of([["法治"]], stamped=True), "pdf") == ["法治", "— 1 —"]

    def test_a_hyphen_at_the_end_of_a_line_is_kept(self):
        # pdfium takes it for hyphenation, and leaves it out together with the line break
        assert lines(pdf_of([["省—市-", "县三级"]]), "pdf")[0] == "省—市-县三级"

    def test_a_control_character_of_the_text_layer_is_dropped(self):
        assert lines(pdf_of([["法\x04治"]]), "pdf")[0] == "法治"

    def test_an_encrypted_file(self):
        assert "it is encrypted" in refusal(as_pdf(password="secret"), "pdf")

    @pytest.mark.parametrize("data", [b"%PDF-1.7", as_pdf()[:200], b"%PDF-1.7\n" + b"x" * 500])
    def test_a_broken_file(self, data):
        assert "it is a broken PDF" in refusal(data, "pdf")

    def test_a_file_of_blank_pages(self):
        canvas = Canvas(stream := io.BytesIO())
        canvas.showPage()
        canvas.save()
        assert "it holds no text" in refusal(stream.getvalue(), "pdf")

    def test_a_text_layer_in_which_no_chinese_is(self):
        assert "holds no Chinese characters" in refusal(pdf_of([["abc def"]]), "pdf")

    def test_radicals_that_a_font_gives_for_characters(self):
        # ⼀ U+2F00 and ⽅ U+2F45 of the text layer; ⺠ U+2EA0 has no such decomposition
        assert lines(pdf_of([["⼀⽅法治"]]), "pdf")[0] == "一方法治"


class TestWhole:
    def test_the_title_is_found_in_every_kind_of_file(self):
        for data, media in ((as_page(), "html"), (as_docx(), "docx"), (as_pdf(), "pdf")):
            text = normalise(extract_text(document(data, media))).text
            first = segment("qinghe-2022", text)[0]
            assert (first.kind, first.text) == ("title", REPORT[0])

    @pytest.mark.parametrize("media", ["text", "html"])
    @pytest.mark.parametrize("data", [b" \n\t ", "\u3000\n".encode()])
    def test_blank_files(self, data, media):
        assert refusal(data, media)

    @given(st.binary(max_size=300), st.sampled_from(["text", "html", "pdf", "docx"]))
    def test_any_bytes_are_text_or_refused(self, data, media):
        starts = {"pdf": b"%PDF-1.7\n", "docx": b"PK\x03\x04"}
        with suppress(InputError):
            assert extract_text(document(starts.get(media, b"") + data, media)).strip()

    @given(st.text(alphabet="<>/=\"' &;#pdivatrbhe1青。\n", max_size=200))
    def test_any_tags_are_a_page_or_refused(self, page):
        with suppress(InputError):
            assert extract_text(document(page, "html")).strip()

    @pytest.mark.parametrize(
        ("data", "media", "module"),
        [
            (as_page().encode(), "html", "trafilatura"),
            (as_page().encode(), "html", "lxml"),
            (as_pdf(), "pdf", "pypdfium2"),
            (as_docx(), "docx", "docx"),
            (as_text().encode("gb18030"), "text", "charset_normalizer"),
        ],
    )
    def test_a_missing_package_is_named(self, monkeypatch, data, media, module):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(MissingExtra, match=f"'{module}'"):
            extract_text(document(data, media))

    def test_a_utf_8_text_needs_no_extra(self, monkeypatch):
        for module in ("trafilatura", "lxml", "pypdfium2", "docx", "charset_normalizer"):
            monkeypatch.setitem(sys.modules, module, None)
        assert extract_text(document(as_text(), "text")) == as_text()

    def test_importing_takes_nothing_of_the_extra(self):
        script = (
            "import sys, fazhi.corpus; before = set(sys.modules)\n"
            "import fazhi.corpus._fetch, fazhi.corpus._extract, fazhi.corpus._similar\n"
            "print(*sorted(name for name in set(sys.modules) - before))"
        )
        out = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
        loaded = {name.partition(".")[0] for name in out.stdout.decode().split()}
        assert not loaded & {
            "charset_normalizer", "datasketch", "docx", "httpx2", "lxml", "pypdfium2", "stamina",
            "trafilatura",
        }  # fmt: skip

    def test_what_was_found_by_content_can_be_read(self):
        for data in (as_text().encode(), as_page().encode(), as_docx(), as_pdf()):
            assert REPORT[0] in extract_text(document(data, media_of(data, None, "x")))
