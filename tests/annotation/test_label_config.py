"""The labelling interface holds the whole label inventory, and Label Studio can use it."""

from xml.etree import ElementTree as ET

import pytest
from label_studio_sdk.label_interface import LabelInterface

from fazhi._paths import room
from fazhi.annotation import label_config, task_data, to_prediction, to_result
from fazhi.corpus import ENTITIES, ENTITY_LABELS, KINDS, ROLES, TOPICS, topic_is_due
from makers import make_example

EXAMPLE = make_example(
    "县司法局依据行政复议法受理5件。",
    ("县司法局", "AGENCY", "government"),
    ("行政复议法", "LEGAL", "law"),
    ("5件", "METRIC", "count"),
)
VIEW = ET.fromstring(label_config())


def control(name: str) -> ET.Element:
    """The one control tag with a name."""
    (found,) = VIEW.findall(f".//*[@name='{name}']")
    return found


def names_of(name: str) -> list[tuple[str | None, str | None]]:
    """What is stored and what is shown for each choice of a control."""
    return [(each.get("alias"), each.get("value")) for each in control(name)]


def inventory(labels) -> list[tuple[str, str]]:
    return [(each.name, each.chinese) for each in labels]


def test_the_committed_file_is_the_generated_one():
    assert (room("annotation") / "label_config.xml").read_text("utf-8") == label_config()


@pytest.fixture(scope="module")
def interface():
    return LabelInterface(label_config())


class TestValidator:
    """The SDK's own validator."""

    def test_it_accepts_the_interface(self, interface):
        interface.validate()

    def test_it_refuses_a_control_of_a_text_that_is_not_there(self):
        with pytest.raises(Exception, match="txt"):
            LabelInterface(label_config().replace('toName="text"', 'toName="txt"')).validate()

    def refusals(self, interface, result):
        prediction = {"result": result, "model_version": "rules", "score": 0.5}
        return interface.validate_prediction(prediction, return_errors=True)

    def test_it_accepts_every_gold_annotation(self, interface, gold):
        refused = {each.segment.id: self.refusals(interface, to_result(each.gold)) for each in gold}
        assert {name: errors for name, errors in refused.items() if errors} == {}

    def test_it_accepts_a_prediction(self, interface):
        spans = [(each.start, each.end, each.label) for each in EXAMPLE.gold.entities]
        result = to_prediction(EXAMPLE.segment.text, spans, "work", "disputes")
        assert self.refusals(interface, result) == []

    @pytest.mark.parametrize(
        ("tag", "key", "wrong"),
        [
            ("entity", "labels", ["AGENT"]),
            ("entity", "labels", ["机构"]),
            ("agency_kind", "choices", ["law"]),
            ("role", "choices", ["chapter"]),
            ("topic", "choices", ["综合"]),
        ],
    )
    def test_it_refuses_a_name_that_is_not_stored(self, interface, tag, key, wrong):
        result = to_result(EXAMPLE.gold)
        region = next(each for each in result if each["from_name"] == tag)
        region["value"][key] = wrong
        assert [tag in error for error in self.refusals(interface, result)] == [True]


class TestWhatTheValidatorMisses:
    def test_every_tag_is_known(self):
        # the tags of Label Studio 1.23 that the interface uses
        assert {each.tag for each in VIEW.iter()} == {
            *("View", "Header", "Text", "Labels", "Label", "Choices", "Choice"),
            *("TextArea", "Relations", "Relation"),
        }

    def test_every_label_has_a_hotkey_of_its_own(self):
        hotkeys = [each.get("hotkey") for each in VIEW.iter("Label")]
        assert hotkeys == ["1", "2", "3", "4"]

    def test_no_other_tag_takes_a_hotkey_of_a_label(self):
        assert [each.tag for each in VIEW.iter() if each.get("hotkey")] == ["Label"] * 4

    def test_every_label_has_a_colour_of_its_own(self):
        colours = [each.get("background") for each in VIEW.iter("Label")]
        assert len(set(colours)) == 4


class TestInventory:
    def test_entity_labels(self):
        assert names_of("entity") == inventory(ENTITIES)

    @pytest.mark.parametrize("label", ENTITY_LABELS)
    def test_kinds_are_asked_for_each_region_of_their_label(self, label):
        kinds = control(f"{label.lower()}_kind")
        assert names_of(f"{label.lower()}_kind") == inventory(KINDS[label])
        asked = ("perRegion", "required", "whenTagName", "whenLabelValue", "choice")
        assert [kinds.get(each) for each in asked] == [
            *("true", "true", "entity", label),
            "single-radio",
        ]

    def test_values_are_asked_for_each_metric(self):
        value = control("value")
        asked = ("perRegion", "whenTagName", "whenLabelValue", "maxSubmissions")
        assert [value.get(each) for each in asked] == ["true", "entity", "METRIC", "1"]

    def test_indicators_are_a_layer_of_their_own(self):
        assert names_of("indicator") == [("INDICATOR", "指标名")]

    def test_a_relation_leads_to_the_indicator(self):
        assert [each.get("value") for each in VIEW.findall("Relations/Relation")] == ["measures"]

    def test_roles(self):
        assert names_of("role") == inventory(ROLES)
        assert control("role").get("required") == "true"

    def test_topics_are_asked_for_the_roles_that_have_one(self):
        topic = control("topic")
        assert names_of("topic") == inventory(TOPICS)
        assert topic.get("required") == "true"
        assert (topic.get("visibleWhen"), topic.get("whenTagName")) == ("choice-selected", "role")
        roles = str(topic.get("whenChoiceValue")).split(",")
        assert roles == [each.name for each in ROLES if topic_is_due(each.name)]


class TestWhatIsShown:
    def test_the_title_and_the_headings_stand_above_the_text(self):
        shown = [each.get("value") for each in VIEW if each.tag in ("Header", "Text")]
        assert shown == ["$title", "$heading_path", "$text"]

    def test_a_task_holds_all_that_is_shown(self):
        data = task_data(EXAMPLE.segment, "关于2020年法治政府建设情况的报告")
        assert {"title", "heading_path", "text"} <= data.keys()
        assert data["title"] == "关于2020年法治政府建设情况的报告"

    def test_headings_are_shown_outermost_first(self):
        segment = EXAMPLE.segment.model_copy(update={"heading_path": ("一、工作", "（一）执法")})
        assert task_data(segment, "题")["heading_path"] == "一、工作 › （一）执法"

    def test_a_segment_without_headings_shows_a_dash(self):
        assert task_data(EXAMPLE.segment, "题")["heading_path"] == "–"

    def test_characters_can_be_selected_one_by_one(self):
        assert control("text").get("granularity") == "symbol"
