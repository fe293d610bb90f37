"""Which lines belong to the page that carried a report, and not to the report.

Bylines, breadcrumbs and captions are looked for only above and below the running text; page
numbers stand anywhere, but a bare numeral is one only if it counts pages.
"""

import re

_BREADCRUMB = re.compile(r"(?:首页|(?:您|你)?(?:现在|当前)?(?:的)?位置[:：]).*[>＞»]")
_BYLINE_WORD = (
    r"(?:发布时间|发布日期|时间|日期|信息来源|来源|作者|浏览次数|阅读次数|点击数|责任编辑|编辑|"
    r"索引号|字体|字号|信息分类|发布机构|主题词)"
)
_BYLINE = re.compile(rf"[【\[]?{_BYLINE_WORD}[:：]")
_SITE_LINE = re.compile(rf".*(?:www\.|https?:|网站|政府网).*{_BYLINE_WORD}[:：]")
_CAPTION = re.compile(
    r"扫一扫.*|(?:[【\[]?(?:打印|关闭|打印本页|关闭窗口|返回顶部|分享到|收藏|大|中|小)[:：]?[】\]]?)+"
    r"|(?:上一篇|下一篇)[:：].*|.*(?:版权所有|ICP备|公网安备).*"
)
_LINE_MAX = 120
_DECORATED_NUMBER = re.compile(r"[-—－–·]+\d{1,3}[-—－–·]+|第\d{1,3}页(?:[,，]?共\d{1,3}页)?")
_BARE_NUMBER = re.compile(r"\d{1,3}")


def furniture(lines: list[str]) -> set[int]:
    """The indices of the lines that are page furniture."""
    sentences = [index for index, line in enumerate(lines) if "。" in line]
    first, last = (sentences[0], sentences[-1]) if sentences else (len(lines), -1)
    around = {
        index
        for index, line in enumerate(lines)
        if not first <= index <= last and _is_page_text(line)
    }
    return around | _page_numbers(lines)


def _is_page_text(line: str) -> bool:
    if len(line) > _LINE_MAX:
        return False
    return any(
        (
            _BREADCRUMB.match(line),
            _BYLINE.match(line),
            _SITE_LINE.match(line),
            _CAPTION.fullmatch(line),
        )
    )


def _page_numbers(lines: list[str]) -> set[int]:
    """Decorated numbers, and bare ones if each is one more than the one before."""
    found = {i for i, line in enumerate(lines) if _DECORATED_NUMBER.fullmatch(line)}
    bare = [i for i, line in enumerate(lines) if _BARE_NUMBER.fullmatch(line)]
    values = [int(lines[i]) for i in bare]
    if len(values) > 1 and values == list(range(values[0], values[0] + len(values))):
        found |= set(bare)
    return found
