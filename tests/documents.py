"""Makers of the files that a report may come in: text, web page, Word file, PDF."""

import io
from collections.abc import Sequence

from docx import Document
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

REPORT = (
    "青禾县人民政府关于2022年度法治政府建设情况的报告",
    "2022年，青禾县坚持以习近平法治思想为指导，认真落实上级部署，扎实推进依法行政，"
    "法治政府建设取得新的成效。现将有关情况报告如下：",
    "一、工作开展情况",
    "（一）加强组织领导，压实工作责任。县政府常务会议专题研究法治政府建设4次，"
    "印发《青禾县2022年法治政府建设工作要点》，明确32项任务，逐项落实到部门和责任人。",
    "（二）深化“放管服”改革，优化营商环境。全年办理政务服务事项12.6万件，"
    "按时办结率99.2%；取消各类证明事项17项，“一件事一次办”覆盖58个场景。",
    "（三）规范行政执法，维护公平正义。一是全面推行行政执法“三项制度”，"
    "公示执法信息2300余条；二是举办执法人员培训班6期，培训480人次；"
    "三是开展案卷评查，抽查案卷150卷，督促整改问题41个。",
    "（四）化解矛盾纠纷，畅通救济渠道。县司法局收到行政复议申请63件，受理58件，"
    "审结55件；各级调解组织调解纠纷1974件，调解成功率98.5%。",
    "上述工作得到了群众的认可。",
    "二、存在的问题",
    "对照上级要求，我县法治政府建设仍有差距。部分乡镇执法力量不足，"
    "少数干部运用法治思维解决问题的能力不强，普法宣传的针对性有待提高。",
    "三、下一步工作打算",
    "2023年，我县将重点做好以下工作：1.健全重大行政决策程序，落实合法性审查；"
    "2.加强乡镇综合执法队伍建设；3.开展“八五”普法中期评估。",
    "上述工作得到了群众的认可。",
    "特此报告。",
    "青禾县人民政府",
    "2023年1月16日",
)
"""The paragraphs of a made-up report of a county that does not exist; one occurs twice."""

TABLE = (("事项", "数量", "单位"), ("行政复议", "58", "件"), ("行政应诉", "31", "件"))
"""A table, as such reports sometimes have."""

_MENU = ("首页", "走进青禾", "政务公开", "政务服务", "互动交流", "数据开放", "营商环境", "专题专栏")
_NEWS = (
    "关于做好春节期间值班工作的通知",
    "青禾县召开优化营商环境推进会",
    "青禾县司法局举办执法人员培训班",
    "我县“八五”普法中期评估工作启动",
)


def as_text(paragraphs: Sequence[str] = REPORT) -> str:
    """A plain text with an indentation before each paragraph but the title."""
    return "\n".join([paragraphs[0], *(f"\u3000\u3000{each}" for each in paragraphs[1:])]) + "\n"


def links(labels: Sequence[str]) -> str:
    """A list of links."""
    items = (
        f'<li><a href="/col/{number}.html">{each}</a></li>' for number, each in enumerate(labels)
    )
    return f"<ul>{''.join(items)}</ul>"


def around(content: str, name: str = REPORT[0], charset: str = "utf-8") -> str:
    """A page of a government site: menu, breadcrumb, the content, related links, footer."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}">'
        f"<title>{name}_青禾县人民政府</title>"
        '<script>var tips = "加载中。请稍候。";</script><style>p { color: red; }</style></head>'
        f'<body><div class="top">青禾县人民政府门户网站</div><div class="nav">{links(_MENU)}</div>'
        '<div class="position">您的位置：<a href="/">首页</a> &gt; '
        '<a href="/zwgk">政务公开</a></div>'
        f"{content}"
        f'<div class="related"><h3>相关链接</h3>{links(_NEWS)}</div>'
        '<div class="footer"><p>主办：青禾县人民政府办公室　地址：青禾县建设路1号</p>'
        "<p>网站标识码：0000000000　ICP备00000000号</p></div></body></html>"
    )


def as_page(paragraphs: Sequence[str] = REPORT, charset: str = "utf-8") -> str:
    """A page that carries a report as such sites lay it out; encode it in what it declares."""
    text = "".join(f'<p style="text-indent: 2em;">{each}</p>\n' for each in paragraphs[1:])
    content = (
        f'<div class="main"><h1>{paragraphs[0]}</h1>'
        '<div class="info">发布时间：2023-01-16 09:30 来源：县政府办 【字体：大 中 小】</div>'
        f'<div id="zoom" class="TRS_Editor">{text}</div>'
        '<div class="tools"><a href="javascript:window.print()">打印本页</a></div></div>'
    )
    return around(content, paragraphs[0], charset)


def as_docx(
    paragraphs: Sequence[str] = REPORT, table: Sequence[Sequence[str]] = (), after: int = 0
) -> bytes:
    """A Word file, with a table after the paragraph of that index if one is given."""
    document = Document()
    for index, each in enumerate(paragraphs):
        document.add_paragraph(each)
        if table and index == after:
            grid = document.add_table(len(table), len(table[0]))
            for row, values in zip(grid.rows, table, strict=True):
                for cell, value in zip(row.cells, values, strict=True):
                    cell.text = value
    return saved(document)


def saved(document) -> bytes:
    """The bytes of a Word file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(paragraphs: Sequence[str] = REPORT, password: str | None = None) -> bytes:
    """A PDF with a text layer: lines of 32 characters, 22 lines and a number on each page."""
    lines = [line for each in paragraphs for line in _wrapped(each, paragraphs[0])]
    pages = [lines[start : start + 22] for start in range(0, len(lines), 22)]
    return pdf_of(pages, password=password)


def _wrapped(paragraph: str, title: str) -> list[str]:
    rest = paragraph if paragraph == title else f"\u3000\u3000{paragraph}"
    lines = []
    while rest:
        end = min(32, len(rest))
        # as a word processor does, a number is not broken
        while rest[end - 1 : end + 1].isdigit() and len(rest) > end:
            end -= 1
        lines.append(rest[:end])
        rest = rest[end:]
    return lines


def pdf_of(
    pages: Sequence[Sequence[str] | None], password: str | None = None, stamped: bool = False
) -> bytes:
    """A PDF with the given lines on each page; None stands for a page that is a scanned image.

    A stamp is an image beside the text of each page.
    """
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(password) if password else None)
    for number, lines in enumerate(pages, start=1):
        if lines is None or stamped:
            canvas.drawInlineImage(Image.new("L", (60, 80), 128), 0, 0, 595, 842)
        if lines is not None:
            canvas.setFont("STSong-Light", 14)
            for row, line in enumerate(lines):
                canvas.drawString(70, 770 - 28 * row, line)
            canvas.drawCentredString(297, 40, f"— {number} —")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
