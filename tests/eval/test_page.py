"""What the report page says, of a submission that is made by hand."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._resample import Interval
from fazhi.corpus import ENTITY_LABELS, Annotation, Example, Segment, parse_value
from fazhi.errors import MissingExtra
from fazhi.eval import Run, make_result, report_page
from fazhi.predictions import PredictedEntity, PredictedFact, PredictedSpan, Prediction
from makers import make_example
from strategies import annotated_texts

FIRST = make_example(
    "县委印发方案5件。",
    ("县委", "AGENCY", "party"),
    ("方案", "LEGAL", "policy"),
    ("5件", "METRIC", "count"),
    name="qinghe-2021-s001",
    facts=(("5件", "方案", "5 件"),),
)
SECOND = make_example(
    "县法院第二次会议。",
    ("县法院", "AGENCY", "judiciary"),
    name="made-2020-s001",
    role="plan",
    topic="publicity",
)
EXAMPLES = [FIRST, SECOND]
NOTE = "95% intervals over 2 documents."


def entity(start: int, end: int, label: str, score: float | None = None) -> PredictedEntity:
    return PredictedEntity(start=start, end=end, label=label, score=score)


def fact(start: int, end: int, indicator: tuple[int, int], value: str) -> PredictedFact:
    places = [PredictedSpan(start=s, end=e) for s, e in ((start, end), indicator)]
    return PredictedFact(metric=places[0], indicator=places[1], value=parse_value(value))


SAID = [
    # 县委 is cut short, 方案 has the wrong type, 5件 is right
    Prediction(
        id=FIRST.segment.id,
        entities=(entity(0, 1, "AGENCY", 0.5), entity(4, 6, "METRIC"), entity(6, 8, "METRIC")),
        role="work",
        topic="general",
        # the indicator is 印发方案 where gold has 方案; 方案 is no METRIC of the gold
        facts=(fact(6, 8, (2, 6), "5 件"), fact(4, 6, (0, 2), "1 件")),
    ),
    # 县法院 is missed, 第二次 is spurious; the role is wrong
    Prediction(
        id=SECOND.segment.id,
        entities=(entity(3, 6, "METRIC"),),
        role="work",
        topic="publicity",
        facts=(),
    ),
]


class Page:
    """A page as a reader finds it."""

    def __init__(self, source: str):
        self.source = source
        self.root = lxml.html.document_fromstring(source.encode("utf-8"))

    def table(self, title: str) -> dict[str, list[str]]:
        """The rows of the table whose caption begins like this: the header, and the cells."""
        (table,) = self.root.xpath(f"//table[starts-with(caption, '{title}')]")
        return {
            self.words(row.xpath("./th")[0]): [
                self.words(cell) for cell in row.xpath("./td[not(@class='bar')]")
            ]
            for row in table.xpath(".//tbody/tr")
        }

    def captions(self) -> list[str]:
        return [self.words(each) for each in self.root.xpath("//caption")]

    def segment(self, name: str):
        (found,) = self.root.xpath(f"//article[@id='{name}']")
        return found

    def side(self, name: str, number: int) -> list[tuple[str, str, str]]:
        """The marks in the gold (0) or the predicted (1) text: surface, tag, and what it says."""
        marks = self.segment(name).xpath(".//div[@class='sides']/div")[number].xpath(".//mark")
        return [(each.text, each.get("data-tag"), each.get("aria-label")) for each in marks]

    def lines(self, name: str) -> list[str]:
        return [self.words(each) for each in self.segment(name).xpath(".//ul/li")]

    def options(self, field: str) -> list[str]:
        return [self.words(each) for each in self.root.xpath(f"//select[@name='{field}']/option")]

    @staticmethod
    def words(node) -> str:
        return " ".join(node.text_content().split())


def page_of(examples=EXAMPLES, said=SAID, intervals=None, **run) -> Page:
    named = Run(**{"system": "made", "protocol": "test", **run})
    result = make_result(named, examples, said, "1.0.0")
    shown = result.model_copy(update={"intervals": intervals or {}})
    return Page(report_page(shown, examples, said, NOTE))


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of()


class TestScores:
    def test_the_official_scores_stand_in_the_first_table(self, page):
        # entities: gold 4, predicted 4, correct 1 (5件): P = R = F1 = 1/4
        # METRIC: gold 1, predicted 3, correct 1: P = 1/3, R = 1, F1 = 1/2
        # role: work P 1/2, R 1 -> 2/3, plan 0; mean 1/3. topic: both right
        # indicator: gold 方案 (2), predicted 印发方案 (4) and 县委 (2), shared 2: F1 = 4/8
        # value: the one gold fact is given
        assert page.table("Official scores") == {
            "Entities, micro-F1": ["25.0"],
            "AGENCY, F1": ["0.0"],
            "LEGAL, F1": ["0.0"],
            "METRIC, F1": ["50.0"],
            "Role, macro-F1": ["33.3"],
            "Topic, macro-F1": ["100.0"],
            "Indicator, F1 of characters": ["50.0"],
            "Value, accuracy": ["100.0"],
        }
        assert NOTE not in page.source

    def test_intervals_stand_beside_their_scores(self):
        interval = Interval(
            low=0.125,
            high=0.5,
            level=0.95,
            unit="segment",
            documents=2,
            resamples=None,
            left_out=0.0,
        )
        page = page_of(intervals={"entities": interval})
        rows = page.table("Official scores")
        assert rows["Entities, micro-F1"] == ["25.0", "12.5 to 50.0"]
        assert rows["Role, macro-F1"] == ["33.3", "–"]
        assert NOTE in page.source
        # the bar ends at 25 of 100, and its whiskers stand at 12.5 and 50
        (bar,) = page.root.xpath("//tr[th='Entities, micro-F1']//svg")
        assert bar.xpath("./*[@class='share']/@width") == ["25.0"]
        assert bar.xpath("./*[@class='range']/@d") == ["M12.5 1v8M12.5 5H50.0M50.0 1v8"]

    def test_precision_and_recall_of_each_type(self, page):
        assert page.table("Entities by type") == {
            "all": ["25.0", "25.0", "25.0", "4", "4", "1"],
            "AGENCY": ["0.0", "0.0", "0.0", "2", "1", "0"],
            "LEGAL": ["0.0", "0.0", "0.0", "1", "0", "0"],
            "METRIC": ["33.3", "100.0", "50.0", "1", "3", "1"],
        }

    def test_the_other_ways_to_count(self, page):
        # one more pair has the right span, one more the right type and characters shared;
        # each error once: 2 * 1 / (2 * 1 + 4); 5件 stands where role and topic are right
        assert list(page.table("F1 of entities").values()) == [
            *(["25.0"], ["16.7"], ["50.0"], ["50.0"], ["33.3"], ["25.0"])
        ]
        assert page.table("Gold entities that were found, by kind") == {
            "AGENCY.party": ["0.0", "1"],
            "AGENCY.judiciary": ["0.0", "1"],
            "LEGAL.policy": ["0.0", "1"],
            "METRIC.count": ["100.0", "1"],
        }

    def test_probabilities_are_shown_where_all_entities_have_one(self, page):
        said = [SAID[0].model_copy(update={"entities": (entity(0, 2, "AGENCY", 0.75),)})]
        # one entity, correct: expected error and root of the Brier score are 1 - 0.75
        shown = page_of([FIRST], said)
        assert shown.table("Probabilities") == {"70% to 80%": ["1", "75.0", "100.0"]}
        assert any("expected error 25.0%, Brier score 0.062" in each for each in shown.captions())
        assert not any("Probabilities" in each for each in page.captions())


class TestErrors:
    def test_each_error_class_is_counted_by_type(self, page):
        # AGENCY: wrong ends, missed; LEGAL: wrong type; METRIC: spurious. 4 in all
        assert page.table("Errors of entities") == {
            "≠ wrong type": ["0", "1", "0", "1", "25.0"],
            "↔ wrong ends": ["1", "0", "0", "1", "25.0"],
            "≠↔ wrong type and ends": ["0", "0", "0", "0", "0.0"],
            "− missed": ["1", "0", "0", "1", "25.0"],  # noqa: RUF001
            "+ spurious": ["0", "0", "1", "1", "25.0"],
        }

    def test_a_number_leads_to_its_segments(self, page):
        links = page.root.xpath("//table[starts-with(caption, 'Errors')]//a/@href")
        assert links[:2] == ["#error=label&type=LEGAL", "#error=label"]

    def test_entities_are_confused(self, page):
        # the cut 县委 is an AGENCY nevertheless
        assert page.table("Types of entities") == {
            "AGENCY": ["1", "0", "0", "1"],
            "LEGAL": ["0", "0", "1", "0"],
            "METRIC": ["0", "0", "1", "0"],
            "none": ["0", "0", "1", "0"],
        }

    def test_roles_and_topics_are_confused_with_those_that_occur(self, page):
        # role work: P 1/2, R 1, F1 2/3; plan is taken for work
        assert page.table("Roles") == {"work": ["1", "0", "66.7"], "plan": ["1", "0", "0.0"]}
        assert page.table("Topics") == {
            "publicity": ["1", "0", "100.0"],
            "general": ["0", "1", "100.0"],
        }

    def test_a_topic_that_is_not_given_has_a_column(self):
        said = [Prediction(id=each.segment.id, role="work") for each in EXAMPLES]
        said[0] = said[0].model_copy(update={"topic": "general"})
        assert page_of(said=said).table("Topics")["publicity"] == ["0", "0", "1", "0.0"]

    def test_cells_are_shaded_by_their_share_of_the_row(self, page):
        cells = page.root.xpath("//table[starts-with(caption, 'Types')]//tr[th='AGENCY']/td/@class")
        # 1 of 2 is ceil(5 / 2) = 3 of 5 shades
        assert cells == ["right shade3", "wrong shade0", "wrong shade0", "wrong shade3"]


class TestSegments:
    def test_gold_entities_say_what_became_of_them(self, page):
        assert page.side(FIRST.segment.id, 0) == [
            ("县委", "AGENCY ↔", "AGENCY, party: wrong ends, predicted AGENCY “县”"),
            ("方案", "LEGAL ≠", "LEGAL, policy: wrong type, predicted METRIC “方案”"),
            ("5件", "METRIC", "METRIC, count: correct"),
        ]
        assert page.side(SECOND.segment.id, 0) == [
            (
                *("县法院", "AGENCY −"),  # noqa: RUF001
                "AGENCY, judiciary: missed, nothing answers it",
            )
        ]

    def test_predicted_entities_say_what_is_wrong_with_them(self, page):
        assert page.side(FIRST.segment.id, 1) == [
            ("县", "AGENCY ↔", "AGENCY, probability 0.50: wrong ends, gold has AGENCY “县委”"),
            ("方案", "METRIC ≠", "METRIC: wrong type, gold has LEGAL “方案”"),
            ("5件", "METRIC", "METRIC: correct"),
        ]
        assert page.side(SECOND.segment.id, 1) == [
            ("第二次", "METRIC +", "METRIC: spurious, nothing answers it")
        ]

    def test_an_entity_and_its_answer_bear_one_number(self, page):
        gold, predicted = (
            side.xpath(".//mark/@data-pair")
            for side in page.segment(FIRST.segment.id).xpath(".//div[@class='sides']/div")
        )
        assert gold == predicted
        assert len(set(gold)) == 3
        assert not page.segment(SECOND.segment.id).xpath(".//mark/@data-pair")

    def test_entities_in_any_order_are_told_apart(self):
        said = [SAID[0].model_copy(update={"entities": SAID[0].entities[::-1]})]
        assert page_of([FIRST], said).side(FIRST.segment.id, 1) == page_of([FIRST], SAID[:1]).side(
            FIRST.segment.id, 1
        )

    def test_role_and_topic_stand_below(self, page):
        assert page.lines(SECOND.segment.id) == [
            "role: gold plan, predicted work ✗ wrong",
            "topic: gold publicity, predicted publicity ✓ right",
        ]

    def test_a_topic_that_gold_lacks_is_not_scored(self):
        title = make_example("报告", name="made-2020-s002", role="title", topic=None)
        said = Prediction(id="made-2020-s002", role="title", topic="digital", entities=())
        page = page_of([SECOND, title], [SAID[1], said])
        assert page.lines("made-2020-s002")[1] == ("topic: gold none, predicted digital not scored")

    def test_facts_stand_side_by_side(self, page):
        assert page.table("Facts of predicted METRICs") == {
            "方案": ["–", "县委", "✗ wrong", "–", "1 件", "not scored"],
            "5件": ["方案", "印发方案", "✗ wrong", "5 件", "5 件", "✓ right"],
        }

    def test_a_fact_that_is_not_given_is_wrong(self):
        said = Prediction(id=FIRST.segment.id, facts_on_gold=())
        assert page_of([FIRST], [said]).table("Facts of gold METRICs") == {
            "5件": ["方案", "–", "✗ wrong", "5 件", "–", "✗ wrong"]
        }

    def test_a_segment_bears_what_it_can_be_filtered_by(self, page):
        found = {
            each.get("id"): set(each.get("data-has").split())
            for each in page.root.xpath("//article")
        }
        assert found[FIRST.segment.id] == {
            *("AGENCY", "LEGAL", "METRIC", "any", "boundary", "label", "indicator"),
            *("boundary:AGENCY", "label:LEGAL", "indicator:METRIC"),
            *("any:AGENCY", "any:LEGAL", "any:METRIC"),
        }
        # a wrong role belongs to every type of the segment, but is no error of it
        assert found[SECOND.segment.id] == {
            *("AGENCY", "METRIC", "any", "missed", "spurious", "role"),
            *("missed:AGENCY", "spurious:METRIC", "role:AGENCY", "role:METRIC"),
            *("any:AGENCY", "any:METRIC"),
        }

    def test_the_filters_say_how_many_segments_they_find(self, page):
        assert page.options("error") == [
            *("all (2)", "any error (2)", "≠ wrong type (1)", "↔ wrong ends (1)"),
            *("≠↔ wrong type and ends (0)", "− missed (1)", "+ spurious (1)"),  # noqa: RUF001
            *("role wrong (1)", "topic wrong (0)", "indicator wrong (1)", "value wrong (0)"),
        ]
        assert page.options("type") == ["all", *ENTITY_LABELS]
        assert page.options("report") == ["all", "qinghe-2021", "made-2020"]


class TestATaskThatIsNotAttempted:
    def test_entities_are_left_out(self):
        said = [Prediction(id=each.segment.id, role="work") for each in EXAMPLES]
        page = page_of(said=said)
        assert page.captions() == [
            "Official scores, and the entity types",
            "Roles of segments: gold in rows, predicted in columns",
        ]
        assert list(page.table("Official scores")) == ["Role, macro-F1"]
        assert page.options("error") == ["all (2)", "any error (1)", "role wrong (1)"]
        assert page.options("type") == []
        assert page.root.xpath("//mark") == []
        assert [Page.words(each) for each in page.root.xpath("//p[@class='text']")] == [
            each.segment.text for each in EXAMPLES
        ]

    def test_sections_and_facts_are_left_out(self):
        said = [Prediction(id=each.segment.id, entities=()) for each in EXAMPLES]
        page = page_of(said=said)
        assert not re.search(r"Roles|Topics|Facts|role|indicator", " ".join(page.captions()))
        assert page.lines(FIRST.segment.id) == []
        assert page.options("error")[-1].startswith("+ spurious")


HOSTILE = '</script></mark><script>alert("1")</script><img src=x onerror=alert(2)>&amp;\'{{ 7 }}'


class TestWhatASubmissionSmugglesIn:
    def test_is_text_and_nothing_else(self):
        example = make_example(f"县委{HOSTILE}", ("县委", "AGENCY", "party"))
        said = Prediction(
            id=example.segment.id, entities=(entity(0, len(example.segment.text), "AGENCY"),)
        )
        params = {HOSTILE: {HOSTILE: HOSTILE}}
        page = page_of([example], [said], system=HOSTILE, protocol=HOSTILE, params=params)
        assert len(page.root.xpath("//script")) == 1
        assert page.root.xpath("//img") == []
        assert page.root.xpath("//h1")[0].text_content() == HOSTILE
        assert page.root.xpath("//title")[0].text == f"{HOSTILE}, {HOSTILE}: fazhi"
        (whole,) = page.root.xpath("//article//div[2]//mark")
        assert whole.text_content() == f"县委{HOSTILE}"
        assert page.root.xpath("//dl//bdi/text()") == [HOSTILE] * 3

    def test_names_of_segments_and_headings_are_text(self):
        segment = FIRST.segment.model_copy(
            update={"id": f'"{HOSTILE}', "report": f'"{HOSTILE}', "heading_path": (HOSTILE,)}
        )
        example = Example(segment=segment, gold=FIRST.gold)
        page = page_of([example], [SAID[0]])
        (article,) = page.root.xpath("//article")
        assert article.get("id") == article.get("data-report") == f'"{HOSTILE}'
        assert page.root.xpath("//p[@class='path']")[0].text_content() == HOSTILE
        assert page.options("report") == ["all", f'"{HOSTILE}']

    @pytest.mark.parametrize(
        ("character", "name"),
        [("\u202e", "202E"), ("\u200f", "200F"), ("\u2066", "2066"), ("\x00", "0000"),
         ("\ud800", "D800"), ("\x1b", "001B"), ("\u2028", "2028")],
    )  # fmt: skip
    def test_characters_that_cannot_be_seen_are_named(self, character, name):
        page = page_of(system=f"a{character}b")
        assert page.root.xpath("//h1")[0].text_content() == f"a⟨U+{name}⟩b"
        assert character not in page.source

    def test_what_can_be_seen_is_kept(self):
        system = "法治\u3000𠀀é 1"
        assert page_of(system=system).root.xpath("//h1")[0].text_content() == system

    def test_only_the_page_s_own_style_and_script_are_allowed(self, page):
        policy = page.root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        allowed = dict(each.split(" ", 1) for each in policy.split("; "))
        assert allowed["default-src"] == "'none'"
        for name in ("style", "script"):
            (content,) = re.findall(rf"<{name}>(.*?)</{name}>", page.source, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert allowed[f"{name}-src"] == f"'sha256-{digest}'"

    def test_nothing_is_loaded(self, page):
        leads = page.root.xpath("//@src | //@href | //@action | //@srcset | //@xlink:href",
                                namespaces={"xlink": "http://www.w3.org/1999/xlink"})  # fmt: skip
        assert {each for each in leads if not each.startswith("#")} == {"data:,"}
        assert "url(" not in page.source
        assert "@import" not in page.source
        assert page.root.xpath("//@style | //@*[starts-with(name(), 'on')]") == []


def test_the_page_ends_with_where_the_scores_come_from():
    result = make_result(
        Run(system="made", protocol="test", params={"all": {"c": 0.5}}), EXAMPLES, SAID, "1.2.3"
    )
    page = Page(report_page(result, EXAMPLES, SAID, NOTE))
    names, values = (
        [Page.words(each) for each in page.root.xpath(f"//footer//{tag}")] for tag in ("dt", "dd")
    )
    found, source = dict(zip(names, values, strict=True)), result.provenance
    assert found["scorer"] == f"{source.scorer}, of fazhi {source.fazhi}"
    assert found["gold"] == f"1.2.3, SHA-256 {source.gold_hash}"
    assert found["texts"] == f"SHA-256 {source.data_hash}"
    assert found["commit"].startswith(source.commit or "none")
    assert found["Python"] == source.python
    assert found["parameters, all"] == "c = 0.5"
    assert {name: found[name] for name in source.packages} == source.packages


CODE = """
from fazhi.eval import report_page
from test_page import EXAMPLES, NOTE, SAID, Run, make_result
result = make_result(Run(system="made", protocol="test"), EXAMPLES, SAID, "1.0.0")
print(report_page(result, EXAMPLES, SAID, NOTE))
"""


def test_the_same_arguments_give_the_same_page_in_every_process():
    folder = Path(__file__).parent
    pages = set()
    for seed in ("1", "2"):
        path = os.pathsep.join([str(folder), str(folder.parent), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        done = subprocess.run(
            [sys.executable, "-c", CODE], env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        pages.add(done.stdout)
    assert len(pages) == 1


def test_the_extra_is_named_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtra, match=r"fazhi\[report\]"):
        page_of()


@st.composite
def two_sides(draw):
    """A text with gold and predicted entities."""
    text, gold = draw(annotated_texts())
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    said = tuple(entity(*span, draw(st.sampled_from(ENTITY_LABELS))) for span in spans)
    return text, gold, said


@given(st.lists(two_sides(), min_size=1, max_size=5))
def test_the_marks_of_any_submission_leave_the_texts_whole_and_add_up_to_its_errors(drawn):
    examples, said = [], []
    for number, (text, gold, predicted) in enumerate(drawn):
        name = f"made-2020-s{number}"
        segment = Segment(
            id=name, report="made-2020", kind="item", start=0, end=len(text), text=text,
            heading_path=(),
        )  # fmt: skip
        annotation = Annotation(id=name, entities=gold, role="work", topic="general")
        examples.append(Example(segment=segment, gold=annotation))
        said.append(Prediction(id=name, entities=predicted))
    page = page_of(examples, said)
    texts = [each.segment.text.replace("\t", "⟨U+0009⟩") for each in examples]
    for number in (1, 2):
        sides = page.root.xpath(f"//div[@class='sides']/div[{number}]/p")
        assert [each.text_content() for each in sides] == texts
    tags = Counter(page.root.xpath("//article//div[1]/p/mark/@data-tag"))
    tags += Counter(
        each for each in page.root.xpath("//article//div[2]/p/mark/@data-tag") if "+" in each
    )
    for name, counts in page.table("Errors of entities").items():
        sign = name.split()[0]
        for label, count in zip(ENTITY_LABELS, counts, strict=False):
            assert tags[f"{label} {sign}"] == int(count)
