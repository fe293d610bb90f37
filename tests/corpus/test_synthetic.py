"""Made-up reports: one marked file each, from which text, raw form and labels follow."""

from pathlib import Path

import pytest

from fazhi._paths import room
from fazhi.corpus import (
    SYNTHETIC,
    normalise,
    read_annotated,
    read_reports,
    read_sources,
    read_synthetic,
    render_blocks,
    value_of,
)
from fazhi.errors import InputError

ENTRY = """
[[report]]
id = "{name}"
issuer = "青垣县人民政府"
province = "云岫省"
region = "青垣县"
level = "county"
"""
BLOCKS = """\
# {name}-s001 title -
[[AGENCY.government|青垣县人民政府]]关于2021年度法治政府建设情况的报告

# {name}-s002 work enforcement
一是规范执法。[[AGENCY.government|县司法局]]评查案卷[[METRIC.count|71件]]。
= 71件 | 案卷 | 71 件
"""


@pytest.fixture
def corpus(tmp_path):
    """A corpus room with the real reports and one made-up one."""
    corpus = tmp_path / "corpus"
    (corpus / SYNTHETIC).mkdir(parents=True)
    sources = (room("corpus") / "sources.toml").read_text("utf-8")
    (corpus / "sources.toml").write_text(sources, "utf-8")
    tell(corpus, "qingyuan-2021")
    write(corpus, "qingyuan-2021")
    return corpus


def tell(corpus: Path, *names: str) -> None:
    """Lists made-up reports."""
    entries = "".join(ENTRY.format(name=name) for name in names)
    (corpus / SYNTHETIC / "reports.toml").write_text(entries, "utf-8")


def write(corpus: Path, name: str, *changes: tuple[str, str]) -> None:
    """Writes a made-up report, the standard one with some words replaced."""
    blocks = BLOCKS.format(name=name)
    for old, new in changes:
        assert old in blocks
        blocks = blocks.replace(old, new)
    (corpus / SYNTHETIC / f"{name}.txt").write_text(blocks, "utf-8")


