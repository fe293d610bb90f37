"""What pretraining texts share with the reports."""

from fazhi.baselines._pretraining._contamination import Overlap, overlap, report_windows

REPORT = "县政府坚持依法行政，全面推进政务公开，办理行政复议案件二十三件，群众满意度进一步提高。"
WINDOWS = report_windows([REPORT])


def test_windows_of_twenty_characters_without_punctuation():
    # 39 characters that are no punctuation: 39 - 20 + 1 windows
    assert sum(map(str.isalnum, REPORT)) == 39
    assert len(WINDOWS) == 20
    assert "县政府坚持依法行政全面推进政务公开办理行" in WINDOWS


def test_another_text_shares_nothing():
    assert overlap(
        "本条例自公布之日起施行，由市人民政府负责解释，具体办法另行制定。", WINDOWS
    ) == Overlap(0, 0)


def test_a_whole_copy_is_one_passage_whatever_its_punctuation():
    copy = REPORT.replace("，", ",")
    assert overlap(f"据了解，{copy}特此公告", WINDOWS) == Overlap(windows=20, longest=39)


def test_passages_are_measured_one_by_one():
    # the first 21 characters make 2 windows, the last 25 make 6
    bare = "".join(filter(str.isalnum, REPORT))
    assert overlap(f"{bare[:21]}某{bare[-25:]}", WINDOWS) == Overlap(windows=8, longest=25)


def test_less_than_a_window_is_nothing():
    assert overlap(REPORT[:20], WINDOWS) == Overlap(0, 0)
