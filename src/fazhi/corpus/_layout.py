"""What a line of a report is, judged by its layout: furniture, title, heading, closing.

Both normalisation (which lines belong together) and segmentation (what each is) ask here.
A line is given without its indentation and without the spaces inside Chinese words.
"""

import re

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NUMBERS = (
    re.compile(rf"{_NUMERAL}、"),
    re.compile(rf"[（(]{_NUMERAL}[）)]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_ITEM = re.compile(r"一是")
_HEADING_MAX = 60
_BARE_HEADING_MAX = 25
_CLOSING_MAX = 30
_TITLE_LINES = 5
_SENTENCE_MARKS = frozenset("。！？；：，,;:!?")
_STOPS = "。！？；：!?;:"
_CLOSERS = "”’\"'）)》〉"

_BREADCRUMB = re.compile(r"(首页|(您|你)?(现在|当前)?(的)?位置[:：]).*[>＞»]")
_BYLINE = re.compile(
    r"(时间|日期|来源|作者|浏览次数|阅读次数|点击数|责任编辑|信息来源|索引号|字体|字号)[:：]"
)
_STAMP = re.compile(r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}|www\.|https?:")
_CAPTIONS = re.compile(
    r"(扫一扫|打印本页|打印此页|关闭窗口|关闭本页|分享到|返回顶部|上一篇|下一篇)"
)
_CAPTION_MAX = 30
_BYLINE_MAX = 120
_PAGE_NUMBER = re.compile(r"([-—－–]\d{1,3}[-—－–]|第\d{1,3}页(共\d{1,3}页)?|\d{1,2})")
_DATE = re.compile(
    r"(\d{4}|[二〇○零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月"
    r"[\d一二三四五六七八九十]{1,3}日"
)


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page that carried the report, not to the report."""
    if "。" in line:
        return False
    if _BREADCRUMB.match(line) or _PAGE_NUMBER.fullmatch(line):
        return True
    if len(line) <= _CAPTION_MAX and _CAPTIONS.match(line):
        return True
    return len(line) <= _BYLINE_MAX and bool(_BYLINE.search(line) and _STAMP.search(line))


def title_length(lines: list[str]) -> int:
    """How many of the first lines are the title, which may be broken; 0 where there is none."""
    for count, line in enumerate(lines[:_TITLE_LINES], start=1):
        if _SENTENCE_MARKS & set(line) or heading_level(line):
            return 0
        if line.endswith(("报告", "总结", "情况")) and _title_ends(lines[count:]):
            return count
    return 0


def _title_ends(rest: list[str]) -> bool:
    return not (rest and rest[0] in ("的报告", "报告"))


def heading_level(line: str) -> int:
    """The depth of a line that opens with a heading number: 1 for 一、 to 4 for (1); else 0."""
    for level, number in enumerate(_NUMBERS, start=1):
        if number.match(line):
            return level
    return 0


def heading_length(line: str) -> int:
    """The length of the numbered heading at the start of a line, its full stop included.

    0 where the line has no heading number or where what follows it is a long sentence.
    """
    if not heading_level(line):
        return 0
    stop = line.find("。")
    length = len(line) if stop < 0 else stop + 1
    return length if length <= _HEADING_MAX else 0


def is_bare_heading(line: str) -> bool:
    """Whether a line could be a heading that has lost its number."""
    return len(line) <= _BARE_HEADING_MAX and not _SENTENCE_MARKS & set(line)


def is_date(line: str) -> bool:
    """Whether the line is a date and nothing else."""
    return bool(_DATE.fullmatch(line))


def closing_length(lines: list[str]) -> int:
    """How many of the last lines are the signatures and the date; 0 where there are none."""
    if not lines or not is_date(lines[-1]):
        return 0
    count = 1
    for line in reversed(lines[:-1]):
        if len(line) > _CLOSING_MAX or _SENTENCE_MARKS & set(line) or heading_level(line):
            break
        count += 1
    return count


def is_unfinished(line: str) -> bool:
    """Whether a paragraph stops in mid-sentence, as a page or line break leaves it."""
    return not line.rstrip(_CLOSERS).endswith(tuple(_STOPS))


def opens_block(line: str) -> bool:
    """Whether a line can only be the start of a block, never the rest of a sentence."""
    return bool(heading_level(line) or _ITEM.match(line))
