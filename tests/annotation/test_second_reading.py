"""What the second reading of made-up reports says of the first."""

import pytest

from fazhi._paths import room
from fazhi.annotation import error_rates, read_second_reading
from fazhi.corpus import SYNTHETIC, load_examples
from fazhi.errors import InputError, MismatchError
from makers import make_example

COMMITTED = room("corpus") / SYNTHETIC / "second_reading.toml"

EXAMPLES = [
    make_example(
        "县司法局办理案件71件、文件2件。",
        ("县司法局", "AGENCY", "government"),
        ("71件", "METRIC", "count"),
        ("2件", "METRIC", "count"),
        name="made-2020-s001",
        facts=(("71件", "案件", "71 件"), ("2件", "文件", "2 件")),
    ),
    make_example("一、学法", name="made-2020-s002", role="heading"),
    make_example("局长办公室", name="other-2020-s001", role="other", topic=None),
]
HEAD = 'annotator = "x"\nmethod = "y"\nguidelines = "1.4"\nreports = ["made-2020"]\n'
DIFFERENCE = """
[[differences]]
segment = "made-2020-s001"
about = "indicator"
place = "71件"
first = "办理案件"
second = "案件"
kept = "案件"
reason = "F1"
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "second_reading.toml"
    path.write_text(HEAD + DIFFERENCE, encoding="utf-8")
    return path


def test_marks_are_counted_in_the_reports_that_were_read(path):
    rates = error_rates(read_second_reading(path, EXAMPLES), EXAMPLES)
    assert {about: rate.marks for about, rate in rates.items()} == {
        "AGENCY": 1, "LEGAL": 0, "METRIC": 2, "kind": 3,
        "role": 2, "topic": 2, "indicator": 2, "value": 2,
    }  # fmt: skip


def test_an_error_is_a_difference_in_which_the_first_was_not_kept(path):
    kept = DIFFERENCE.replace("71件", "2件").replace('first = "办理案件"', 'first = "文件"')
    kept = kept.replace('kept = "案件"', 'kept = "文件"')
    path.write_text(HEAD + DIFFERENCE + kept, encoding="utf-8")
    rate = error_rates(read_second_reading(path, EXAMPLES), EXAMPLES)["indicator"]
    assert (rate.differences, rate.errors) == (2, 1)


def test_a_mark_that_is_not_what_was_decided_is_found(path):
    path.write_text(HEAD + DIFFERENCE.replace('kept = "案件"', 'kept = "办理案件"'), "utf-8")
    with pytest.raises(MismatchError, match=r"made-2020-s001: 71件 does not have the indicator"):
        read_second_reading(path, EXAMPLES)


def test_a_segment_of_another_report_is_refused(path):
    path.write_text(HEAD + DIFFERENCE.replace("made-2020-s001", "other-2020-s001"), "utf-8")
    with pytest.raises(InputError, match="other-2020-s001 is no segment of its reports"):
        read_second_reading(path, EXAMPLES)


def test_the_committed_one_is_of_a_tenth_and_holds():
    made_up = load_examples(room("corpus"), [SYNTHETIC])
    reading = read_second_reading(COMMITTED, made_up)
    assert len(reading.reports) * 10 == len({each.segment.report for each in made_up})
    assert sum(rate.differences for rate in error_rates(reading, made_up).values()) == len(
        reading.differences
    )
