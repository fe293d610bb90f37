"""A data file is loaded only if it is, byte for byte, the one whose checksum is recorded."""

import shutil
import subprocess

import pytest

from commands import need
from fazhi._paths import room
from fazhi.corpus import load_dataset, load_examples
from fazhi.errors import InputError, MismatchError

FILE = "entities-test.parquet"


@pytest.fixture
def corpus(tmp_path):
    """A copy of the data that may come to harm."""
    shutil.copytree(room("corpus") / "data", tmp_path / "data")
    assert load_examples(tmp_path, ["test"])
    return tmp_path


def change(path):
    """Changes one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


LOADERS = [
    lambda corpus: load_examples(corpus, ["test"]),
    lambda corpus: load_dataset("entities", corpus),
]


@pytest.mark.parametrize("load", LOADERS)
def test_one_changed_bit_is_refused_with_the_file_and_the_remedy(load, corpus):
    change(corpus / "data" / FILE)
    with pytest.raises(MismatchError) as caught:
        load(corpus)
    message = str(caught.value)
    assert message.startswith(f"{corpus / 'data' / FILE}: its SHA-256 is not the one in checksums")
    assert message.endswith("run: fazhi corpus build")


@pytest.mark.parametrize("load", LOADERS)
def test_a_file_that_changes_after_it_was_loaded_is_refused_too(load, corpus):
    load(corpus)
    change(corpus / "data" / FILE)
    with pytest.raises(MismatchError, match=FILE):
        load(corpus)


def test_only_what_is_loaded_is_verified(corpus):
    change(corpus / "data" / FILE)
    assert load_examples(corpus, ["train"])
    assert load_dataset("sections", corpus)


def test_a_file_without_a_checksum_is_refused(corpus):
    path = corpus / "data" / "checksums"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if FILE not in line), "utf-8")
    with pytest.raises(MismatchError, match=f"{FILE} has no checksum"):
        load_examples(corpus, ["test"])


@pytest.mark.parametrize("name", [FILE, "checksums"])
def test_a_missing_file_is_named_with_the_remedy(name, corpus):
    (corpus / "data" / name).unlink()
    with pytest.raises(InputError, match=rf"{name}: there is no such file.*fazhi corpus build"):
        load_examples(corpus, ["test"])


def test_a_line_that_is_no_checksum_is_named(corpus):
    path = corpus / "data" / "checksums"
    path.write_text(path.read_text("utf-8") + "not a checksum\n", "utf-8")
    with pytest.raises(InputError, match="checksums, line 20: is no checksum and name"):
        load_examples(corpus, ["test"])


def test_sha256sum_compares_them_too(corpus):
    need(shutil.which("sha256sum") is not None, "sha256sum", "Install GNU coreutils.")
    command = ["sha256sum", "--check", "--strict", "checksums"]
    assert subprocess.run(command, cwd=corpus / "data", check=False).returncode == 0
    change(corpus / "data" / FILE)
    assert subprocess.run(command, cwd=corpus / "data", check=False).returncode == 1
