"""From a text as found to its paragraphs: what is no prose goes."""

import re

from fazhi.corpus import normalise

_FRONT_MATTER = re.compile(r"\A\ufeff?---\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}|>+|[-*+])[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|`|_{2,}")
_TABLE_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_BUTTON = re.compile(
    r"^[ \t]*(?:下载|打印|全屏|收藏|【字号：|加大|还原|减小|】|相关报道：)[ \t]*$", re.MULTILINE
)
_GONE = (_FRONT_MATTER, _COMMENT, _TAG, _TABLE_ROW, _LINE_MARK, _EMPHASIS, _BUTTON)
_BLANK_LINES = re.compile(r"\n[ \t\u3000]*\n\s*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SHORTEST = 4


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text as found, in their order.

    Front matter, Markdown and HTML marks, tables and buttons go; a blank line parts paragraphs,
    and between blank lines the layout is mended as that of the reports is. Characters are not
    replaced: no Unicode normal form is applied, since NFKC changes ， and “. Pieces without
    Chinese, or of fewer than four characters, are left out.
    """
    for pattern in _GONE:
        text = pattern.sub("", text)
    pieces = _BLANK_LINES.split(_LINK.sub(r"\1", text))
    blocks = [block for piece in pieces for block in normalise(piece).text.split("\n")]
    return [block for block in blocks if _is_prose(block)]


def _is_prose(block: str) -> bool:
    return len(block) >= _SHORTEST and "\t" not in block and bool(_CHINESE.search(block))
