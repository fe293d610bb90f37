"""A layer fits the text that it annotates, or is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._paths import room
from fazhi.corpus import (
    Annotation,
    Fact,
    LayerCard,
    Span,
    check_annotation,
    layer_folder,
    layer_folders,
    parse_value,
    read_annotations,
    read_gold_card,
    read_layer_card,
    write_annotations,
    write_layer_card,
)
from fazhi.errors import InputError, UnknownName
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


class TestFacts:
    """A fact is about a METRIC of the segment, in its turn, and its spans are in the text."""

    TEXT = "办理案件71件、2人。"
    EXAMPLE = make_example(
        TEXT,
        ("案件", "LEGAL", "policy"),
        ("71件", "METRIC", "count"),
        ("2人", "METRIC", "count"),
        facts=(("71件", "案件", "71 件"), ("2人", None, "2 人")),
    )
    FIRST, SECOND = EXAMPLE.gold.facts

    def problem(self, *facts: Fact) -> str | None:
        gold = self.EXAMPLE.gold.model_copy(update={"facts": facts})
        return check_annotation(gold, {gold.id: self.EXAMPLE.segment})

    def fact(self, metric: tuple[int, int], indicator: tuple[int, int] | None = None) -> Fact:
        return Fact(
            metric=self.span(*metric),
            indicator=indicator and self.span(*indicator),
            value=parse_value("1 件"),
        )

    def span(self, start: int, end: int) -> Span:
        return Span(start=start, end=end, text=self.TEXT[start:end])

    def test_facts_of_all_of_some_or_of_no_metrics(self):
        assert self.problem(self.FIRST, self.SECOND) is None
        assert self.problem(self.SECOND) is None
        assert self.problem() is None

    def test_there_and_back(self, path):
        write_annotations(path, [self.EXAMPLE.gold])
        assert read_annotations(path, [self.EXAMPLE.segment]) == [self.EXAMPLE.gold]

    def test_a_line_without_facts_is_one_of_an_earlier_time(self, path):
        line = EXAMPLE.gold.model_dump(mode="json", exclude={"facts"})
        path.write_text(json.dumps(line), encoding="utf-8")
        assert read_annotations(path, SEGMENTS) == [EXAMPLE.gold]

    def test_out_of_order(self):
        assert self.problem(self.SECOND, self.FIRST) == (
            "the span 4:7 has two facts, or its fact is out of order"
        )

    def test_two_of_one_metric(self):
        assert self.problem(self.FIRST, self.FIRST) == (
            "the span 4:7 has two facts, or its fact is out of order"
        )

    # an entity that is no METRIC, no entity at all, a METRIC in part
    @pytest.mark.parametrize("place", [(2, 4), (0, 2), (4, 6), (5, 7)])
    def test_of_no_metric(self, place):
        assert self.problem(self.fact(place)) == (
            f"the span {place[0]}:{place[1]} has a fact but is no METRIC"
        )

    @pytest.mark.parametrize("place", [(4, 7), (3, 5), (6, 8), (0, 11), (5, 6)])
    def test_an_indicator_that_overlaps_its_metric(self, place):
        assert self.problem(self.fact((4, 7), place)) == (
            f"the span {place[0]}:{place[1]} names what the span 4:7 measures, but overlaps it"
        )

    @pytest.mark.parametrize("place", [(2, 4), (7, 8), (8, 10), (0, 4)])
    def test_an_indicator_may_touch_the_metric_and_overlap_entities(self, place):
        assert self.problem(self.fact((4, 7), place)) is None

    @pytest.mark.parametrize("key", ["metric", "indicator"])
    def test_a_surface_that_is_not_in_the_text_there(self, key):
        wrong = self.FIRST.model_copy(
            update={key: getattr(self.FIRST, key).model_copy(update={"text": "别的"})}
        )
        assert "in the text, but '别的' in the annotation" in self.problem(wrong)

    @pytest.mark.parametrize("place", [(8, 99), (3, 3), (4, 2)])
    def test_an_indicator_out_of_range(self, place):
        assert "is empty or out of range" in self.problem(self.fact((4, 7), place))

    def test_a_value_that_cannot_be_is_named_with_its_line(self, path):
        line = self.EXAMPLE.gold.model_dump(mode="json")
        line["facts"][1]["value"]["low"] = 3
        path.write_text(json.dumps(line), encoding="utf-8")
        with pytest.raises(InputError, match=r"line 1: key 'facts\.1\.value': the lower bound 3"):
            read_annotations(path, [self.EXAMPLE.segment])

    def test_the_metrics_of_an_annotation_are_its_metric_entities(self):
        assert [each.text for each in self.EXAMPLE.gold.metrics] == ["71件", "2人"]


CARDS = st.builds(
    LayerCard,
    name=st.just("made"),
    annotator=st.sampled_from(["language model", "person", "adjudication"]),
    guidelines=st.text("0123456789.", min_size=1),
    method=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f")),
)


@given(CARDS)
def test_a_card_survives_the_way_through_its_file(tmp_path_factory, card):
    folder = tmp_path_factory.mktemp("layers") / card.name
    write_layer_card(folder, card)
    assert read_layer_card(folder) == card


@pytest.mark.parametrize(
    "method", ['says "no"', "line\nline", "C:\\x", "it's", "# no comment", "𠀀"]
)
def test_a_card_with_awkward_words(tmp_path, method):
    card = LayerCard(name="made", annotator="person", guidelines="1.2", method=method)
    write_layer_card(tmp_path / "made", card)
    assert read_layer_card(tmp_path / "made") == card


def test_the_card_of_another_layer_is_refused(tmp_path):
    card = LayerCard(name="made", annotator="person", guidelines="1.2", method="x")
    write_layer_card(tmp_path / "other", card)
    with pytest.raises(InputError, match="it is the card of a layer 'made'"):
        read_layer_card(tmp_path / "other")


class TestFolders:
    @pytest.fixture
    def annotation(self, tmp_path):
        for name in ("b", "a"):
            card = LayerCard(name=name, annotator="person", guidelines="1.2", method="x")
            write_layer_card(tmp_path / "layers" / name, card)
        (tmp_path / "layers" / "notes").mkdir()
        return tmp_path

    def test_every_folder_with_a_card_is_a_layer(self, annotation):
        layers = annotation / "layers"
        assert list(layer_folders(annotation).items()) == [("a", layers / "a"), ("b", layers / "b")]

    def test_a_layer_by_its_name(self, annotation):
        assert layer_folder(annotation, "b") == annotation / "layers" / "b"

    @pytest.mark.parametrize("name", ["notes", "../layers/a", ""])
    def test_another_name_is_refused(self, annotation, name):
        with pytest.raises(UnknownName, match="Did you mean: a"):
            layer_folder(annotation, name)

    def test_no_layers(self, tmp_path):
        assert layer_folders(tmp_path) == {}


def test_every_layer_says_truly_who_annotated():
    folders = layer_folders(room("annotation"))
    cards = {name: read_layer_card(folder) for name, folder in folders.items()}
    assert {name: card.annotator for name, card in cards.items()} == {
        "a": "language model",
        "b": "language model",
        "gold": "adjudication",
    }
    assert all(name == card.name for name, card in cards.items())


def test_every_layer_annotates_every_report_and_nothing_else(reports):
    for folder in layer_folders(room("annotation")).values():
        assert {path.stem for path in folder.glob("*.jsonl")} == set(reports)
        for name, report in reports.items():
            annotations = read_annotations(folder / f"{name}.jsonl", report.segments)
            assert all(stated(each) for each in annotations), folder


def stated(annotation: Annotation) -> bool:
    """Whether each METRIC has its fact."""
    return [each.metric.start for each in annotation.facts] == [
        each.start for each in annotation.metrics
    ]


def test_a_card_that_lacks_a_key_is_refused(tmp_path):
    (tmp_path / "layer.toml").write_text('name = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"layer\.toml: key 'annotator': Field required"):
        read_layer_card(tmp_path)


def test_the_gold_layer_is_one_that_is_there():
    folder = room("annotation") / "layers" / read_gold_card(room("annotation")).layer
    assert folder.is_dir()
