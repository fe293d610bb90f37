"""Inline marks: the text and its entities in one, and back without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.corpus import (
    Annotation,
    Example,
    parse_marks,
    read_marked,
    read_marked_report,
    read_marked_texts,
    render_blocks,
    render_marks,
)
from fazhi.errors import InputError, MarkError
from makers import make_example
from strategies import annotated_texts, facts_of

EXAMPLE = make_example(
    "县司法局受理5件。", ("县司法局", "AGENCY", "government"), ("5件", "METRIC", "count")
)
WITH_FACT = make_example(
    "受理5件。", ("5件", "METRIC", "count"), facts=(("5件", "受理", "5 件"),), name="made-2020-s002"
)


def test_a_mark_encloses_the_surface():
    assert render_marks(EXAMPLE.segment.text, EXAMPLE.gold.entities) == (
        "[[AGENCY.government|县司法局]]受理[[METRIC.count|5件]]。"
    )


@given(annotated_texts())
def test_there_and_back(drawn):
    text, entities = drawn
    assert parse_marks(render_marks(text, entities)) == (text, entities)


@given(st.text(alphabet="法[]|\\AGENCY.party", max_size=40))
def test_any_text_is_parsed_or_refused(marked):
    try:
        text, entities = parse_marks(marked)
    except MarkError:
        return
    assert all(text[entity.start : entity.end] == entity.text for entity in entities)


@pytest.mark.parametrize(
    ("marked", "named"),
    [
        ("[[AGENCY.party|县委", "AGENCY.party is never closed"),
        ("县委]]", "']]' closes nothing"),
        ("[[AGENCY.party|[[AGENCY.party|县委]]]]", "a mark inside a mark"),
        ("[[AGENCY.party|]]", "holds no text"),
        ("[[AGENCY.law|县委]]", "AGENCY has no kind 'law'"),
        ("[[AGENT.party|县委]]", "AGENT.party"),
    ],
)
def test_a_bad_mark_is_named(marked, named):
    with pytest.raises(MarkError) as caught:
        parse_marks(marked)
    assert named in str(caught.value)


class TestFiles:
    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "made-2020.txt"

    def refusal(self, path, content: str) -> str:
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_marked(path, [EXAMPLE.segment])
        return str(caught.value)

    def test_there_and_back(self, path):
        path.write_text(render_blocks([EXAMPLE]), encoding="utf-8")
        assert read_marked(path, [EXAMPLE.segment]) == [EXAMPLE.gold]

    @pytest.mark.parametrize("text", ["# 一、标题", "= 5件 | - | 5 件", "= ", "- ", "|"])
    def test_a_text_that_begins_like_notation(self, path, text):
        odd = make_example(text)
        path.write_text(render_blocks([odd, WITH_FACT]), encoding="utf-8")
        found = read_marked(path, [odd.segment, WITH_FACT.segment])
        assert found == [odd.gold, WITH_FACT.gold]

    def test_facts_stand_below_the_text(self, path):
        block = "# made-2020-s002 work general\n受理[[METRIC.count|5件]]。\n= 5件 | 受理 | 5 件\n"
        assert render_blocks([WITH_FACT]) == block
        path.write_text(block, encoding="utf-8")
        assert read_marked(path, [WITH_FACT.segment]) == [WITH_FACT.gold]

    @pytest.mark.parametrize("between", ["", "\n", "\n\n \n"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    def test_blank_lines_between_blocks_and_either_line_end(self, path, between, line_end):
        text = between.join(render_blocks([each]) for each in (WITH_FACT, EXAMPLE))
        path.write_bytes(text.replace("\n", line_end).encode())
        segments = [EXAMPLE.segment, WITH_FACT.segment]
        assert read_marked(path, segments) == [WITH_FACT.gold, EXAMPLE.gold]

    @pytest.mark.parametrize(
        ("below", "named"),
        [
            ("=5件 | 受理 | 5 件", "'=5件 | 受理 | 5 件' is not '= 5件 |"),
            ("= 6件 | 受理 | 5 件", "'= 6件 | 受理 | 5 件' is not '= 5件 |"),
            ("= 5件 | 办理 | 5 件", "the indicator '办理' of '5件' is not in the text there"),
            ("= 5件 | 受理 | 5件", "'5件' is no value"),
            ("= 5件 | 受理 | 5 件\n= 5件 | 受理 | 5 件", "2 fact lines for 1 METRICs"),
        ],
    )
    def test_a_bad_fact_is_named_with_the_line_of_its_block(self, path, below, named):
        path.write_text(
            f"{render_blocks([EXAMPLE])}\n"
            f"# made-2020-s002 work general\n受理[[METRIC.count|5件]]。\n{below}\n",
            encoding="utf-8",
        )
        with pytest.raises(InputError) as caught:
            read_marked(path, [EXAMPLE.segment, WITH_FACT.segment])
        assert "line 4: " in str(caught.value)
        assert named in str(caught.value)

    def test_a_fact_line_behind_a_blank_line_belongs_to_no_block(self, path):
        message = self.refusal(path, f"{render_blocks([EXAMPLE])}\n= 5件 | 受理 | 5 件\n")
        assert "line 4: '= 5件 | 受理 | 5 件' is not '# <segment>" in message

    def test_a_header_without_text(self, path):
        message = self.refusal(path, "# made-2020-s001 work general")
        assert "differs from the corpus at character 0: '' instead of '县司法局" in message

    def test_a_text_that_differs_is_refused_with_the_place(self, path):
        message = self.refusal(path, "# made-2020-s001 work general\n县司法厅受理5件。\n")
        assert "line 1" in message
        assert "differs from the corpus at character 3: '厅受理5件。' instead of '局受理" in message

    @pytest.mark.parametrize(
        ("header", "named"),
        [
            ("# made-2020-s001 work", "is not '# <segment> <role> <topic or ->'"),
            ("# made-2020-s009 work general", "there is no segment 'made-2020-s009'"),
            ("# made-2020-s001 chapter general", "role"),
            ("# made-2020-s001 work -", "role 'work' needs a topic"),
            ("# made-2020-s001 title general", "role 'title' has no topic"),
        ],
    )
    def test_a_bad_header_is_named(self, path, header, named):
        assert named in self.refusal(path, f"{header}\n{EXAMPLE.segment.text}\n")

    def test_a_block_that_occurs_twice(self, path):
        message = self.refusal(path, render_blocks([EXAMPLE, EXAMPLE]))
        assert "line 4: the segment 'made-2020-s001' occurs twice" in message


class TestWholeReports:
    @pytest.fixture
    def path(self, tmp_path):
        path = tmp_path / "made-2020.txt"
        path.write_text(render_blocks([EXAMPLE, WITH_FACT]), encoding="utf-8")
        return path

    def test_every_segment_has_its_block(self, path):
        segments = [EXAMPLE.segment, WITH_FACT.segment]
        assert read_marked_report(path, segments) == [EXAMPLE.gold, WITH_FACT.gold]

    def test_a_segment_without_a_block_is_missed(self, path):
        more = make_example("学法。", name="made-2020-s003").segment
        with pytest.raises(InputError, match="its 2 blocks are not the 3 segments"):
            read_marked_report(path, [EXAMPLE.segment, WITH_FACT.segment, more])

    def test_another_order_is_refused(self, path):
        with pytest.raises(InputError, match="not the 2 segments of the report in their order"):
            read_marked_report(path, [WITH_FACT.segment, EXAMPLE.segment])

    def test_the_texts_alone_need_no_segments(self, path):
        assert read_marked_texts(path) == [EXAMPLE.segment.text, WITH_FACT.segment.text]

    def test_marks_that_are_malformed_are_named_with_their_line(self, path):
        text = path.read_text("utf-8").replace("|5件]]。", "|5件。")
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"line 1: the mark METRIC\.count"):
            read_marked_texts(path)

    def test_a_header_without_text_is_an_empty_one(self, path):
        path.write_text("# made-2020-s001 work general", encoding="utf-8")
        assert read_marked_texts(path) == [""]


@st.composite
def examples(draw):
    text, entities = draw(annotated_texts())
    facts = draw(facts_of(text, entities))
    made = make_example(text)
    fields = {**made.gold.model_dump(), "entities": entities, "facts": facts}
    return Example(segment=made.segment, gold=Annotation.model_validate(fields))


@given(examples())
def test_a_block_survives_the_way_through_a_file(tmp_path_factory, drawn):
    path = tmp_path_factory.mktemp("marks") / "made-2020.txt"
    path.write_text(render_blocks([drawn, WITH_FACT]), encoding="utf-8")
    segments = [drawn.segment, WITH_FACT.segment]
    assert read_marked(path, segments) == [drawn.gold, WITH_FACT.gold]


def test_the_whole_corpus_survives_the_way_through_marks(gold, tmp_path):
    path = tmp_path / "all.txt"
    path.write_text(render_blocks(gold), encoding="utf-8")
    assert read_marked(path, [each.segment for each in gold]) == [each.gold for each in gold]
