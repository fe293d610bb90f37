"""A layer fits the text that it annotates, or is refused."""

import json

import pytest

from fazhi._paths import room
from fazhi.corpus import read_annotations, read_gold_card, read_layer_card, write_annotations
from fazhi.errors import InputError
from makers import make_example

EXAMPLE = make_example("县司法局受理5件。", ("县司法局", "AGENCY", "government"))
SEGMENTS = [EXAMPLE.segment]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "made-2020.jsonl"


def changed(**changes: object) -> dict[str, object]:
    return {**EXAMPLE.gold.model_dump(mode="json"), **changes}


def entity(**changes: object) -> dict[str, object]:
    return changed(entities=[{**EXAMPLE.gold.entities[0].model_dump(), **changes}])


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        (changed(id="made-2020-s002"), "there is no segment 'made-2020-s002'"),
        (entity(end=99), "out of range"),
        (entity(start=4), "out of range"),
        (entity(text="司法局"), "is '县司法局' in the text, but '司法局' in the annotation"),
        (entity(label="AGENT"), "entities.0.label"),
        (entity(kind="law"), "AGENCY has no kind 'law'"),
        (changed(role="chapter"), "role"),
        (changed(topic=None), "role 'work' needs a topic"),
        (changed(role="other"), "role 'other' has no topic"),
        (changed(entities=[EXAMPLE.gold.entities[0].model_dump()] * 2), "overlaps"),
    ],
)
def test_a_bad_line_is_named(path, bad, named):
    path.write_text(json.dumps(bad) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1") as caught:
        read_annotations(path, SEGMENTS)
    assert named in str(caught.value)


def test_an_id_that_occurs_twice(path):
    write_annotations(path, [EXAMPLE.gold, EXAMPLE.gold])
    with pytest.raises(InputError, match="line 2: the id 'made-2020-s001' occurs twice"):
        read_annotations(path, SEGMENTS)


def test_a_segment_without_annotation(path):
    write_annotations(path, [EXAMPLE.gold])
    other = make_example("二。", name="made-2020-s002").segment
    with pytest.raises(InputError, match="1 segments have no annotation"):
        read_annotations(path, [*SEGMENTS, other])


def test_there_and_back(path):
    write_annotations(path, [EXAMPLE.gold])
    assert read_annotations(path, SEGMENTS) == [EXAMPLE.gold]


def test_every_layer_says_truly_who_annotated():
    for card in (room("annotation") / "layers").glob("*/layer.toml"):
        layer = read_layer_card(card.parent)
        assert layer.name == card.parent.name
        assert layer.annotator == "language model"


def test_a_card_that_lacks_a_key_is_refused(tmp_path):
    (tmp_path / "layer.toml").write_text('name = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"layer\.toml: key 'annotator': Field required"):
        read_layer_card(tmp_path)


def test_the_gold_layer_is_one_that_is_there():
    folder = room("annotation") / "layers" / read_gold_card(room("annotation")).layer
    assert folder.is_dir()
