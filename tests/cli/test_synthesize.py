"""`fazhi corpus synthesize`: reports on the standard output or in a file, whole or not at all."""

import subprocess

import pytest

from commands import FAZHI, run
from fazhi.corpus import read_recombined

WORDS = ("corpus", "synthesize", "--reports", "3", "--seed", "5", "--split", "train")


@pytest.fixture(scope="module")
def done():
    return run(*WORDS)


def test_a_line_for_each_report_is_printed(done):
    assert done.returncode == 0
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == [
        f'{{"id":"synthetic-00000{number}"' for number in (1, 2, 3)
    ]


def test_it_says_what_the_reports_are_made_from(done):
    assert "Making 3 reports from 90 segments (90 of train) …" in done.stderr


def test_a_file_holds_what_would_be_printed(done, tmp_path):
    path = tmp_path / "reports.jsonl"
    written = run(*WORDS, "--out", path)
    assert written.returncode == 0
    assert written.stdout == ""
    assert f"The reports are in {path}." in written.stderr
    assert path.read_text("utf-8") == done.stdout
    assert len(list(read_recombined(path))) == 3


def test_the_layout_of_a_page_comes_where_it_is_asked_for(done):
    assert '"raw":null' in done.stdout
    assert '"raw":null' not in run(*WORDS, "--raw").stdout


@pytest.mark.parametrize("split", ["validation", "test"])
def test_no_report_is_made_from_what_is_scored(split):
    refused = run("corpus", "synthesize", "--reports", "1", "--split", split)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert f"no split to make reports from is called '{split}'" in refused.stderr


def test_a_file_in_the_corpus_is_not_written():
    refused = run(*WORDS, "--out", "corpus/sources.toml")
    assert refused.returncode == 2
    assert "would replace its own input" in refused.stderr


def test_a_reader_who_has_seen_enough_may_leave():
    """As `| head` does."""
    command = f"{FAZHI} corpus synthesize --reports 100000 --split train | head -c 20"
    found = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert found.stdout == '{"id":"synthetic-000'
    assert "Error" not in found.stderr
