"""The raw form of a made-up report: its text with what a page or a file leaves in a report.

The reverse of normalisation, and only of what that mends: furniture of a web page, page
numbers, field codes, invisible characters, indentation, spaces inside Chinese text, titles and
sentences broken over lines.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import TypeVar

from fazhi.corpus import _layout as layout
from fazhi.corpus._normalise import normalise

Item = TypeVar("Item")

_SPACES = (" ", "  ", "\u3000", "\u00a0")
_INDENTS = ("\u3000\u3000", "    ", "\u00a0" * 4, "\t")
_INVISIBLE = ("\u200b", "\ufeff", "\u00ad")
_FIELD_CODES = ("[bookmark: _GoBack]", "[bookmark: OLE_LINK1]", "[bookmark: _Toc98]")
_PAGE_NUMBERS = ("- {page} -", "— {page} —", "第{page}页 共{pages}页", "{page}")
_BREADCRUMBS = (
    "首页 > 政务公开 > 法治政府建设年度报告",
    "您现在的位置：首页 >> 信息公开 >> 法治政府建设",
    "当前位置: 首页 » 专题专栏 » 依法行政",
)
_BYLINES = (
    "发布时间：{day}    来源：本站    浏览次数：{views}",
    "政府网站 时间:{day} 来源: 字体：【大 中 小】",
    "日期：{day} 作者：办公室 点击数：{views}",
)
_BUTTONS = ("【打印】 【关闭】", "打印本页  关闭窗口", "[收藏] [打印] [关闭]")
_FEET = ("扫一扫在手机打开当前页", "上一篇：没有了", "下一篇：政府工作报告", "版权所有：本站")
_PAGE_SIZE = 500
_SPACE_EVERY = 150
_MARK_EVERY = 600


class _Dice:
    """Draws that are the same for the same seed, on every version of Python."""

    def __init__(self, seed: str):
        self._random = Random(seed)  # noqa: S311

    def below(self, number: int) -> int:
        """A number from 0 up to, and without, the given one."""
        # of all methods of Random only this one is promised to stay as it is
        return int(self._random.random() * number)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self.below(len(items))]


_Step = Callable[[str, _Dice, int], str]


def add_noise(text: str, seed: str, year: int) -> str:
    """A raw form of a normalised text, as a web page, a PDF file or a Word file has it.

    A kind of noise that would not come off this text again is left out, so that `normalise`
    gives back every text that it leaves as it is.

    Args:
        text: the normalised text, one block per line.
        seed: the same one gives the same noise.
        year: the year that the report is about; the page was published in the next.
    """
    raw = text
    for step in _Dice(seed).pick(_CARRIERS):
        noisy = step(raw, _Dice(f"{seed} {step.__name__}"), year)
        if normalise(noisy).text == text:
            raw = noisy
    return raw


def _break_title(text: str, dice: _Dice, _: int) -> str:
    """Breaks the title over two lines, and spreads its last word."""
    lines = text.split("\n")
    start, end = layout.title_span(lines)
    places = [at for word in ("关于", "年") if (at := lines[start].find(word)) > 0]
    if end - start != 1 or not places:
        return text
    at = dice.pick(places)
    title = f"{lines[start][:at]}\n{lines[start][at:-1]}    {lines[start][-1]}"
    return "\n".join([*lines[:start], title, *lines[end:]])


def _break_pages(text: str, dice: _Dice, _: int) -> str:
    """Cuts the text into pages, each with its number below, in the midst of sentences."""
    number = dice.pick(_PAGE_NUMBERS)
    cuts = list(_cuts(text, _PAGE_SIZE + dice.below(_PAGE_SIZE)))
    starts, ends = [0, *cuts], [*cuts, len(text)]
    return "\n\f".join(
        f"{text[start:end]}\n{number.format(page=page, pages=len(ends))}"
        for page, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _cuts(text: str, size: int) -> Iterator[int]:
    last = 0
    for at in range(1, len(text)):
        if at - last >= size and _may_cut(text, at):
            yield at
            last = at


def _may_cut(text: str, at: int) -> bool:
    """Whether a line of the text may be cut there, so that its parts are seen to be one."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    behind = text[at:].partition("\n")[0]
    is_open = layout.is_unfinished(before) and not layout.opens_block(behind)
    is_heading = layout.could_be_heading(before) or layout.heading_length(before) == len(before)
    return is_open and not is_heading and _may_part(text[at - 1], text[at])


def _may_part(left: str, right: str) -> bool:
    """Whether a space between two characters is one that means nothing."""
    return not ((left.isascii() and right.isascii()) or left.isspace() or right.isspace())


def _add_spaces(text: str, dice: _Dice, _: int) -> str:
    """Puts spaces into words, and around the figures of every fourth report."""
    space, around_figures = dice.pick(_SPACES), dice.below(4) == 0
    pieces = [text[:1]]
    for left, right in pairwise(text):
        is_figure = around_figures and left.isdecimal() != right.isdecimal()
        is_drawn = is_figure or not dice.below(_SPACE_EVERY)
        if is_drawn and _may_part(left, right):
            pieces.append(space)
        pieces.append(right)
    return "".join(pieces)


def _add_marks(text: str, dice: _Dice, _: int) -> str:
    """Scatters field codes and invisible characters."""
    marks = (*_INVISIBLE, *_FIELD_CODES)
    scattered = (char if dice.below(_MARK_EVERY) else dice.pick(marks) + char for char in text)
    return dice.pick(marks) + "".join(scattered)


def _indent(text: str, dice: _Dice, _: int) -> str:
    """Indents the lines, with or without empty ones between them, and with either line end."""
    indent, line_end = dice.pick(_INDENTS), dice.pick(("\n", "\r\n", "\n\n"))
    return line_end.join(f"{indent}{line}" for line in text.split("\n"))


def _frame(text: str, dice: _Dice, year: int) -> str:
    """Puts the head and the foot of a web page around the text."""
    day = f"{year + 1}-{1 + dice.below(3):02}-{1 + dice.below(28):02}"
    byline = dice.pick(_BYLINES).format(day=day, views=dice.below(5000))
    head = (dice.pick(_BREADCRUMBS), byline, dice.pick(_BUTTONS))
    foot = (dice.pick(_FEET), dice.pick(_BUTTONS))
    return "\n".join((*head, text, *foot))


_CARRIERS: tuple[tuple[_Step, ...], ...] = (
    (_add_spaces, _indent, _frame),
    (_break_title, _break_pages, _add_spaces),
    (_break_title, _add_marks, _indent),
)
"""What a web page, a PDF file and a Word file leave in a report."""
