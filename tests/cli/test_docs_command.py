"""`fazhi docs` in a copy of the checkout that may come to harm."""

import pytest

from commands import copy_checkout, run_copy


@pytest.fixture
def copy(tmp_path):
    return copy_checkout(tmp_path / "copy")


def change(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_what_is_out_of_date_is_named_and_written_anew(copy):
    written = {
        "README.md": "(AGENCY ",
        "DATASHEET.md": "| METRIC ",
        "corpus/segment.svg": "METRIC count",
        "baselines/results/crf/README.md": "| METRIC",
    }
    before = {name: (copy / name).read_text("utf-8") for name in written}
    for name, part in written.items():
        assert part in before[name]
        change(copy / name, part, "")
    card = copy / "baselines" / "results" / "rules" / "README.md"
    card.unlink()
    done = run_copy(copy, "docs", "--check")
    assert done.returncode == 2
    first = copy / "README.md"
    assert f"{first}: its generated part is out of date. Run: fazhi docs" in done.stderr
    assert run_copy(copy, "docs").returncode == 0
    assert {name: (copy / name).read_text("utf-8") for name in written} == before
    assert card.exists()


def test_a_lost_marker_is_named(copy):
    change(copy / "DATASHEET.md", "<!-- begin rare -->", "")
    done = run_copy(copy, "docs")
    assert done.returncode == 2
    assert "the markers of the block 'rare' are missing" in done.stderr


def test_the_first_rows_of_the_readmes_come_with_the_leaderboard(copy):
    pages = [copy / "README.md", copy / "README.zh-CN.md"]
    before = [path.read_text("utf-8") for path in pages]
    for path in pages:
        change(path, "| 1 |", "| 9 |")
    assert run_copy(copy, "leaderboard", "--check").returncode == 2
    assert run_copy(copy, "leaderboard", "--write").returncode == 0
    assert [path.read_text("utf-8") for path in pages] == before
