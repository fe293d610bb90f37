"""Noise of pages and files comes off again, so that a made-up report has a raw form."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fazhi.corpus import _noise as noise
from fazhi.corpus import normalise
from fazhi.corpus._noise import add_noise

TITLE = "青垣县人民政府关于2021年度法治政府建设情况的报告"
BODY = "县政府全年办理行政复议案件71件，制定规范性文件12件，清理文件3批；审查合同207份，"
TEXT = "\n".join(
    [
        TITLE,
        "一、主要工作",
        f"（一）依法履职。{BODY * 60}按期办结。",
        "青垣县人民政府",
        "2022年1月20日",
    ]
)
LINES = st.sampled_from(
    [
        *("一、主要工作", "（二）规范执法", "1.基层基础", "依法行政能力有待提高", "一是健全制度。"),
        *("二是办理案件12件，罚款3.5万元", "全年受理 A B 类案件5件。", "专此报告。", "第3页", "7"),
        *("首页>政务公开", "发布时间：2022-01-01", "县政府：", "青垣县人民政府", "2022年1月20日"),
        *(
            BODY * 3,
            f"{BODY * 16}完成。",
            "推进“放管服”改革(2021-2025年)",
            "１２",
            "",
            "\t表\t格\t甲",
        ),
    ]
)


@st.composite
def texts(draw):
    """A text that normalisation leaves as it is, with or without a title."""
    lines = [*draw(st.sampled_from([[], [TITLE]])), *draw(st.lists(LINES, max_size=12))]
    text = normalise("\n".join(lines)).text
    assume(normalise(text).text == text)
    return text


@pytest.fixture(params=range(3), ids=["page", "pdf", "word"])
def carrier(request, monkeypatch):
    """One of the carriers, as the only one."""
    monkeypatch.setattr(noise, "_CARRIERS", (noise._CARRIERS[request.param],))


def raws() -> list[str]:
    return [add_noise(TEXT, f"seed {number}", 2021) for number in range(30)]


@given(texts(), st.text(max_size=8), st.integers(2004, 2100))
def test_it_comes_off_any_text_again(text, seed, year):
    assert normalise(add_noise(text, seed, year)).text == text


@given(texts(), st.text(max_size=8))
def test_the_offset_map_leads_every_character_to_itself_in_the_raw_form(text, seed):
    raw = add_noise(text, seed, 2021)
    found = normalise(raw)
    for offset, char in enumerate(text):
        start, end = found.offsets.to_raw(offset, offset + 1)
        assert raw[start:end] == char or (char.isspace() and raw[start:end].isspace())
        assert found.offsets.to_normalised(start, end) == (offset, offset + 1)


def test_it_comes_off_every_made_up_report_again_and_is_there(made_up):
    for each in made_up:
        assert normalise(each.report.raw).text == each.report.text
        assert len(each.report.raw) > len(each.report.text)


def test_the_same_seed_gives_the_same_noise_and_another_another():
    assert add_noise(TEXT, "a", 2021) == add_noise(TEXT, "a", 2021)
    assert len(set(raws())) == 30


def test_what_it_adds_is_only_what_normalisation_takes_away(made_up):
    """Each kind that the real raw files show is there, in several reports."""
    kinds = {
        "breadcrumb": r"首页 (?:>|>>|») ",
        "day of publication": r"(?:时间|日期)[:：]20\d\d-\d\d-\d\d",
        "buttons": r"打印.*关闭|关闭.*打印",
        "foot": r"扫一扫|[上下]一篇|版权所有",
        "page number": r"\n(?:[-—] \d+ [-—]|第\d+页 共\d+页|\d+)\n\f",
        "broken sentence": r"[^。！？；：”）\n]\n(?:[-—] 1 [-—]|第1页|1\n)",
        "broken title": r"\A[^。]{2,40}\n+\s*(?:关于|年)",
        "spread word": r"[报总汇情]    [告结报况]",
        "full-width space": r"[\u4e00-\u9fff]\u3000[\u4e00-\u9fff]",
        "half-width space": r"[\u4e00-\u9fff] [\u4e00-\u9fff]",
        "non-breaking space": "\u00a0",
        "space around figures": r"[\u4e00-\u9fff]\s\d+\s[\u4e00-\u9fff]",
        "field code": r"\[bookmark: ",
        "invisible character": "[\u200b\ufeff\u00ad]",
        "line end of Windows": "\r\n",
        "empty line": "\n\n",
        "indentation": r"\n(?:\u3000\u3000|    |\t)\S",
    }
    found = {
        kind: sum(bool(re.search(pattern, each.report.raw)) for each in made_up)
        for kind, pattern in kinds.items()
    }
    assert {kind: times for kind, times in found.items() if times < 2} == {}


@pytest.mark.usefixtures("carrier")
def test_every_step_of_every_carrier_changes_a_report(monkeypatch):
    (steps,) = noise._CARRIERS
    for step in steps:
        monkeypatch.setattr(noise, "_CARRIERS", ((step,),))
        assert any(raw != TEXT for raw in raws())


def test_pages_are_numbered_and_cut_in_the_midst_of_a_sentence(monkeypatch):
    monkeypatch.setattr(noise, "_CARRIERS", ((noise._break_pages,),))
    for raw in raws():
        pages = raw.split("\n\f")
        assert len(pages) > 2
        for number, page in enumerate(pages, start=1):
            text, _, below = page.rpartition("\n")
            assert re.findall(r"\d+", below)[0] == str(number)
            assert page is pages[-1] or not text.endswith(("。", "；", "："))


def test_noise_that_would_not_come_off_is_left_out(monkeypatch):
    def spoil(text, *_):
        return f"{text}完。"

    monkeypatch.setattr(noise, "_CARRIERS", ((spoil,),))
    assert add_noise(TEXT, "a", 2021) == TEXT


def test_a_text_without_words_stays_empty():
    assert normalise(add_noise("", "a", 2021)).text == ""
