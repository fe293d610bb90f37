"""Files of texts: verified before they are unpacked, and read line by line."""

import lzma

import pytest

from fazhi._files import sha256, to_jsonl
from fazhi.baselines._pretraining._recipe import TextSource
from fazhi.baselines._pretraining._sources import Document, held_out_ids, read_source
from fazhi.errors import InputError, MismatchError


def jsonl(lines) -> bytes:
    return to_jsonl(lines).encode()


@pytest.fixture
def stored(tmp_path):
    """Stores a file and gives the source that names it."""

    def store(data: bytes) -> TextSource:
        (tmp_path / "a.xz").write_bytes(lzma.compress(data))
        return TextSource(name="a", file="a.xz", sha256=sha256(data), origin="made up")

    return store


def test_a_line_is_a_document_named_by_repository_and_path(stored, tmp_path):
    lines = [
        {"repo": "o/r", "commit": "c", "path": "a.csv#3", "title": "t", "text": "甲"},
        {"province": "河南省", "source_url": "u", "published": "d", "text": "乙"},
        {"path": "法.md", "text": "丙\n"},
        {"text": "丁"},
    ]
    assert read_source(stored(jsonl(lines)), tmp_path) == [
        Document("o/r/a.csv#3", "甲"),
        Document("河南省", "乙"),
        Document("法.md", "丙\n"),
        Document("4", "丁"),
    ]


def test_a_file_that_the_recipe_does_not_name_is_refused(stored, tmp_path):
    source = stored(jsonl([{"text": "甲"}]))
    (tmp_path / "a.xz").write_bytes(lzma.compress(jsonl([{"text": "乙"}])))
    with pytest.raises(MismatchError, match="not the one in the recipe"):
        read_source(source, tmp_path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "line 1: invalid JSON"),
        (jsonl([{"text": "a"}, {"words": "b"}]), "line 2: key 'text'"),
        (b"\xff\xff", "not text"),
    ],
)
def test_a_file_that_holds_no_texts_is_refused(stored, tmp_path, data, reason):
    with pytest.raises(InputError, match=reason):
        read_source(stored(data), tmp_path)


def test_a_file_that_is_not_packed_is_refused(stored, tmp_path):
    source = stored(b"")
    (tmp_path / "a.xz").write_bytes(b"no archive")
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_source(source, tmp_path)


def test_a_missing_file_is_refused(stored, tmp_path):
    source = stored(b"x")
    with pytest.raises(InputError, match="no such file"):
        read_source(source, tmp_path / "elsewhere")


class TestHeldOut:
    DOCUMENTS = [Document(str(number), "") for number in range(250)]

    def test_a_share_of_the_documents_rounded_up(self):
        assert len(held_out_ids(self.DOCUMENTS, 0.01)) == 3

    def test_at_least_one(self):
        assert len(held_out_ids(self.DOCUMENTS[:5], 0.01)) == 1

    def test_the_order_of_the_documents_does_not_matter(self):
        found = held_out_ids(self.DOCUMENTS, 0.1)
        assert held_out_ids(self.DOCUMENTS[::-1], 0.1) == found

    def test_a_document_more_changes_at_most_one_of_them(self):
        before, after = (held_out_ids(self.DOCUMENTS[:n], 0.1) for n in (240, 241))
        assert len(before - after) <= 1
