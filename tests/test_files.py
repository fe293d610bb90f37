"""Bad files are named, with line and remedy; good ones are written whole or not at all."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._files import decode, read_jsonl, read_text, to_json, write_text
from fazhi.errors import InputError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "input.jsonl"


def refusal(path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(read_jsonl(path))
    assert str(path) in str(caught.value)
    assert caught.value.remedy in str(caught.value)
    return str(caught.value)


class TestRefusals:
    def test_a_missing_file(self, path):
        with pytest.raises(
            InputError, match=r"input\.jsonl: there is no such file. Check the path"
        ):
            read_text(path)

    def test_a_folder(self, tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_text(tmp_path)

    def test_an_empty_file(self, path):
        assert "the file is empty" in refusal(path, b"")

    def test_gb18030_is_recognised_with_its_line(self, path):
        message = refusal(path, b"{}\n" + "法治政府建设".encode("gb18030"))
        assert "line 2: the file is not UTF-8 but looks like GB18030" in message
        assert "iconv -f GB18030 -t UTF-8" in message

    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
    )
    def test_utf_16_is_recognised(self, path, mark, encoding):
        message = refusal(path, mark + "法治".encode(encoding))
        assert f"looks like {encoding.upper().replace('UTF-16-', 'UTF-16')}" in message

    @pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\xff", b"a\x00b", b"\xff\xff\xff"])
    def test_what_is_not_text(self, path, content):
        assert "the file is not text" in refusal(path, content)

    def test_invalid_json_names_its_line(self, path):
        assert "line 3: invalid JSON" in refusal(path, b'{"id": 1}\n\n{"id": \n')

    @pytest.mark.parametrize("line", [b"NaN", b"[" * 100_000, b"[1]", b'"x"', b"1" * 5000])
    def test_a_line_that_is_no_object(self, path, line):
        assert "line 1" in refusal(path, line)

    def test_nan_inside_an_object(self, path):
        assert "NaN is not a JSON value" in refusal(path, b'{"score": NaN}')


def test_a_line_separator_inside_a_string_does_not_end_the_line(path):
    path.write_text(to_json({"id": "a\u2028b"}) + "\n", encoding="utf-8")
    assert list(read_jsonl(path)) == [(1, {"id": "a\u2028b"})]


def test_a_byte_order_mark_of_utf_8_is_not_part_of_the_content(path):
    path.write_bytes(codecs.BOM_UTF8 + b'{"id": 1}')
    assert list(read_jsonl(path)) == [(1, {"id": 1})]


def test_writing_replaces_the_file_and_leaves_nothing_else(path):
    path.write_text("old", encoding="utf-8")
    write_text(path, "新")
    assert path.read_text("utf-8") == "新"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_write_that_fails_leaves_the_old_file_and_no_temporary_one(path, monkeypatch):
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(InputError, match=r"input\.jsonl: cannot be written \(full\)"):
        write_text(path, "新")
    assert path.read_text("utf-8") == "old"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_place_that_cannot_be_written_to_is_refused(path):
    path.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_text(path / "below", "新")


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data):
    with suppress(InputError):
        assert decode(data, "x").encode() == data
