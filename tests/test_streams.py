"""Long files are written line by line, whole or not at all, and read line by line."""

import pytest

from fazhi._files import stream_jsonl
from fazhi._streams import replacing, write_lines
from fazhi.errors import InputError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "long.jsonl"


def test_lines_are_written_as_utf_8(path):
    write_lines(path, ["法", "治"])
    assert path.read_bytes() == "法\n治\n".encode()


def test_lines_are_asked_for_only_when_the_one_before_is_written(path):
    """So that no more than one of them is held."""
    seen = []
    write_lines(path, (seen.append(len(seen)) or str(len(seen)) for _ in range(3)))
    assert path.read_text("utf-8") == "1\n2\n3\n"


def test_lines_that_break_off_leave_the_old_file_and_no_temporary_one(path):
    write_lines(path, ["old"])

    def lines():
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_lines(path, lines())
    assert path.read_text("utf-8") == "old\n"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_nothing_stands_at_the_place_before_all_is_written(path):
    with replacing(path) as stream:
        stream.write(b"begun")
        assert not path.exists()
    assert path.read_bytes() == b"begun"


def test_a_place_below_a_file_is_refused(path):
    write_lines(path, ["a file"])
    with pytest.raises(InputError, match="cannot be written"):
        write_lines(path / "below", [])


class TestReading:
    def test_objects_come_with_their_line_numbers(self, path):
        write_lines(path, ['{"id": 1}', "", '{"id": "法"}'])
        assert list(stream_jsonl(path)) == [(1, {"id": 1}), (3, {"id": "法"})]

    def test_the_first_is_read_before_a_broken_second(self, path):
        write_lines(path, ['{"id": 1}', "{"])
        found = stream_jsonl(path)
        assert next(found) == (1, {"id": 1})
        with pytest.raises(InputError, match="line 2: invalid JSON"):
            next(found)

    def test_another_encoding_is_named_with_its_line(self, path):
        path.parent.mkdir()
        path.write_bytes(b"{}\n" + "法治政府建设".encode("gb18030"))
        with pytest.raises(InputError, match="line 2: the file is not UTF-8 but looks like"):
            list(stream_jsonl(path))

    @pytest.mark.parametrize("content", [b"", None])
    def test_an_empty_or_missing_file_is_refused(self, path, content):
        path.parent.mkdir()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(InputError, match=r"long\.jsonl: (the file is empty|there is no such)"):
            list(stream_jsonl(path))
