"""Tagged text: tokens are aligned with the segments' texts, tags become entities."""

import pytest
from hypothesis import given

from fazhi.corpus import spans_to_tags
from fazhi.predictions import Dropped, Policy, Prediction, Truncated, read_bio, read_submission
from fazhi.predictions._blocks import read_blocks
from makers import make_example
from strategies import annotated_texts

ONE = make_example("县司法局受理5件。", name="made-2020-s001").segment
TWO = make_example("二是学法。", name="made-2020-s002").segment
SEGMENTS = [ONE, TWO]
TAGS = ["B-AGENCY", "I-AGENCY", "I-AGENCY", "I-AGENCY", "O", "O", "B-METRIC", "I-METRIC", "O"]


def block(segment, tags=None, *, gap="\t", named=False) -> str:
    head = f"# id = {segment.id}\n" if named else ""
    tags = tags or ["O"] * len(segment.text)
    return head + "".join(f"{c}{gap}{tag}\n" for c, tag in zip(segment.text, tags, strict=False))


@pytest.fixture
def read(tmp_path):
    def reading(*blocks: str, segments=SEGMENTS, **policy):
        path = tmp_path / "p.bio"
        path.write_text("\n".join(blocks), encoding="utf-8")
        return read_bio(path, segments, Policy(**policy))

    return reading


def places(reading) -> list[tuple[int, int, str]]:
    return [(each.start, each.end, each.label) for each in reading.predictions[0].entities]


def named(reading) -> list[tuple[int | None, str]]:
    assert reading.predictions == ()
    return [(each.line, each.what) for each in reading.problems]


class TestLayout:
    @pytest.mark.parametrize("gap", ["\t", " ", "   ", " \t ", "\tNR\t_\t", " NR _ "])
    def test_the_first_column_is_the_token_and_the_last_the_tag(self, read, gap):
        reading = read(block(ONE, TAGS, gap=gap), block(TWO, gap=gap))
        assert reading.problems == ()
        assert places(reading) == [(0, 4, "AGENCY"), (6, 8, "METRIC")]

    def test_only_entities_are_attempted(self, read):
        assert read(block(ONE), block(TWO)).predictions[1] == Prediction(id=TWO.id, entities=())

    def test_lines_may_end_as_on_windows_and_blank_lines_may_be_many(self, read):
        text = "\n\n" + block(ONE, TAGS) + "\n \t\n\n" + block(TWO) + "\n\n"
        assert places(read(text.replace("\n", "\r\n"))) == [(0, 4, "AGENCY"), (6, 8, "METRIC")]

    def test_segments_with_ids_come_in_any_order_even_without_a_blank_line(self, read):
        reading = read(block(TWO, named=True) + block(ONE, TAGS, named=True))
        assert [each.id for each in reading.predictions] == [ONE.id, TWO.id]
        assert places(reading)

    def test_a_token_may_be_a_space_where_tabs_separate(self, read):
        segment = make_example("一 二\u3000三").segment
        text = "一\tB-AGENCY\n \tI-AGENCY\n二\tO\n\u3000\tB-LEGAL\n三\tI-LEGAL\n"
        assert places(read(text, segments=[segment])) == [(0, 2, "AGENCY"), (3, 5, "LEGAL")]

    def test_a_number_sign_may_be_a_token(self, read):
        segment = make_example("#1").segment
        assert places(read("# B-METRIC\n1 I-METRIC\n", segments=[segment])) == [(0, 2, "METRIC")]

    def test_an_entity_reaches_from_its_first_token_to_its_last(self, read):
        segment = make_example("共 4265 余 次。").segment
        text = "共 O\n4265 B-METRIC\n[UNK] I-METRIC\n次 I-METRIC\n。 O\n"
        assert places(read(text, segments=[segment])) == [(2, 10, "METRIC")]
        assert segment.text[2:10] == "4265 余 次"

    def test_a_submission_may_be_tagged_text(self, tmp_path):
        (tmp_path / "p.txt").write_text(block(ONE, TAGS), encoding="utf-8")
        assert places(read_submission(tmp_path / "p.txt", [ONE]))


