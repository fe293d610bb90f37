"""The labelling interface, generated from the label inventory as Label Studio's XML.

Its control tags are named here once; the conversion of annotations uses the same names.
"""

from xml.etree import ElementTree as ET

from fazhi.corpus import (
    ENTITIES,
    ENTITY_LABELS,
    KINDS,
    ROLES,
    TOPICS,
    EntityLabel,
    Label,
    topic_is_due,
)

TEXT = "text"
ENTITY, INDICATOR, ROLE, TOPIC, VALUE = "entity", "indicator", "role", "topic", "value"
INDICATOR_LABEL = "INDICATOR"
MEASURES = "measures"

_COLOURS = {"AGENCY": "#1f77b4", "LEGAL": "#2ca02c", "METRIC": "#d9730d"}
_HOTKEYS = {"AGENCY": "1", "LEGAL": "2", "METRIC": "3"}


def kind_tag(label: EntityLabel) -> str:
    """The name of the control that holds the kind of an entity type."""
    return f"{label.lower()}_kind"


def label_config() -> str:
    """The labelling configuration, as committed in `annotation/label_config.xml`."""
    view = ET.Element("View")
    ET.SubElement(view, "Header", value="$title", size="5")
    ET.SubElement(view, "Header", value="$heading_path", size="6")
    _labels(view)
    ET.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    for label in ENTITY_LABELS:
        when = {"whenTagName": ENTITY, "whenLabelValue": label}
        _choices(view, kind_tag(label), KINDS[label], perRegion="true", required="true", **when)
    ET.SubElement(
        view,
        "TextArea",
        name=VALUE,
        toName=TEXT,
        perRegion="true",
        whenTagName=ENTITY,
        whenLabelValue="METRIC",
        maxSubmissions="1",
        editable="true",
        placeholder="71 件; ~50 次; 98.. %; ..36 天; 50..100 元; 1/3",
    )
    _sections(view)
    relations = ET.SubElement(view, "Relations")
    ET.SubElement(relations, "Relation", value=MEASURES)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _labels(view: ET.Element) -> None:
    entities = ET.SubElement(view, "Labels", name=ENTITY, toName=TEXT)
    for each in ENTITIES:
        ET.SubElement(
            entities,
            "Label",
            value=each.chinese,
            alias=each.name,
            hotkey=_HOTKEYS[each.name],
            background=_COLOURS[each.name],
        )
    indicators = ET.SubElement(view, "Labels", name=INDICATOR, toName=TEXT)
    ET.SubElement(
        indicators,
        "Label",
        value="指标名",
        alias=INDICATOR_LABEL,
        hotkey="4",
        background="#9467bd",
    )


def _sections(view: ET.Element) -> None:
    _choices(view, ROLE, ROLES, required="true")
    due = ",".join(role.name for role in ROLES if topic_is_due(role.name))
    when = {"visibleWhen": "choice-selected", "whenTagName": ROLE, "whenChoiceValue": due}
    _choices(view, TOPIC, TOPICS, required="true", **when)


def _choices(view: ET.Element, name: str, labels: tuple[Label, ...], **attributes: str) -> None:
    choices = ET.SubElement(
        view, "Choices", name=name, toName=TEXT, choice="single-radio", showInline="true"
    )
    choices.attrib.update(attributes)
    for each in labels:
        ET.SubElement(choices, "Choice", value=each.chinese, alias=each.name, hint=each.definition)
