"""`fazhi predict` on files, folders and streams: the same predictions by every way."""

import json
import os
import pty
import subprocess
import sys

import pytest

from commands import TOP, run

RAW = TOP / "corpus/raw/guancheng-2022.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a model, what it says of validation, and the segments of it."""
    folder = tmp_path_factory.mktemp("predict")
    assert run("train", "rules", "--out", "model", cwd=folder).returncode == 0
    words = ("--split", "validation", "--out", "split.jsonl", "--segments", "segments.jsonl")
    done = run("predict", "model", *words, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def fed(folder, text: str, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "fazhi", "predict", "model", *words]
    return subprocess.run(
        command, cwd=folder, input=text, capture_output=True, text=True, check=False
    )


def test_a_raw_report_is_predicted_as_its_split(folder):
    done = run("predict", "model", RAW, cwd=folder)
    assert done.stdout == (folder / "split.jsonl").read_text("utf-8")


def test_so_are_its_segments_from_a_file_and_a_folder(folder, tmp_path):
    due = (folder / "split.jsonl").read_text("utf-8")
    (tmp_path / "segments.jsonl").write_bytes((folder / "segments.jsonl").read_bytes())
    for source in (tmp_path / "segments.jsonl", tmp_path):
        assert run("predict", "model", source, cwd=folder).stdout == due


def test_and_from_the_standard_input(folder):
    given = (folder / "segments.jsonl").read_text("utf-8")
    assert fed(folder, given, "-").stdout == (folder / "split.jsonl").read_text("utf-8")


def test_a_report_from_the_standard_input(folder):
    found = fed(folder, RAW.read_text("utf-8"), "-").stdout
    due = (folder / "split.jsonl").read_text("utf-8")
    assert found == due.replace("guancheng-2022", "stdin")


def test_predict_is_a_program_that_eval_can_start(folder):
    words = ("--split", "validation", "--json")
    program = run("eval", "--program", f"{sys.executable} -m fazhi predict model -", *words,
                  cwd=folder)  # fmt: skip
    model = run("eval", "--model", "model", *words, cwd=folder)
    assert json.loads(program.stdout)["scores"] == json.loads(model.stdout)["scores"]


def test_offsets_lead_into_the_segments_that_are_written_beside(folder, tmp_path):
    report = tmp_path / "mine.txt"
    report.write_text("一、成效\n县司法局办结案件71件。", encoding="utf-8")
    words = ("--out", tmp_path / "p.jsonl", "--segments", tmp_path / "s.jsonl")
    assert run("predict", "model", report, *words, cwd=folder).returncode == 0
    said, segments = (
        [json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()]
        for name in ("p.jsonl", "s.jsonl")
    )
    assert [each["id"] for each in said] == [each["id"] for each in segments]
    surfaces = [
        segment["text"][entity["start"] : entity["end"]]
        for prediction, segment in zip(said, segments, strict=True)
        for entity in prediction["entities"]
    ]
    assert "71件" in surfaces


def test_what_was_done_is_told_at_the_end(folder):
    done = run("predict", "model", RAW, "--out", "told.jsonl", cwd=folder)
    (line,) = done.stderr.splitlines()
    assert line.startswith("Predicted 34 segments, 3,195 characters, ")
    assert line.endswith(" per second; they are in told.jsonl.")


def test_on_a_terminal_a_bar_tells_how_far_it_has_come(folder):
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "fazhi", "predict", "model", RAW, "--out", "bar.jsonl"],
        cwd=folder, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
        check=False,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "3,195 of 3,195 characters" in shown
    assert "/s" in shown


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("model", RAW, "--split", "test"), "give inputs or --split, not both"),
        (("model", RAW, "--bf16"), "only a network that was not exported computes with bfloat16"),
        (("model", "--out", "model/x.jsonl"), "would replace its own input"),
        (("model", "split.jsonl", "--out", "split.jsonl"), "would replace its own input"),
        (("model", "nowhere.txt"), "there is no such file"),
        (("model", "split.jsonl"), "line 1: key 'text': Field required. A line is"),
    ],
)
def test_what_cannot_be_is_refused(words, reason, folder):
    done = run("predict", *words, cwd=folder)
    assert done.returncode == 2
    assert reason in done.stderr


def test_predictions_that_are_broken_off_leave_no_file(folder, tmp_path):
    broken = tmp_path / "x.jsonl"
    broken.write_text('{"id": "a", "text": "县政府"}\n{}\n', encoding="utf-8")
    done = run("predict", "model", broken, "--out", "broken.jsonl", cwd=folder)
    assert done.returncode == 2
    assert not (folder / "broken.jsonl").exists()
