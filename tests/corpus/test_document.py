"""A file is told by what it holds; what holds no text that can be taken out is refused by name."""

import io
import sys
import zipfile

import pytest

from documents import as_docx, as_page, as_pdf, as_text
from fazhi.corpus._document import media_of, needs_collect, read_document
from fazhi.errors import InputError, MissingExtra


def zipped(*names: str, size: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return stream.getvalue()


KINDS = {
    "text": as_text().encode(),
    "html": as_page().encode(),
    "pdf": as_pdf(),
    "docx": as_docx(),
}


class TestKind:
    @pytest.mark.parametrize("media", KINDS)
    def test_the_suffix_tells_the_kind_that_it_stands_for(self, tmp_path, media):
        path = tmp_path / f"report.{'txt' if media == 'text' else media}"
        path.write_bytes(KINDS[media])
        document = read_document(path)
        assert document.media == media
        assert document.data == KINDS[media]
        assert document.charset is None
        assert document.origin == str(path)

    @pytest.mark.parametrize("media", ["html", "pdf", "docx"])
    @pytest.mark.parametrize("suffix", ["", ".txt", ".pdf", ".docx", ".html"])
    def test_the_content_goes_before_the_suffix(self, tmp_path, media, suffix):
        path = tmp_path / f"report{suffix}"
        path.write_bytes(KINDS[media])
        assert read_document(path).media == media

    @pytest.mark.parametrize(
        "content",
        [
            b"<!DOCTYPE html><p>",
            b"<!-- saved -->\n\n<HTML lang='zh'>",
            b'<?xml version="1.0"?><html xmlns="x">',
            b"<p>a fragment",
            "<html><body>".encode("utf-16"),
        ],
    )
    def test_a_tag_makes_a_page(self, content):
        assert media_of(content, "text", "x") == "html"

    @pytest.mark.parametrize("content", ["比率<5%，<p值", "a < b", "<青禾县>", "< html>"])
    def test_a_less_than_sign_does_not(self, content):
        assert media_of(content.encode("gb18030"), "text", "x") == "text"

    def test_what_has_no_tag_is_what_its_suffix_says(self, tmp_path):
        path = tmp_path / "report.HTM"
        path.write_bytes("青禾县".encode())
        assert read_document(path).media == "html"

    def test_a_pdf_may_begin_with_a_byte_order_mark_and_blank_lines(self):
        assert media_of(b"\xef\xbb\xbf\r\n%PDF-1.7", None, "x") == "pdf"

    def test_a_text_that_names_the_mark_of_a_pdf_is_none(self):
        assert media_of(b"begins with %PDF-1.7", None, "x") == "text"


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, r"old Word file \(\.doc\)"),
            (b"{\\rtf1\\ansi", "Rich Text"),
            (b"\x89PNG\r\n\x1a\n", r"image \(PNG\)"),
            (b"\xff\xd8\xff\xe0", r"image \(JPEG\)"),
            (b"GIF89a", r"image \(GIF\)"),
            (b"II*\x00", r"image \(TIFF\)"),
            (b"MM\x00*", r"image \(TIFF\)"),
            (b"Rar!\x1a\x07", r"archive \(RAR\)"),
            (b"7z\xbc\xaf\x27\x1c", r"archive \(7z\)"),
            (b"\x1f\x8b\x08", r"archive \(gzip\)"),
            (zipped("a.txt"), r"archive \(zip\)"),
            (zipped(), r"archive \(zip\)"),
            (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD document"),
            (zipped("[Content_Types].xml", "xl/workbook.xml"), "Excel table"),
            (zipped("mimetype", "content.xml"), "OpenDocument file"),
            (b"PK\x03\x04 and no more", r"broken \.docx or archive"),
        ],
    )
    @pytest.mark.parametrize("suffix", [".docx", ".txt"])
    def test_other_kinds_are_named(self, tmp_path, content, name, suffix):
        path = tmp_path / f"report{suffix}"
        path.write_bytes(content)
        with pytest.raises(InputError, match=rf"report\{suffix}: it is an? .*{name}") as caught:
            read_document(path)
        assert caught.value.remedy in str(caught.value)

    @pytest.mark.parametrize("suffix", ["pdf", "docx"])
    def test_a_suffix_that_the_content_belies(self, tmp_path, suffix):
        path = tmp_path / f"report.{suffix}"
        path.write_bytes(as_text().encode())
        with pytest.raises(InputError, match=f"claims to be {suffix} but"):
            read_document(path)

    def test_an_archive_that_unpacks_to_more_than_any_report(self, tmp_path):
        # 201 parts of a million zeros: 200 kB on disk, 201 MB unpacked
        parts = ["word/document.xml", *(f"word/media/{number}" for number in range(200))]
        path = tmp_path / "bomb.docx"
        path.write_bytes(zipped(*parts, size=1_000_000))
        assert path.stat().st_size < 1_000_000
        with pytest.raises(InputError, match="unpacks to more than 200 MB"):
            read_document(path)

    def test_an_empty_file(self, tmp_path):
        path = tmp_path / "report.txt"
        path.touch()
        with pytest.raises(InputError, match="the file is empty"):
            read_document(path)

    def test_a_missing_file(self, tmp_path):
        with pytest.raises(InputError, match="there is no such file"):
            read_document(tmp_path / "report.txt")


class TestExtra:
    def test_a_missing_package_is_named_with_its_extra(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "trafilatura", None)
        with (
            pytest.raises(MissingExtra, match=r"'trafilatura'.*fazhi\[collect\]"),
            needs_collect("trafilatura"),
        ):
            import trafilatura  # noqa: F401

    def test_so_is_a_package_that_the_package_needs(self):
        with pytest.raises(MissingExtra, match="'inner'"), needs_collect("outer"):
            raise ModuleNotFoundError("no inner", name="inner")

    def test_an_error_without_a_name_is_that_of_the_package(self):
        with pytest.raises(MissingExtra, match="'outer'"), needs_collect("outer"):
            raise ImportError("broken")
