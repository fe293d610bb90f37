"""All documents together: what they state of licences, versions, counts, scores and labels."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from commands import TOP
from fazhi import __version__
from fazhi._paths import room
from fazhi.annotation import guidelines_version
from fazhi.cli._docs import _sheets
from fazhi.corpus import ENTITY_LABELS, ROLE_NAMES, TOPIC_NAMES, kinds_of, read_gold_card

ROOMS = ["corpus", "annotation", "baselines", "eval"]
SHEETS = ["README.md", "README.zh-CN.md", "DATASHEET.md", "CONTRIBUTING.md"]
PAGES = [*SHEETS, "CHANGELOG.md", *(f"{each}/README.md" for each in ROOMS)]
CARDS = sorted(
    path.relative_to(TOP).as_posix()
    for folder in ("baselines/results/*", "baselines/encoder")
    for path in TOP.glob(f"{folder}/README.md")
)
BLOCK = re.compile(r"<!-- begin ([\w ]+) -->\n(.*?)<!-- end \1 -->", re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\([^)\n]+\)")


def text_of(name: str) -> str:
    return (TOP / name).read_text("utf-8")


def prose(name: str) -> str:
    """What was written by hand, without code, links and the head of a card."""
    text = text_of(name)
    text = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    for pattern in (BLOCK, CODE, LINK):
        text = pattern.sub("", text)
    return text


@pytest.fixture(scope="module")
def sizes(reports, made_up) -> dict[str, set[int]]:
    """How many reports there are, by the words for them."""
    splits = Counter(each.source.split for each in reports.values())
    return {
        "": {len(reports), splits["train"]},
        "real": {len(reports)},
        "test": {splits["test"]},
        "synthetic": {len(made_up)},
        "made-up": {len(made_up)},
    }


class TestLicences:
    KNOWN = {"Apache-2.0", "apache-2.0", "CC BY 4.0", "CC-BY-4.0", "cc-by-4.0"}
    NAMED = re.compile(
        r"\b(?:apache[- ]\d[\d.]*\d|cc[- ](?:by|0)(?:-(?:sa|nc|nd))*(?:[- ]\d\.\d)?"
        r"|mit|[al]?gpl[-\d.v]*|bsd-\d|mpl[-\d.]*)\b",
        re.IGNORECASE,
    )

    @pytest.mark.parametrize("name", [*PAGES, *CARDS, "CITATION.cff", "pyproject.toml"])
    def test_no_document_names_another_licence(self, name):
        assert set(self.NAMED.findall(text_of(name))) <= self.KNOWN

    @pytest.mark.parametrize("name", [*SHEETS, *CARDS, *(f"{each}/README.md" for each in ROOMS)])
    def test_every_document_names_those_of_code_or_annotations(self, name):
        assert self.NAMED.search(text_of(name))

    def test_the_citation_names_that_of_a_dataset(self):
        # a list would leave the choice between them (Citation File Format 1.2.0, "license")
        cited = yaml.safe_load(text_of("CITATION.cff"))
        assert (cited["type"], cited["license"]) == ("dataset", "CC-BY-4.0")


class TestVersions:
    STATED = re.compile(r"\b(fazhi|[Gg]old|guidelines) (?:version )?(\d+(?:\.\d+)+)")

    @pytest.fixture
    def versions(self):
        return {
            "fazhi": __version__,
            "gold": read_gold_card(room("annotation")).version,
            "guidelines": guidelines_version(room("annotation") / "guidelines.md"),
        }

    @pytest.mark.parametrize("name", [*SHEETS, *(f"{each}/README.md" for each in ROOMS)])
    def test_a_version_that_is_stated_is_the_present_one(self, name, versions):
        for what, version in self.STATED.findall(text_of(name)):
            assert version == versions[what.lower()], (name, what)

    def test_the_newest_entry_of_the_changelog_is_about_the_present_ones(self, versions):
        entry = re.split(r"^## ", text_of("CHANGELOG.md"), flags=re.MULTILINE)[1]
        assert entry.startswith(f"{__version__},")
        found = dict(reversed(self.STATED.findall(entry)))
        assert found == {"Gold": versions["gold"], "guidelines": versions["guidelines"]}

    def test_the_citation_is_of_the_present_one(self):
        citation = yaml.safe_load(text_of("CITATION.cff"))
        gold = read_gold_card(room("annotation"))
        preferred = citation["preferred-citation"]
        assert citation["version"] == preferred["version"] == __version__
        assert preferred["year"] == gold.released.year
        assert preferred["notes"] == f"Gold version {gold.version}"
        assert (preferred["title"], preferred["authors"]) == (
            citation["title"],
            citation["authors"],
        )
        assert {"cff-version", "message", "authors"} <= citation.keys()


class TestCounts:
    NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "sixty": 60}
    CHINESE = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2}
    STATED = re.compile(
        r"(?<!fewer than )\b(\d[\d,]*|" + "|".join(NUMBERS) + r") "
        r"(test|real|synthetic|made-up)? ?reports\b(?! drawn)",
        re.IGNORECASE,
    )

    @pytest.mark.parametrize("name", [*PAGES, "annotation/guidelines.md", "corpus/ERRATA.md"])
    def test_a_number_of_reports_in_prose_is_the_real_one(self, name, sizes):
        for number, kind in self.STATED.findall(prose(name)):
            found = self.NUMBERS.get(number.lower()) or int(number.replace(",", ""))
            assert found in sizes[kind.lower()], (name, number, kind)

    @pytest.mark.parametrize("name", ["README.zh-CN.md", "annotation/guidelines.md"])
    def test_so_it_is_in_chinese(self, name, sizes):
        found = re.findall(r"([一二两三四五六七八九十])份(?:测试)?报告", prose(name))
        assert found
        assert {self.CHINESE[each] for each in found} <= sizes[""] | sizes["test"]


class TestFigures:
    MEANT = (
        *(r"Python 3\.11", r"Apache-2\.0", r"CC BY 4\.0"),  # versions that others give
        *(r"GB/T 2260", r"SHA-256", r"Article 5\b", r"\bF1\b"),  # names
        r"Communications of the ACM 64, 2021",  # where it was printed
    )

    @pytest.mark.parametrize("name", SHEETS)
    def test_a_figure_stands_between_markers_or_in_a_name(self, name):
        left = re.sub("|".join(self.MEANT), "", prose(name))
        assert re.findall(r".{0,30}\d.{0,20}", left) == []

    @pytest.mark.parametrize("name", [*PAGES, "corpus/ERRATA.md"])
    def test_a_score_stands_between_markers(self, name):
        left = re.sub(r"\d+\.\d+\.\d+|" + "|".join(self.MEANT), "", prose(name))
        left = re.sub(r"guidelines \d\.\d", "", left)
        assert re.findall(r"(?<![\d.])\d{1,3}\.\d+(?![\d.])", left) == []

    def test_a_document_has_only_parts_that_a_command_writes(self):
        written = {
            *("versions", "sources", "counts", "test share", "rare", "labels", "layers"),
            *("agreement", "synthetic", "intervals", "leaderboard", "citation", "examples"),
            *(
                "second reading",
                "results",
                "gate",
                "errors",
                "mixtures",
                "ladder",
                "figures",
                "inference",
            ),
            *("errata", "coverage", "cost"),
        }
        for name in [*PAGES, "corpus/ERRATA.md"]:
            assert {found for found, _ in BLOCK.findall(text_of(name))} <= written
            assert text_of(name).count("<!-- begin ") == len(BLOCK.findall(text_of(name)))

    def test_the_sheets_say_what_the_data_give(self):
        for path, due in _sheets(TOP):
            assert Path(path).read_text("utf-8") == due


def test_the_datasheet_answers_every_question():
    # Gebru et al.: 57 questions, the last of each section being whether there is more to say
    sections = re.split(r"^## ", text_of("DATASHEET.md"), flags=re.MULTILINE)[1:]
    found = {}
    for section in sections:
        title, *answers = re.split(r"^### ", section, flags=re.MULTILINE)
        found[title.strip()] = len(answers)
        assert answers[-1].startswith("Any other comments")
        assert all(each.partition("\n")[2].strip() for each in answers)
        assert all(each.partition("\n")[0].endswith("?") for each in answers)
    assert found == {
        "Motivation": 4,
        "Composition": 16,
        "Collection process": 12,
        "Preprocessing, cleaning, labelling": 4,
        "Uses": 6,
        "Distribution": 7,
        "Maintenance": 8,
    }


class TestReports:
    """What the datasheet says of single reports, looked up in them."""

    @pytest.mark.parametrize("name", [*PAGES, *CARDS])
    def test_a_segment_that_is_named_is_there(self, name, gold):
        named = set(re.findall(r"\b[a-z]+-\d{4}-s\d{3}\b", text_of(name)))
        assert named <= {each.segment.id for each in gold}

    def test_persons_are_named_where_it_says_so(self, gold):
        texts = {each.segment.id: each.segment.text for each in gold}
        sheet = text_of("DATASHEET.md")
        for segment, named in {
            "xincai-2022-s034": "县长李勇",
            "xincai-2022-s042": "市委鲍书记",
            "guangshan-2023-s056": "邹婷婷等5名人民调解员",
        }.items():
            assert named in texts[segment]
            assert segment in sheet

    def test_all_reports_invoke_the_doctrine(self, reports):
        assert all("习近平" in each.text for each in reports.values())

    def test_one_has_neither_title_nor_signature(self, gold):
        roles = [each.gold.role for each in gold if each.segment.report == "guancheng-2022"]
        assert not {"title", "other"} & set(roles)

    def test_one_came_from_a_web_page(self, reports):
        navigated = [name for name, each in reports.items() if each.raw.startswith("首页 >")]
        assert navigated == ["guangshan-2023"]

    def test_one_repeats_its_own_sentences(self, reports):
        assert reports["xincai-2022"].text.count("开展服务型行政执法宣传，努力通过形式多样") == 2

    def test_all_are_of_one_province(self, reports):
        assert {each.source.province for each in reports.values()} == {"河南省"}


class TestLabels:
    OTHERS = {
        *("DATASHEET", "README", "CITATION", "CONTRIBUTING", "CHANGELOG", "ERRATA", "CPPCC"),
        *("JSON", "HTML", "DOCX", "YAML", "BERT", "NFKC", "ONNX"),
    }

    @pytest.mark.parametrize("name", [*PAGES, "annotation/guidelines.md"])
    def test_words_in_capitals_are_entity_types_or_known(self, name):
        words = set(re.findall(r"\b([A-Z]{4,})s?\b", prose(name)))
        assert words <= {*ENTITY_LABELS, *self.OTHERS}

    @pytest.mark.parametrize("name", [*PAGES, "annotation/guidelines.md"])
    def test_a_kind_is_one_of_its_type(self, name):
        labels = "|".join(ENTITY_LABELS)
        for label, kind in re.findall(rf"\b({labels})\.([a-z]+)\b", text_of(name)):
            assert kind in kinds_of(label)

    def test_the_datasheet_defines_every_label(self):
        defined = dict(BLOCK.findall(text_of("DATASHEET.md")))["labels"]
        names = re.findall(r"^\| ([A-Za-z]+) \|", defined, re.MULTILINE)
        kinds = [kind for label in ENTITY_LABELS for kind in kinds_of(label)]
        due = [*ENTITY_LABELS, *kinds, *ROLE_NAMES, *TOPIC_NAMES]
        assert [each for each in names if each != "label"] == due
