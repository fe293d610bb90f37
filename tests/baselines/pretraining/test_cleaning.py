"""Texts as found become paragraphs of prose."""

import pytest

from fazhi.baselines._pretraining._cleaning import paragraphs

LAW = """---
title: 某条例
---
# 某市某条例

2020年1月1日 某市人民代表大会通过

<!-- INFO END -->

## 第一章  总 则

第一条 为了**规范**管理，制定本条例。

- 见[总则](a.md)的规定

| 序号 | 事项 |
| --- | --- |
"""


def test_marks_go_and_paragraphs_stay():
    assert paragraphs(LAW) == [
        "某市某条例",
        "2020年1月1日某市人民代表大会通过",
        "第一章总则",
        "第一条为了规范管理，制定本条例。",
        "见总则的规定",
    ]


def test_the_buttons_of_a_page_go():
    lines = [
        "下载",
        "打印",
        "【字号：",
        "加大",
        "】",
        "某省政府工作报告",
        "一年来，成绩很大。",
        "相关报道：",
    ]
    found = paragraphs("\n".join(lines))
    assert found == ["某省政府工作报告", "一年来，成绩很大。"]


@pytest.mark.parametrize("text", ["", "附则", "1234567", "甲乙丙\t丁\t戊己庚", "abc def"])
def test_what_is_no_prose_is_left_out(text):
    assert paragraphs(text) == []


def test_characters_are_not_replaced():
    text = "“依法行政”—，,（(）)％ＡＢ①㎡。"
    assert paragraphs(text) == [text]
