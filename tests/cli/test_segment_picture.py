"""The picture of an annotated segment: every mark where its text is."""

import lxml.etree
import pytest
from hypothesis import given

from fazhi._paths import room
from fazhi.cli._segment_picture import segment_picture
from fazhi.corpus import find_segment
from makers import make_example
from strategies import annotated_texts

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLE = make_example(
    "县委印发《方案》5件。",
    ("县委", "AGENCY", "party"),
    ("方案", "LEGAL", "policy"),
    ("5件", "METRIC", "count"),
    name="qinghe-2021-s001",
    facts=(("5件", "印发", "5 件"),),
)


def drawn(example):
    return lxml.etree.fromstring(segment_picture(example).encode("utf-8"))


def texts(picture):
    return ["".join(each.itertext()) for each in picture.iter(f"{SVG}text")]


def test_a_box_stands_where_its_text_stands():
    picture = drawn(EXAMPLE)
    (box,) = (each for each in picture.iter(f"{SVG}rect") if each.get("class") == "LEGAL")
    (row,) = (each for each in picture.iter(f"{SVG}text") if each.text == EXAMPLE.segment.text)
    places = list(map(float, row.get("x").split()))
    # 方案 are characters 5 and 6; a wide character takes 18 px
    assert float(box.get("x")) == places[5] == 24 + 5 * 18
    assert float(box.get("x")) + float(box.get("width")) == places[7]


def test_labels_classes_and_facts_are_named():
    found = texts(drawn(EXAMPLE))
    assert {"AGENCY party", "LEGAL policy", "METRIC count"} <= set(found)
    assert found[0].startswith("qinghe-2021-s001: role ")
    assert found[-1] == "5件: 印发 = 5 件"


def test_a_long_text_is_broken_and_a_line_does_not_begin_with_a_comma():
    # 44 wide characters fit between the margins: (840 - 48) / 18
    example = make_example("政" * 44 + "，" + "府" * 3, ("政" * 44, "AGENCY", "government"))
    rows = texts(drawn(example))
    assert "政" * 44 + "，" in rows
    assert "府" * 3 in rows


def test_a_span_over_two_lines_is_two_boxes_with_one_caption():
    example = make_example("法" * 40 + "政" * 30, ("政" * 30, "AGENCY", "government"))
    picture = drawn(example)
    boxes = [each for each in picture.iter(f"{SVG}rect") if each.get("class") == "AGENCY"]
    assert len(boxes) == 2
    assert texts(picture).count("AGENCY government") == 1


@given(annotated_texts())
def test_every_character_and_every_entity_is_drawn_whatever_they_are(annotated):
    text, entities = annotated
    bare = make_example(text)
    gold = bare.gold.model_copy(update={"entities": entities})
    found = texts(drawn(bare.model_copy(update={"gold": gold})))
    assert text in found
    assert sorted(found[1 : 1 + len(entities)]) == sorted(f"{e.label} {e.kind}" for e in entities)


def test_the_picture_of_the_readmes_is_that_of_the_gold(gold):
    path = room("corpus") / "segment.svg"
    assert path.read_text("utf-8") == segment_picture(find_segment(gold, "xincai-2022-s006"))


def test_it_is_for_light_and_dark_pages_and_loads_nothing():
    picture = segment_picture(EXAMPLE)
    assert "prefers-color-scheme: dark" in picture
    assert "href" not in picture
    assert "url(" not in picture
    assert "<script" not in picture


@pytest.mark.parametrize("odd", ["<b>&", '"]]>'])
def test_what_means_something_in_xml_is_shown_as_it_is(odd):
    assert f"县委{odd}" in texts(drawn(make_example(f"县委{odd}", ("县委", "AGENCY", "party"))))
