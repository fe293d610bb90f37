"""What is no submission at all is refused at once, whatever stands at the path."""

import errno
import os
import socket

import pytest

from fazhi.errors import InputError
from fazhi.predictions import _source, check_predictions, read_submission
from makers import make_example

SEGMENTS = [make_example("县司法局受理5件。").segment]
GOOD = b'{"id": "made-2020-s001", "role": "work"}\n'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "predictions.jsonl"


def refusal(path, content: bytes | None = None) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        check_predictions(path, SEGMENTS)
    assert str(caught.value).startswith(str(path))
    return str(caught.value)


class TestPlaces:
    def test_a_pipe_is_not_waited_for(self, path):
        os.mkfifo(path)
        assert "is no regular file" in refusal(path)

    def test_a_device_that_never_ends(self, path):
        path.symlink_to("/dev/zero")
        assert "is no regular file" in refusal(path)

    def test_a_socket(self, path, monkeypatch):
        monkeypatch.chdir(path.parent)  # names of sockets are short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
            assert "cannot be read" in refusal(path)

    def test_a_folder(self, tmp_path):
        assert "cannot be read (Is a directory)" in refusal(tmp_path)

    def test_a_missing_file(self, path):
        assert "there is no such file" in refusal(path)

    def test_a_link_in_a_circle(self, path):
        path.symlink_to(path)
        assert "cannot be read" in refusal(path)

    def test_a_link_to_a_submission_is_followed(self, tmp_path, path):
        (tmp_path / "real.jsonl").write_bytes(GOOD)
        path.symlink_to(tmp_path / "real.jsonl")
        assert check_predictions(path, SEGMENTS).problems == ()

    def test_a_file_that_may_not_be_read(self, path, monkeypatch):
        def refuse(*_):
            raise PermissionError(errno.EACCES, "Permission denied")

        path.write_bytes(GOOD)
        # root, as whom tests may run, may read everything
        monkeypatch.setattr(os, "open", refuse)
        assert "cannot be read (Permission denied)" in refusal(path)


class TestLimits:
    def test_a_file_that_is_too_large_is_not_begun(self, path):
        with path.open("wb") as stream:
            stream.truncate(10**12)  # a hole: no byte of it is on disk
        assert "is larger than 100,000,000 bytes" in refusal(path)

    def test_a_line_that_is_too_long(self, path):
        message = refusal(path, GOOD + b" " * 1_000_001)
        assert "line 2: goes beyond 1,000,000 bytes" in message

    def test_a_line_of_the_greatest_length_is_read(self, path):
        path.write_bytes(GOOD.rstrip().ljust(999_999) + b"\n")
        assert check_predictions(path, SEGMENTS).problems == ()

    def test_too_many_lines(self, path, monkeypatch):
        monkeypatch.setattr(_source, "MAX_LINES", 3)
        assert "line 4: goes beyond 3 lines" in refusal(path, b"\n" * 4)

    def test_a_file_that_grows_while_it_is_read(self, path, monkeypatch):
        path.write_bytes(GOOD)
        stream = _source.open_submission(path)
        monkeypatch.setattr(_source, "MAX_BYTES", len(GOOD) - 1)
        with stream, pytest.raises(InputError, match="is larger than"):
            list(_source.numbered_lines(stream, path))


class TestEncodings:
    def test_a_byte_order_mark_of_utf_8_is_not_part_of_the_content(self, path):
        path.write_bytes(b"\xef\xbb\xbf" + GOOD)
        assert check_predictions(path, SEGMENTS).problems == ()

    @pytest.mark.parametrize(
        ("encoding", "name"),
        [("utf-16", "UTF-16LE"), ("utf-16-le", "UTF-16LE"), ("utf-16-be", "UTF-16BE")],
    )
    def test_utf_16_is_named(self, path, encoding, name):
        assert f"looks like {name}" in refusal(path, GOOD.decode().encode(encoding))

    def test_gb18030_is_named_with_its_line(self, path):
        message = refusal(path, GOOD + '{"id": "法治政府"}\n'.encode("gb18030"))
        assert "line 2: the file is not UTF-8 but looks like GB18030" in message

    def test_gb18030_is_named_in_a_file_of_which_only_the_first_part_is_looked_at(self, path):
        lines = ('{"id": "法治政府"}\n' * 100_000).encode("gb18030")
        assert "looks like GB18030" in refusal(path, lines)

    def test_what_is_amiss_beyond_that_part_is_named_with_its_line(self, path):
        message = refusal(path, b'{"id": "made"}\n' * 900 + b" " * 999_000 + b"\n\xff")
        assert "line 902: is not UTF-8 text" in message

    def test_what_is_not_text(self, path):
        assert "the file is not text" in refusal(path, b"\x89PNG\r\n\x1a\n\x00")

    def test_nothing(self, path):
        assert "the file is empty" in refusal(path, b"")


class TestFormats:
    @pytest.mark.parametrize("name", ["p.jsonl", "p.JSON", "p.ndjson", "p.txt", "p"])
    def test_json_lines_are_known_by_their_name_or_content(self, tmp_path, name):
        (tmp_path / name).write_bytes(b"\n" + GOOD)
        assert read_submission(tmp_path / name, SEGMENTS).predictions[0].role == "work"

    @pytest.mark.parametrize("name", ["p.jsonl", "p.JSONL", "p.Json"])
    def test_the_name_decides_before_the_content(self, tmp_path, name):
        (tmp_path / name).write_text("县\tO\n", encoding="utf-8")
        problems = read_submission(tmp_path / name, SEGMENTS).problems
        assert any("invalid JSON" in each.what for each in problems)

    @pytest.mark.parametrize("content", ['{"id":', '{ "id": 1}', "[{", "[", "{", "{}", "[]"])
    def test_what_begins_like_json_is_read_as_json(self, tmp_path, content):
        (tmp_path / "p").write_text(content, encoding="utf-8")
        problems = read_submission(tmp_path / "p", SEGMENTS).problems
        assert any("JSON" in each.what or "key 'id'" in each.what for each in problems)

    @pytest.mark.parametrize("first", ["{\tO", "[ O", "[UNK]\tO", "# id = made-2020-s001"])
    def test_other_content_is_tagged_text(self, tmp_path, first):
        (tmp_path / "p").write_text(f"{first}\n县\tO\n", encoding="utf-8")
        problems = read_submission(tmp_path / "p", SEGMENTS).problems
        assert not any("JSON" in each.what for each in problems)
