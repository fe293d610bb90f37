"""What a line of a report is, judged by its layout: title, heading, closing, or running text.

Both normalisation (which lines belong together) and segmentation (what each is) ask here.
A line is given without its indentation and without the spaces inside Chinese words.
"""

import re

NUMERAL = "[一二三四五六七八九十]{1,3}"
"""A Chinese number up to 99, as headings and items bear it."""

_NUMBERS = (
    re.compile(rf"{NUMERAL}、"),
    re.compile(rf"[（(]{NUMERAL}[）)]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_ITEM = re.compile(rf"{NUMERAL}是|[①-⑳]")
_INNER_ITEM = re.compile("[，,：:]一是")
_HEADING_MAX = 60
_BARE_HEADING_MAX = 25
_SIGNATURE_MAX = 30
_SIGNATURES = 4
_TITLE_LINES = 5
_WRAPPED_LINES = 8
_WRAP_SLACK = 3
_SENTENCE_MARKS = frozenset("。！？；：，,;:!?")
_STOPS = "。！？；：!?;:"
_CLOSERS = "”’\"'）)》〉"

_TITLE_ENDS = ("报告", "总结", "汇报", "情况", "计划")
_RED_HEAD = re.compile(r"\S{2,20}文件|\S{1,10}[〔\[]\d{4}[〕\]]\d{1,4}号|★")
_DIGIT = "[0-9０-９]"
_DATE = re.compile(
    rf"(?:{_DIGIT}{{4}}|[二〇○零ＯOo一三四五六七八九]{{4}})年"
    rf"(?:{_DIGIT}{{1,2}}|[一二三四五六七八九十]{{1,3}})月"
    rf"(?:(?:{_DIGIT}{{1,2}}|[一二三四五六七八九十]{{1,3}})日)?"
)
_ISSUER = re.compile(
    r"\S*(?:政府|委|委员会|局|厅|部|办|办公室|院|会|处|街道|镇|乡|队|中心)"
    r"(?:[（(](?:公章|盖章|印章|章)[）)])?"
)


def title_span(lines: list[str]) -> tuple[int, int]:
    """The first and the last line (exclusive) of the title; (0, 0) where there is none.

    A title may be broken over several lines, and may stand under the head of an official
    letter (the issuer's 文件, the letter's number).
    """
    start = next((i for i, line in enumerate(lines) if not _RED_HEAD.fullmatch(line)), 0)
    for count, line in enumerate(lines[start : start + _TITLE_LINES], start=1):
        if _SENTENCE_MARKS & set(line) or heading_level(line) or line.startswith("现将"):
            break
        end = start + count
        if line.endswith(_TITLE_ENDS) and lines[end : end + 1] not in (["的报告"], ["报告"]):
            return start, end
    return 0, 0


def heading_level(line: str) -> int:
    """The depth of a line that opens with a heading number: 1 for 一、 to 4 for (1); else 0."""
    for level, number in enumerate(_NUMBERS, start=1):
        if number.match(line):
            return level
    return 0


def heading_number(line: str) -> str:
    """The heading number that a line opens with; empty where it has none."""
    level = heading_level(line)
    match = _NUMBERS[level - 1].match(line) if level else None
    return match.group() if match else ""


def heading_length(line: str) -> int:
    """The length of the numbered heading at the start of a line, its full stop included.

    0 where the line has no heading number, where what follows it is a long sentence, or where
    the sentence goes over into an enumeration.
    """
    if not heading_level(line):
        return 0
    stop = line.find("。")
    length = len(line) if stop < 0 else stop + 1
    if length > _HEADING_MAX or _INNER_ITEM.search(line[:length]):
        return 0
    return length


def could_be_heading(line: str) -> bool:
    """Whether a line could be a heading that has lost its number."""
    if len(line) > _BARE_HEADING_MAX or _SENTENCE_MARKS & set(line):
        return False
    return not (line.startswith(("（", "(")) or line.endswith(("、", "…", "—")) or line.isdigit())


def closing_length(lines: list[str]) -> int:
    """How many of the last lines are the date and the signatures above it."""
    if not lines or not _DATE.fullmatch(lines[-1]):
        return 0
    count = 1
    for line in reversed(lines[-1 - _SIGNATURES : -1]):
        if len(line) > _SIGNATURE_MAX or not _ISSUER.fullmatch(line) or heading_level(line):
            break
        count += 1
    return count


def is_unfinished(line: str) -> bool:
    """Whether a paragraph stops in mid-sentence, as a page or line break leaves it."""
    return not line.rstrip(_CLOSERS).endswith(tuple(_STOPS))


def opens_block(line: str) -> bool:
    """Whether a line can only be the start of a block, never the rest of a sentence."""
    return bool(heading_level(line) or _ITEM.match(line))


def wrap_width(lengths: list[int]) -> int | None:
    """The width at which a text was wrapped, from the lengths of its unfinished lines.

    None where the lines were not wrapped: most unfinished lines of a wrapped text are about
    as long as the longest.
    """
    if len(lengths) < _WRAPPED_LINES:
        return None
    width = max(lengths)
    full = sum(length >= width - _WRAP_SLACK for length in lengths)
    return width - _WRAP_SLACK if full >= len(lengths) * 0.6 else None
