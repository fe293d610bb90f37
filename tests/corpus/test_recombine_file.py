"""Files of made-up reports are read as they were written, and only some splits lend anything."""

import pytest

from fazhi._files import to_jsonl
from fazhi._paths import room
from fazhi._streams import write_lines
from fazhi.corpus import load_lenders, read_recombined, recombine
from fazhi.errors import InputError, UnknownName


@pytest.fixture(scope="module")
def reports():
    lent = load_lenders(room("corpus"), ["train"])["train"]
    return list(recombine(lent, 3, seed=0, raw=True))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reports.jsonl"


def test_what_is_written_is_read(reports, path):
    write_lines(path, (report.model_dump_json() for report in reports))
    assert list(read_recombined(path)) == reports


def test_reports_are_read_one_at_a_time(reports, path):
    write_lines(path, [reports[0].model_dump_json(), "{"])
    found = read_recombined(path)
    assert next(found) == reports[0]
    with pytest.raises(InputError, match="line 2: invalid JSON"):
        next(found)


def moved_text(row):
    row["text"] = " " + row["text"]


def moved_span(row):
    spans = [each["gold"]["entities"] for each in row["examples"] if each["gold"]["entities"]]
    spans[0][0]["end"] += 1


def another_topic(row):
    row["examples"][0]["gold"]["topic"] = "weather"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (moved_text, "the text of synthetic-000001-s001 is not at 0:"),
        (moved_span, "in the text, but"),
        (another_topic, "examples.0.gold.topic"),
        (lambda row: row.pop("id"), "'id'"),
    ],
)
def test_a_report_that_was_tampered_with_is_refused(reports, path, change, message):
    row = reports[0].model_dump(mode="json")
    change(row)
    path.write_text(to_jsonl([row]), encoding="utf-8")
    with pytest.raises(InputError, match=r"reports\.jsonl, line 1: ") as caught:
        list(read_recombined(path))
    assert message in str(caught.value)
    assert "fazhi corpus synthesize" in str(caught.value)


class TestLenders:
    @pytest.mark.parametrize("split", ["validation", "test", "contributed", "nonsense"])
    def test_what_is_scored_or_unknown_lends_nothing(self, split):
        with pytest.raises(UnknownName, match=f"no split to make reports from is called '{split}'"):
            load_lenders(room("corpus"), [split])

    def test_all_that_may_lend_does_if_nothing_is_said(self):
        lent = load_lenders(room("corpus"))
        assert "train" in lent
        assert set(lent) <= {"train", "synthetic"}
        assert all(lent.values())

    def test_a_split_that_is_named_twice_lends_once(self):
        assert list(load_lenders(room("corpus"), ["train", "train"])) == ["train"]

    def test_the_order_in_which_splits_are_named_does_not_matter(self):
        splits = ["synthetic", "train"]
        assert list(load_lenders(room("corpus"), splits)) == ["train", "synthetic"]
