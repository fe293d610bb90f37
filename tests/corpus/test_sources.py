"""`sources.toml` says what is known, and says what is not."""

import tomllib

import pytest

from fazhi._paths import room
from fazhi.corpus import find_report, read_report, read_sources
from fazhi.errors import InputError, MismatchError, UnknownName

ENTRY = """
[[report]]
id = "made-2020"
file = "raw/made-2020.txt"
sha256 = "{sha256}"
split = "train"
issuer = "unknown"
province = "河南省"
region = "某县"
region_code = "410000"
level = "county"
year = 2020
signed = "2021-01-05"
published = "unknown"
source = "unknown"
"""
ZEROS = "0" * 64


@pytest.fixture
def sources(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(ENTRY.format(sha256=ZEROS), encoding="utf-8")
    return path


def test_unknown_becomes_none_and_dates_are_dates(sources):
    (source,) = read_sources(sources)
    assert source.issuer is None
    assert source.signed is not None
    assert source.signed.isoformat() == "2021-01-05"


def test_every_key_is_stated_for_every_report():
    entries = tomllib.loads((room("corpus") / "sources.toml").read_text("utf-8"))["report"]
    assert all(entry.keys() == entries[0].keys() for entry in entries)


def test_splits_are_those_of_the_design():
    splits = {source.id: source.split for source in read_sources(room("corpus") / "sources.toml")}
    assert splits == {
        "xincai-2022": "train",
        "puyangxian-2021": "train",
        "guancheng-2022": "validation",
        "guangshan-2023": "test",
        "xinxiang-2023": "test",
    }


def test_what_the_text_states_is_what_is_recorded(reports):
    for report in reports.values():
        if report.source.signed:
            day = report.source.signed
            assert report.text.endswith(f"{day.year}年{day.month}月{day.day}日")
        if report.source.published:
            assert f"时间:{report.source.published}" in report.raw


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('level = "county"', 'level = "planet"', "level"),
        ("year = 2020", 'year = "x"', "year"),
        ('region = "某县"\n', "", "region"),
        ('id = "made-2020"', 'id = "Made"', "id"),
        ("year = 2020", "year = 2020\ncolour = 1", "colour"),
    ],
)
def test_a_bad_entry_is_named(sources, old, new, named):
    sources.write_text(sources.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=rf"sources\.toml: key '{named}': .*It is in report 1"):
        read_sources(sources)


def test_invalid_toml_names_the_line(sources):
    sources.write_text("[[report]]\nid =\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_sources(sources)


def test_an_id_that_occurs_twice_is_refused(sources):
    sources.write_text(sources.read_text("utf-8") * 2, encoding="utf-8")
    with pytest.raises(InputError, match="'made-2020' occurs twice"):
        read_sources(sources)


def test_a_raw_file_that_changed_is_refused(sources):
    raw = sources.parent / "raw" / "made-2020.txt"
    raw.parent.mkdir()
    raw.write_text("报告。", encoding="utf-8")
    (source,) = read_sources(sources)
    with pytest.raises(MismatchError, match="SHA-256"):
        read_report(source, sources.parent)


def test_an_unknown_report_names_the_nearest(reports):
    with pytest.raises(UnknownName, match="xincai-2022"):
        find_report(list(reports.values()), "xincai-2021")
