"""Texts to predict: reports and lines of segments, from files, folders and a stream."""

import io
from pathlib import Path

import pytest

from fazhi._paths import room
from fazhi.corpus import STDIN, load_examples, read_inputs
from fazhi.errors import InputError

LINE = '{"id": "a", "text": "县政府"}\n'


def read(*inputs: Path, stdin: bytes = b""):
    return list(read_inputs(inputs, io.BytesIO(stdin)))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "b.txt").write_text("工作报告\n一、成效\n县政府办结案件。", encoding="utf-8")
    (tmp_path / "deep/b.txt").write_text("县政府办结案件。", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(LINE, encoding="utf-8")
    (tmp_path / "notes.md").write_text("?", encoding="utf-8")
    return tmp_path


def test_a_raw_report_gives_the_segments_of_the_corpus():
    examples = load_examples(room("corpus"), ["validation"])
    found = read(room("corpus") / "raw" / "guancheng-2022.txt")
    assert found == [each.segment for each in examples]


def test_what_was_written_of_a_segment_is_read_again(tmp_path):
    segments = [each.segment for each in load_examples(room("corpus"), ["validation"])]
    path = tmp_path / "segments.jsonl"
    path.write_text("".join(f"{each.model_dump_json()}\n" for each in segments), encoding="utf-8")
    assert read(path) == segments
    assert read(STDIN, stdin=path.read_bytes()) == segments


def test_a_folder_gives_its_files_in_order_by_their_paths_in_it(folder):
    assert [each.id for each in read(folder)] == [
        *("a", "b-s001", "b-s002", "b-s003"),
        "deep/b-s001",
    ]


def test_a_line_needs_only_an_id_and_a_text(folder):
    (found,) = read(folder / "a.jsonl")
    assert found.model_dump() == {
        "id": "a",
        "report": "a",
        "kind": "paragraph",
        "start": 0,
        "end": 3,
        "text": "县政府",
        "heading_path": (),
    }


def test_a_stream_without_a_brace_is_a_report():
    assert [each.id for each in read(STDIN, stdin="县政府\n办结案件。".encode())][:1] == [
        "stdin-s001"
    ]


def test_a_line_is_read_only_when_it_is_asked_for():
    lines = io.BytesIO(LINE.encode() + b"{broken\n")
    found = read_inputs([STDIN], lines)
    assert next(found).id == "a"
    with pytest.raises(InputError, match=r"stdin, line 2: invalid JSON"):
        next(found)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a"}', "line 1: key 'text': Field required"),
        ('{"id": "a", "text": ""}', "line 1: the text is empty"),
        ('{"id": "a", "text": "x", "label": 1}', "line 1: key 'label'"),
        ('{"id": "a", "text": 1}', "line 1: key 'text'"),
        (r'{"id": "a", "text": "x\ud83d"}', "line 1: it holds half of a surrogate pair"),
        (r'{"id": "\udc00", "text": "x"}', "line 1: it holds half of a surrogate pair"),
    ],
)
def test_a_line_that_is_no_segment_is_refused(line, reason):
    with pytest.raises(InputError, match=reason):
        read(STDIN, stdin=line.encode())


def test_two_reports_of_one_name_are_refused(folder):
    with pytest.raises(InputError, match="a second report is called 'b'"):
        read(folder / "b.txt", folder / "deep/b.txt")


def test_a_folder_without_texts_is_refused(tmp_path):
    with pytest.raises(InputError, match="the folder holds no texts"):
        read(tmp_path)


def test_an_empty_stream_is_refused():
    with pytest.raises(InputError, match="the standard input is empty"):
        read(STDIN)
