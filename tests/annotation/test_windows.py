"""Text that made-up reports share with real ones, or with each other, is found."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.annotation._windows import alike_reports, shared_windows
from makers import make_report

REAL = make_report("县政府全年办理行政复议案件若干并依法公开了全部结果。", name="real-2020")
TWENTY = "办理行政复议案件若干并依法公开了全部结果"


def shared(text: str, *expressions: str) -> list[tuple[str, str]]:
    """The findings on a made-up report with this text, but those on the expressions."""
    made_up = make_report(text)
    return [
        (each.segment, each.text)
        for each in shared_windows([made_up], [REAL], expressions)
        if each.segment
    ]


class TestShared:
    def test_twenty_characters_are_found_with_their_segment(self):
        assert len(TWENTY) == 20
        text = f"一、工作\n去年我镇{TWENTY}，很好。"
        assert shared(text) == [("made-2020-s002", TWENTY)]

    def test_the_width_of_marks_and_figures_makes_no_difference(self):
        real = make_report("二、工作，全年办理各类复议案件１２件，都已公开。", name="real-2020")
        made_up = make_report("今年,全年办理各类复议案件12件,都已公开。")
        # 20 characters: from the comma on, and the last mark is the same in both
        (found,) = shared_windows([made_up], [real], ())
        assert found.text == ",全年办理各类复议案件12件,都已公开。"

    def test_nineteen_are_not(self):
        assert shared(f"去年我镇{TWENTY[1:]}，很好。") == []

    def test_a_longer_stretch_is_found_once_and_whole(self):
        assert shared(f"今年{REAL.text}") == [("made-2020-s001", REAL.text)]

    def test_two_stretches_are_found_apart(self):
        found = shared(f"去岁{TWENTY}，今日{TWENTY}，很好。")
        assert found == [("made-2020-s001", TWENTY)] * 2

    def test_white_space_and_line_breaks_are_no_difference(self):
        assert shared(f"去年我镇{TWENTY[:9]} A。\n") == []
        assert shared(f"一、工作\n{TWENTY[:12]}　{TWENTY[12:]}了。") == [("made-2020-s002", TWENTY)]

    def test_a_stretch_may_begin_in_one_segment_and_end_in_the_next(self):
        real = make_report("做好下列工作。\n依法处理全部复议案件和诉讼案件。", name="real-2020")
        made_up = make_report("我镇要做好下列工作。\n依法处理全部复议案件和诉讼案件的问题。")
        (found,) = shared_windows([made_up], [real], [])
        assert (found.segment, found.text) == (
            "made-2020-s001",
            "做好下列工作。依法处理全部复议案件和诉讼案件",
        )

    def test_an_allowed_expression_counts_as_one_character(self):
        # of the 20 shared characters 6 become one
        assert shared(f"去年我镇{TWENTY}，很好。", "行政复议案件") == []
        # 行政复议案件 and 19 others: 20 characters again, 县政府全年 before it included
        whole = f"今年{REAL.text}"
        assert shared(whole, "行政复议案件") == [
            ("made-2020-s001", REAL.text.replace("行政复议案件", "…"))
        ]

    def test_the_longer_of_two_expressions_is_taken(self):
        assert shared(f"去年我镇{TWENTY}，很好。", "案件", "行政复议案件若干并依法公开了") == []


@pytest.mark.parametrize("text", ["去年我镇办理行政复议。", "另一篇。"])
def test_an_expression_that_nothing_shares_is_found(text):
    found = list(shared_windows([make_report(text)], [REAL], ["行政复议案件"]))
    assert [(each.check, each.segment, each.text) for each in found] == [
        ("window", "", "行政复议案件")
    ]
    assert "Drop it" in found[0].message


@given(st.integers(0, 40), st.integers(0, 40))
def test_whatever_is_copied_is_found_if_it_is_long_enough(start, length):
    source = make_report(f"{string.ascii_letters}。", name="real-2020")
    copied = string.ascii_letters[start : start + length]
    found = list(shared_windows([make_report(f"县里{copied}，很好。")], [source], []))
    assert [each.text for each in found] == ([copied] if len(copied) >= 20 else [])


class TestAlike:
    # 112 different characters and a full stop, 113: 102 windows of 12
    LONG = "".join(map(chr, range(0x4E00, 0x4E70)))

    def pair(self, copied: int) -> list[str]:
        """Findings on two reports of which one begins with so many characters of the other."""
        rest = "".join(map(chr, range(0x6000, 0x6000 + 200 - copied)))
        reports = [
            make_report(f"{self.LONG}。", name="a-2020"),
            make_report(f"{self.LONG[:copied]}{rest}。", name="b-2020"),
        ]
        return [each.text for each in alike_reports(reports)]

    def test_fifteen_percent_of_the_shorter_may_be_shared(self):
        # 26 characters are 15 windows, 15/102 = 14.7%; of the longer they are 15/190 = 7.9%
        assert self.pair(26) == []

    def test_more_may_not(self):
        # 27 characters are 16 windows, 16/102 = 15.7%
        assert self.pair(27) == ["a-2020, b-2020"]

    def test_every_pair_is_compared(self):
        reports = [make_report(f"{self.LONG}。", name=f"{name}-2020") for name in "abc"]
        assert len(list(alike_reports(reports))) == 3

    def test_texts_too_short_for_a_window_share_nothing(self):
        assert (
            list(alike_reports([make_report("法治。"), make_report("法治。", name="b-2020")])) == []
        )