class TestProblems:
    def test_each_tag_that_is_none_is_named(self, read):
        tags = ["b-agency", "O", "ORG", "\x1b[2J", *["O"] * 5]
        assert named(read(block(ONE, tags), block(TWO))) == [
            (1, "there is no tag 'b-agency'"),
            (3, "there is no tag 'ORG'"),
            (4, "there is no tag '\\x1b[2J'"),
        ]

    @pytest.mark.parametrize("row", ["县", "县\t", "\tO"])
    def test_a_line_without_token_or_tag(self, read, row):
        found = named(read(block(ONE), row + "\n" + block(TWO)))
        assert found[0] == (11, "expected a token and a tag")

    def test_a_token_that_is_not_in_the_text_there(self, read):
        text = block(ONE).replace("受", "收")
        assert named(read(text, block(TWO))) == [
            (5, "the token '收' is not in 'made-2020-s001' at 4, where '受理5件。' follows")
        ]

    def test_more_tokens_than_text(self, read):
        found = named(read(block(ONE) + "完\tO\n" * 50, block(TWO)))
        assert found == [(10, "the token '完' is not in 'made-2020-s001' at its end")]

    def test_a_wrong_number_of_segments_without_ids(self, read):
        ((place, what),) = named(read(block(ONE)))
        assert (place, what) == (None, "the number of segments is 1, but 2 are to be predicted")
        ((_, what),) = named(read(block(ONE), block(TWO), block(ONE)))
        assert what == "the number of segments is 3, but 2 are to be predicted"

    def test_a_wrong_number_cannot_be_allowed_for_without_ids(self, read):
        reading = read(block(ONE), allow_missing=True)
        assert reading.problems
        assert reading.missing == ()

    def test_some_ids(self, read):
        ((place, what),) = named(read(block(ONE, named=True), block(TWO), allow_missing=True))
        assert (place, what) == (12, "some segments have an id and some have none")

    def test_an_id_twice_or_of_no_segment(self, read):
        other = make_example("二是学法。", name="made-2020-s009").segment
        blocks = [block(each, named=True) for each in (ONE, TWO, ONE, other)]
        assert named(read(*blocks)) == [
            (19, "the id 'made-2020-s001' occurs twice, first at line 1"),
            (30, "there is no segment 'made-2020-s009' in the data that is scored"),
        ]

    def test_an_id_without_tokens(self, read):
        found = named(read(block(ONE, named=True), f"# id = {TWO.id}\n"))
        assert found == [(12, "no tokens of 'made-2020-s002' follow")]

    def test_those_of_all_kinds_at_once(self, read):
        tags = ["O", "I-LEGAL", *["O"] * 7]
        found = named(read(block(ONE, tags).replace("5", "6"), block(TWO, ["o"] * 5)))
        assert [place for place, _ in found] == [2, 7, *range(11, 16)]


def test_rows_beyond_the_longest_text_are_not_kept():
    lines = enumerate(["县 O\n"] * 1000, start=1)
    (only,) = read_blocks(lines, longest=10)
    assert len(only.rows) == 10


class TestMissing:
    def test_an_id_that_is_left_out_is_listed(self, read):
        reading = read(block(TWO, named=True))
        assert reading.missing == (ONE.id,)
        assert len(reading.problems) == 1

    def test_it_found_nothing_where_that_is_allowed(self, read):
        reading = read(block(TWO, named=True), allow_missing=True)
        assert reading.predictions[0] == Prediction(id=ONE.id, entities=())


class TestTruncation:
    def test_tags_that_end_early_leave_the_rest_without_entities(self, read):
        reading = read(block(ONE, TAGS[:7]), block(TWO))
        assert reading.problems == ()
        # the METRIC loses its second character, 件
        assert places(reading) == [(0, 4, "AGENCY"), (6, 7, "METRIC")]
        assert reading.truncated == (Truncated(ONE.id, 7, 9),)

    def test_white_space_at_the_end_is_not_missed(self, read):
        segment = make_example("县局。 \u3000").segment
        assert read("县 O\n局 O\n。 O\n", segments=[segment]).truncated == ()


class TestRepair:
    #        县    司        法        局    受    理    5          件         。
    TAGS = ["O", "I-AGENCY", "I-AGENCY", "O", "B-LEGAL", "I-METRIC", "O", "B-METRIC", "O"]

    def test_illegal_tags_are_problems(self, read):
        reading = read(block(ONE, self.TAGS), block(TWO, ["I-LEGAL", *["O"] * 4]))
        assert reading.illegal == 3
        assert named(reading) == [
            (2, "I-AGENCY follows O in 'made-2020-s001', but continues no entity"),
            (6, "I-METRIC follows B-LEGAL in 'made-2020-s001', but continues no entity"),
            (11, "I-LEGAL begins the segment in 'made-2020-s002', but continues no entity"),
        ]
        assert reading.problems[0].remedy.startswith("Write B-AGENCY, or choose a rule")

    def test_conlleval_begins_an_entity(self, read):
        reading = read(block(ONE, self.TAGS), block(TWO), repair="conlleval")
        assert places(reading) == [
            (1, 3, "AGENCY"),
            (4, 5, "LEGAL"),
            (5, 6, "METRIC"),
            (7, 8, "METRIC"),
        ]
        assert (reading.illegal, reading.resolved) == (2, ())

    def test_discard_drops_the_fragment_and_notes_it(self, read):
        reading = read(block(ONE, self.TAGS), block(TWO), repair="discard")
        assert places(reading) == [(4, 5, "LEGAL"), (7, 8, "METRIC")]
        assert reading.illegal == 2
        assert reading.resolved == (
            Dropped(2, ONE.id, 1, 3, "AGENCY", "discard"),
            Dropped(6, ONE.id, 5, 6, "METRIC", "discard"),
        )


@given(annotated_texts())
def test_characters_with_their_tags_give_back_the_entities(tmp_path_factory, case):
    text, entities = case
    text = text.replace("\t", " ")  # a tab separates columns
    segment = make_example(text).segment
    path = tmp_path_factory.mktemp("bio") / "p"
    tags = spans_to_tags(entities, len(text))
    path.write_text(block(segment, tags, named=True), encoding="utf-8")
    reading = read_bio(path, [segment])
    assert (reading.problems, reading.truncated) == ((), ())
    assert places(reading) == [(each.start, each.end, each.label) for each in entities]