def refusal(corpus: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_synthetic(corpus)
    return str(caught.value)


class TestReading:
    def test_text_and_labels_are_those_of_the_blocks(self, corpus):
        (found,) = read_synthetic(corpus)
        title, work = found.examples
        assert found.report.text == (
            "青垣县人民政府关于2021年度法治政府建设情况的报告\n一是规范执法。县司法局评查案卷71件。"
        )
        assert (title.segment.kind, work.segment.kind) == ("title", "item")
        assert [each.text for each in work.gold.entities] == ["县司法局", "71件"]
        assert work.gold.facts[0].value == value_of("71件")
        assert work.gold.topic == "enforcement"

    def test_it_is_said_to_come_from_nowhere(self, corpus):
        source = read_synthetic(corpus)[0].report.source
        assert source.split == SYNTHETIC
        assert "language model" in source.source
        assert "does not exist" in source.source
        assert (source.region_code, source.signed, source.published) == (None, None, None)

    def test_what_is_told_of_it_and_the_year_of_its_id(self, corpus):
        source = read_synthetic(corpus)[0].report.source
        assert (source.region, source.level, source.year) == ("青垣县", "county", 2021)

    def test_it_has_a_raw_form_that_is_the_text_with_noise(self, corpus):
        (found,) = read_synthetic(corpus)
        assert found.report.raw != found.report.text
        assert normalise(found.report.raw).text == found.report.text

    def test_nobody_annotated_a_text_that_was_there_before(self, corpus):
        assert read_synthetic(corpus)[0].layers == ()


class TestRefusals:
    def test_a_report_without_a_file(self, corpus):
        tell(corpus, "qingyuan-2021", "lanxi-2020")
        assert "reports.toml: the id 'lanxi-2020' has no file" in refusal(corpus)

    def test_a_file_that_is_not_listed(self, corpus):
        write(corpus, "lanxi-2020")
        assert "the id 'lanxi-2020' is not listed, but has a file" in refusal(corpus)

    def test_an_id_that_occurs_twice(self, corpus):
        tell(corpus, "qingyuan-2021", "qingyuan-2021")
        assert "the id 'qingyuan-2021' occurs twice" in refusal(corpus)

    def test_the_id_of_a_real_report(self, corpus):
        tell(corpus, "qingyuan-2021", "xincai-2022")
        write(corpus, "xincai-2022")
        assert "the id 'xincai-2022' is that of a real report" in refusal(corpus)

    def test_a_key_that_is_missing(self, corpus):
        path = corpus / SYNTHETIC / "reports.toml"
        path.write_text(path.read_text("utf-8").replace('level = "county"\n', ""), "utf-8")
        assert "reports.toml: key 'report.0.level'" in refusal(corpus)

    def test_an_id_of_a_year_that_cannot_be(self, corpus):
        tell(corpus, "qingyuan-1900")
        write(corpus, "qingyuan-1900")
        (corpus / SYNTHETIC / "qingyuan-2021.txt").unlink()
        assert "qingyuan-1900.txt: key 'year'" in refusal(corpus)

    def test_malformed_marks_with_the_line(self, corpus):
        write(corpus, "qingyuan-2021", ("71件]]", "71件"))
        message = refusal(corpus)
        assert "qingyuan-2021.txt, line 4: the mark METRIC.count is never closed" in message

    def test_a_fact_that_does_not_fit(self, corpus):
        write(corpus, "qingyuan-2021", ("| 案卷 |", "| 文书 |"))
        assert "line 4: the indicator '文书' of '71件' is not in the text" in refusal(corpus)

    def test_a_block_that_the_segmenter_cuts_in_two(self, corpus):
        write(corpus, "qingyuan-2021", ("。\n=", "。二是评查。\n="))
        assert "line 4: without its marks 'qingyuan-2021-s002' differs" in refusal(corpus)

    def test_blocks_that_the_segmenter_takes_for_one(self, corpus):
        write(corpus, "qingyuan-2021", ("关于2021", "\n\n# qingyuan-2021-s009 other -\n关于2021"))
        assert "normalisation changes its text at character 7" in refusal(corpus)

    def test_a_last_block_that_holds_two_segments(self, corpus):
        end = "# qingyuan-2021-s003 work general\n一、机制。健全制度。\n"
        path = corpus / SYNTHETIC / "qingyuan-2021.txt"
        path.write_text(f"{path.read_text('utf-8')}\n{end}", "utf-8")
        assert "without its marks 'qingyuan-2021-s003' differs" in refusal(corpus)

    def test_a_text_that_normalisation_would_change(self, corpus):
        write(corpus, "qingyuan-2021", ("规范执法", "规范 执法"))
        message = refusal(corpus)
        assert "normalisation changes its text at character 31: ' 执法。" in message


def test_a_made_up_report_is_refused_among_the_real_ones(corpus):
    path = corpus / "sources.toml"
    path.write_text(path.read_text("utf-8").replace('"train"', '"synthetic"', 1), "utf-8")
    with pytest.raises(InputError, match="'xincai-2022' is said to be made up"):
        read_sources(path)


class TestCommitted:
    def test_there_are_sixty_and_none_of_them_is_real(self, made_up):
        ids = [each.report.source.id for each in made_up]
        assert len(set(ids)) == 60
        assert not set(ids) & {each.source.id for each in read_reports(room("corpus"))}
        real = read_annotated(room("corpus"), room("annotation"))
        assert {each.report.source.split for each in real} == {"train", "validation", "test"}

    def test_every_file_is_what_corpus_show_prints(self, made_up):
        for each in made_up:
            path = room("corpus") / each.report.source.file
            assert path.read_text("utf-8") == render_blocks(each.examples)

    def test_every_report_has_a_title_and_names_its_place(self, made_up):
        for each in made_up:
            assert each.report.title
            assert each.report.source.region in each.report.text

    def test_every_level_and_year_is_there(self, made_up):
        sources = [each.report.source for each in made_up]
        assert {each.level for each in sources} == {
            *("province", "prefecture", "county", "district", "township", "department")
        }
        assert {each.year for each in sources} == {2018, 2019, 2020, 2021, 2022}
