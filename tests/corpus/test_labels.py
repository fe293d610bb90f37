"""The inventory is complete: every label is defined, with an example from the train split."""

import pytest

from fazhi.corpus import (
    BIO_TAGS,
    ENTITIES,
    ENTITY_LABELS,
    KIND_NAMES,
    KINDS,
    ROLE_NAMES,
    ROLES,
    TOPIC_NAMES,
    TOPICS,
)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (ENTITIES, ENTITY_LABELS),
        ([kind for label in ENTITY_LABELS for kind in KINDS[label]], KIND_NAMES),
        (ROLES, ROLE_NAMES),
        (TOPICS, TOPIC_NAMES),
    ],
)
def test_each_name_is_defined_once_and_in_order(labels, names):
    assert tuple(label.name for label in labels) == names
    assert all(label.chinese and label.definition for label in labels)


def test_the_tag_set_is_outside_and_two_tags_per_type():
    assert BIO_TAGS == (
        "O", "B-AGENCY", "I-AGENCY", "B-LEGAL", "I-LEGAL", "B-METRIC", "I-METRIC",
    )  # fmt: skip


def test_entity_examples_carry_their_label_in_the_train_split(gold):
    found = {
        (entity.text, entity.label, entity.kind)
        for each in gold
        if each.segment.report in ("xincai-2022", "puyangxian-2021")
        for entity in each.gold.entities
    }
    for label in ENTITY_LABELS:
        for kind in KINDS[label]:
            assert (kind.example, label, kind.name) in found


@pytest.mark.parametrize(("labels", "task"), [(ROLES, "role"), (TOPICS, "topic")])
def test_section_examples_stand_in_a_train_segment_of_their_label(gold, labels, task):
    train = [each for each in gold if each.segment.report in ("xincai-2022", "puyangxian-2021")]
    attested = {getattr(each.gold, task) for each in gold}
    for label in labels:
        holders = {getattr(e.gold, task) for e in train if label.example in e.segment.text}
        assert label.name in holders or label.name not in attested, label
        assert holders


def test_digital_is_the_only_label_without_a_segment(gold):
    found = {each.gold.topic for each in gold} | {each.gold.role for each in gold}
    assert {*ROLE_NAMES, *TOPIC_NAMES} - found == {"digital"}
