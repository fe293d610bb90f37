"""Adding a report writes its raw files and its entry, and touches nothing else."""

import shutil

import pytest

from documents import REPORT, as_docx, as_page, as_pdf, as_text
from fazhi._paths import room
from fazhi.corpus import (
    Document,
    NewReport,
    add_report,
    is_annotated,
    read_annotated,
    read_reports,
    read_sources,
    register_report,
)
from fazhi.errors import InputError

FILES = {
    "text": lambda: as_text().encode(),
    "html": lambda: as_page().encode(),
    "docx": as_docx,
    "pdf": as_pdf,
}
NEW = NewReport(id="qinghe-2022", issuer="青禾县人民政府", year=2022)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    shutil.copytree(room("corpus"), folder, ignore=shutil.ignore_patterns("data"))
    return folder


def add(new: NewReport, found: Document, corpus):
    """Adds and registers a report, as the command does."""
    added = add_report(new, found, corpus)
    register_report(added.report.source, corpus)
    return added


def document(media: str = "text", data: bytes | None = None) -> Document:
    return Document(data or FILES[media](), media, None, f"report.{media}")


@pytest.mark.parametrize("media", FILES)
def test_the_report_is_read_like_the_others(media, corpus):
    before = read_reports(corpus)
    added = add(NEW, document(media), corpus)
    assert read_reports(corpus) == [*before, added.report]
    kinds = [each.kind for each in added.report.segments]
    assert kinds.count("title") == 1
    # 一、 二、 三、 on lines of their own, （一） to （四） at the head of their paragraphs
    assert kinds.count("heading") == 3 + 4
    assert kinds.count("closing") == 2
    joined = "".join(added.report.text.split())
    assert all("".join(each.split()) in joined for each in REPORT)


def test_what_is_not_known_is_unknown(corpus):
    before = (corpus / "sources.toml").read_text("utf-8")
    source = add(NEW, document(), corpus).report.source
    assert (source.split, source.issuer, source.year) == ("contributed", "青禾县人民政府", 2022)
    assert {source.province, source.region, source.region_code, source.level} == {None}
    assert {source.signed, source.published, source.source, source.original} == {None}
    after = (corpus / "sources.toml").read_text("utf-8")
    assert after.startswith(before.rstrip())
    assert after.removeprefix(before.rstrip()).count("unknown") == 7


def test_the_file_as_found_is_kept_where_it_is_no_text(corpus):
    data = as_pdf()
    source = add(NEW, document("pdf", data), corpus).report.source
    assert source.original == "raw/originals/qinghe-2022.pdf"
    assert (corpus / source.original).read_bytes() == data


def test_what_is_known_is_recorded(corpus):
    new = NewReport(
        id="qinghe-2022",
        issuer='青禾县"人民政府"',
        year=2022,
        province="河南省",
        region="青禾县",
        region_code="419999",
        level="county",
        published="2023-01-16",
        source="http://example.org/report.html",
    )
    source = add(new, document(), corpus).report.source
    assert source == read_sources(corpus / "sources.toml")[-1]
    assert source.issuer == '青禾县"人民政府"'
    assert source.published is not None
    assert source.published.isoformat() == "2023-01-16"


def test_a_similar_report_is_named(corpus):
    add(NEW, document(), corpus)
    again = NewReport(id="qinghe-2021", issuer="青禾县人民政府", year=2021)
    assert add(again, document("docx"), corpus).similar[0][0] == "qinghe-2022"


def test_another_report_is_not_similar(corpus):
    assert add(NEW, document(), corpus).similar == ()


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"id": "xincai-2022"}, "the id 'xincai-2022' is taken"),
        ({"id": "青禾-2022"}, "'id'"),
        ({"id": "../qinghe-2022"}, "'id'"),
        ({"id": "qinghe-2022b"}, "'id'"),
        ({"year": 1066}, "'year'"),
        ({"year": 20244}, "'year'"),
        ({"region_code": "41"}, "'region_code'"),
        ({"published": "gestern"}, "'published'"),
        ({"published": "1700000000"}, "write the day as YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(fields, named, corpus):
    def content():
        return {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}

    before = content()
    known = {"id": "qinghe-2022", "issuer": "青禾县人民政府", "year": 2022} | fields
    with pytest.raises(InputError) as caught:
        add(NewReport(**known), document(), corpus)
    assert named in str(caught.value)
    assert content() == before


def test_a_document_of_page_furniture_alone_is_refused(corpus):
    with pytest.raises(InputError, match="no text is left"):
        add(NEW, document(data="打印本页\n关闭窗口\n".encode()), corpus)


def test_it_is_no_part_of_the_dataset_before_it_is_annotated(corpus):
    annotation = room("annotation")
    before = read_annotated(corpus, annotation)
    report = add(NEW, document(), corpus).report
    assert not is_annotated(report, annotation)
    assert read_annotated(corpus, annotation) == before
