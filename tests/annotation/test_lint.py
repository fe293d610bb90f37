"""Lint finds what it is made to find, and the committed gold gives it nothing to find."""

import pytest

from fazhi._paths import room
from fazhi.annotation import Reasons, SurfaceReason, lint, read_reasons
from fazhi.errors import InputError
from makers import make_example

COURT = ("县法院", "AGENCY", "judiciary")


def found(*examples, **reasons) -> list[tuple[str, str]]:
    """The findings but those on facts, which the examples here do not have."""
    findings = lint(examples, Reasons(**reasons))
    return [(each.check, each.text) for each in findings if each.check != "fact"]


class TestNumerals:
    def test_a_numeral_in_an_entity_is_settled(self):
        assert found(make_example("受理5件。", ("5件", "METRIC", "count"))) == []

    def test_a_numeral_in_none_is_found(self):
        assert found(make_example("受理5件。")) == [("numeral", "受理5件。")]

    def test_a_chinese_numeral_is_found(self):
        assert found(make_example("聘请两名律师。")) == [("numeral", "聘请两名律师。")]

    def test_a_decimal_is_one_numeral(self):
        assert len(found(make_example("达98.8分。"))) == 1

    def test_a_date_with_its_year_is_settled(self):
        assert found(make_example("于2022年12月6日公示。")) == []

    def test_a_recorded_expression_settles_it(self):
        assert found(make_example("落实三项制度。"), numerals={"三项制度": "slogan"}) == []

    def test_an_expression_that_covers_another_place_does_not(self):
        text = "落实三项制度，开展三项工作。"
        assert len(found(make_example(text), numerals={"三项制度": "slogan"})) == 1

    def test_an_expression_that_is_needed_nowhere_is_found(self):
        assert found(make_example("学法。"), numerals={"三项制度": "slogan"}) == [
            ("numeral", "三项制度")
        ]

    def test_a_numeral_half_in_an_entity_is_found(self):
        example = make_example("受理12件。", ("2件", "METRIC", "count"))
        assert ("numeral", "受理12件。") in found(example)

    @pytest.mark.parametrize("numeral", ["１２", "③", "〇", "百分之八十"])
    def test_other_ways_to_write_a_numeral(self, numeral):
        assert found(make_example(f"共{numeral}项"))[0][0] == "numeral"


class TestTitles:
    def test_a_title_that_is_one_span_is_settled(self):
        assert found(make_example("印发《方案》。", ("方案", "LEGAL", "policy"))) == []

    def test_a_title_in_part_is_found(self):
        example = make_example("印发《某县方案》。", ("方案", "LEGAL", "policy"))
        assert ("title", "《某县方案》") in found(example)

    def test_a_recorded_newspaper_is_settled(self):
        assert found(make_example("《法治日报》报道。"), titles={"法治日报": "newspaper"}) == []

    def test_a_recorded_title_that_stands_nowhere_is_found(self):
        assert found(make_example("学法。"), titles={"法治日报": "newspaper"}) == [
            ("title", "法治日报")
        ]


class TestSurfaces:
    def test_an_occurrence_without_a_label_is_found(self):
        examples = (
            make_example("县法院审理。", COURT),
            make_example("县法院判决。", name="made-2020-s002"),
        )
        assert found(*examples) == [("surface", "县法院")]

    def test_a_recorded_place_is_settled_and_only_that_one(self):
        reason = SurfaceReason(text="县法院", segment="made-2020-s002", reason="A9")
        examples = [
            make_example("县法院审理。", COURT),
            make_example("县法院判决。", name="made-2020-s002"),
            make_example("县法院执行。", name="made-2020-s003"),
        ]
        assert len(found(*examples, surfaces=(reason,))) == 1

    def test_a_recorded_place_settles_one_occurrence(self):
        reason = SurfaceReason(text="县法院", segment="made-2020-s002", reason="A9")
        examples = [
            make_example("县法院审理。", COURT),
            make_example("县法院判决，县法院执行。", name="made-2020-s002"),
        ]
        assert found(*examples, surfaces=(reason,)) == [("surface", "县法院")]

    def test_a_recorded_place_that_is_needed_nowhere_is_found(self):
        reason = SurfaceReason(text="县法院", segment="made-2020-s001", reason="A9")
        assert found(make_example("县法院审理。", COURT), surfaces=(reason,)) == [
            ("surface", "县法院")
        ]

    def test_an_occurrence_inside_a_longer_entity_is_settled(self):
        longer = make_example("县法院刑庭审理。", ("县法院刑庭", "AGENCY", "judiciary"))
        assert found(make_example("县法院审理。", COURT), longer) == []

    def test_two_labels_for_one_surface_are_found(self):
        other = make_example(
            "县法院执行。", ("县法院", "AGENCY", "institution"), name="made-2020-s002"
        )
        assert found(make_example("县法院审理。", COURT), other) == [("surface", "县法院")] * 2

    def test_a_number_inside_a_longer_number_is_another_number(self):
        examples = (
            make_example("受理2件。", ("2件", "METRIC", "count")),
            make_example("于12件。", ("12件", "METRIC", "count"), name="made-2020-s002"),
        )
        assert found(*examples) == []

    def test_a_numeral_that_a_recorded_expression_explains_needs_no_second_reason(self):
        examples = (
            make_example("审议三项决策。", ("三项", "METRIC", "count")),
            make_example("落实三项制度。", name="made-2020-s002"),
        )
        assert found(*examples, numerals={"三项制度": "slogan"}) == []

    def test_a_numeral_of_a_date_needs_no_reason(self):
        examples = (
            make_example("公示15日。", ("15日", "METRIC", "duration")),
            make_example("2020年1月15日", name="made-2020-s002"),
        )
        assert found(*examples) == []

    def test_an_organ_is_not_explained_by_an_expression_that_holds_it(self):
        examples = (
            make_example("县法院审理。", COURT),
            make_example("县法院〔2020〕1号", name="made-2020-s002"),
        )
        assert found(*examples, numerals={"县法院〔2020〕1号": "number"}) == [("surface", "县法院")]


class TestEdges:
    @pytest.mark.parametrize(
        "surface",
        ["《方案》", "方案。", "“方案", "方案，", " 方案", "方案\t", "\u3000方案", "\u00a0方案"],
    )
    def test_a_mark_at_the_edge_is_found(self, surface):
        example = make_example(f"印发{surface}后", (surface, "LEGAL", "policy"))
        assert ("edge", surface) in found(example)

    @pytest.mark.parametrize("surface", ["方案（试行", "(试行)方案(草"])
    def test_half_a_pair_of_brackets_is_found(self, surface):
        example = make_example(f"印发{surface})后", (surface, "LEGAL", "policy"))
        assert ("edge", surface) in found(example)

    def test_a_whole_pair_may_end_a_span(self):
        assert found(make_example("印发方案（试行）后", ("方案（试行）", "LEGAL", "policy"))) == []


def test_a_role_that_contradicts_the_layout_is_found():
    assert found(make_example("学法。", role="title", topic=None)) == [("role", "学法。")]


def test_the_committed_gold_is_clean(gold):
    assert lint(gold, read_reasons(room("annotation") / "reasons.toml")) == []


@pytest.mark.parametrize(
    "content", ['[numerals]\n"三" = "because"\n', "[numerals\n", "[colours]\n", "surfaces = 1\n"]
)
def test_a_bad_file_of_reasons_is_refused(tmp_path, content):
    path = tmp_path / "reasons.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"reasons\.toml"):
        read_reasons(path)
