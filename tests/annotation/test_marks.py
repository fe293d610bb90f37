"""Inline marks: the text and its entities in one, and back without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.annotation import parse_marks, read_marked, render_blocks, render_marks
from fazhi.corpus import ENTITY_LABELS, Entity, kinds_of
from fazhi.errors import InputError, MarkError
from makers import make_example

EXAMPLE = make_example(
    "县司法局受理5件。", ("县司法局", "AGENCY", "government"), ("5件", "METRIC", "count")
)


def test_a_mark_encloses_the_surface():
    assert render_marks(EXAMPLE.segment.text, EXAMPLE.gold.entities) == (
        "[[AGENCY.government|县司法局]]受理[[METRIC.count|5件]]。"
    )


@st.composite
def annotated_texts(draw):
    """A text with marks, backslashes and astral characters of its own, and flat spans in it."""
    text = draw(st.text(alphabet="法治5件[]|\\ A.𠀀\t\u3000", min_size=1, max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    entities = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        label = draw(st.sampled_from(ENTITY_LABELS))
        kind = draw(st.sampled_from(kinds_of(label)))
        entities.append(Entity(start=start, end=end, label=label, kind=kind, text=text[start:end]))
    return text, tuple(entities)


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

    def test_a_text_that_begins_like_a_header(self, path):
        odd = make_example("# 一、标题")
        path.write_text(render_blocks([odd]), encoding="utf-8")
        assert read_marked(path, [odd.segment]) == [odd.gold]

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


def test_the_whole_corpus_survives_the_way_through_marks(gold):
    for each in gold:
        marked = render_marks(each.segment.text, each.gold.entities)
        assert parse_marks(marked) == (each.segment.text, each.gold.entities)
