"""Illegal tags: the two repairs against seqeval and against the definition of conlleval."""

import itertools
import random

import pytest
from seqeval.scheme import IOB2, Entities

from fazhi.corpus import BIO_TAGS
from fazhi.predictions._tags import illegal_places, repaired_spans, tag_remedy

Spans = list[tuple[int, int, str]]


def sequences() -> list[list[str]]:
    """All sequences of up to 5 tags of two types, and long ones of three types at random."""
    two_types = BIO_TAGS[:5]
    short = [
        list(tags) for length in range(6) for tags in itertools.product(two_types, repeat=length)
    ]
    draw = random.Random(20_240_601)
    weights = ([1] * 7, [6, 1, 1, 1, 1, 1, 1], [1, 1, 4, 1, 4, 1, 4], [0, 1, 1, 1, 1, 1, 1])
    long = [
        draw.choices(BIO_TAGS, weights=weights[number % 4], k=draw.randint(6, 40))
        for number in range(20_000)
    ]
    return short + long


SEQUENCES = sequences()


def conlleval_spans(tags: list[str]) -> Spans:
    """Chunks as conlleval defines them, by endOfChunk and startOfChunk between two tags."""
    spans: Spans = []
    start = 0
    last, last_type = "O", ""
    for index, (tag, _, kind) in enumerate(each.partition("-") for each in [*tags, "O"]):
        ends = (last + tag in ("BB", "BO", "IB", "IO")) or (last != "O" and last_type != kind)
        starts = (last + tag in ("BB", "IB", "OB", "OI")) or (tag != "O" and last_type != kind)
        if ends:
            spans.append((start, index, last_type))
        if starts:
            start = index
        last, last_type = tag, kind
    return spans


def seqeval_spans(batch: list[list[str]]) -> list[Spans]:
    """Entities as seqeval counts them with mode="strict" and scheme=IOB2."""
    found = Entities(batch, IOB2).entities
    return [[(each.start, each.end, each.tag) for each in entities] for entities in found]


def test_there_are_enough_sequences_and_most_have_illegal_tags():
    assert len(SEQUENCES) > 20_000
    assert sum(bool(illegal_places(tags)) for tags in SEQUENCES) > 15_000


def test_discard_is_strict_iob2_of_seqeval():
    expected = seqeval_spans(SEQUENCES)
    assert [repaired_spans(tags, "discard")[0] for tags in SEQUENCES] == expected


def test_conlleval_is_the_definition_of_conlleval():
    for tags in SEQUENCES:
        assert repaired_spans(tags, "conlleval") == (conlleval_spans(tags), []), tags


def test_each_illegal_tag_begins_one_fragment_and_what_is_discarded_is_what_conlleval_adds():
    for tags in SEQUENCES:
        kept, fragments = repaired_spans(tags, "discard")
        assert [start for start, _, _ in fragments] == illegal_places(tags)
        assert sorted(kept + fragments) == repaired_spans(tags, "conlleval")[0]


def test_legal_tags_are_the_same_to_all_rules():
    legal = [tags for tags in SEQUENCES if not illegal_places(tags)]
    assert len(legal) > 500
    for tags in legal:
        spans = repaired_spans(tags, "error")
        assert repaired_spans(tags, "discard") == repaired_spans(tags, "conlleval") == spans


@pytest.mark.parametrize(
    ("tags", "places"),
    [
        ("I-AGENCY I-AGENCY", [0]),
        ("O I-AGENCY O I-LEGAL", [1, 3]),
        ("B-AGENCY I-LEGAL I-LEGAL I-AGENCY", [1, 3]),
        ("B-AGENCY I-AGENCY B-AGENCY I-AGENCY", []),
    ],
)
def test_a_tag_is_illegal_where_it_continues_no_entity_of_its_type(tags, places):
    assert illegal_places(tags.split()) == places


@pytest.mark.parametrize(
    ("tag", "remedy"),
    [
        ("o", "Write O, a capital letter"),
        ("b-agency", "Write B-AGENCY, in capitals"),
        ("I-Legal", "Write I-LEGAL, in capitals"),
        ("METRIC", "Write B-METRIC where an entity begins and I-METRIC where it continues"),
        ("S-AGENCY", "BIOES, BMES and BILOU are not read: convert S and U to B"),
        ("M-LEGAL", "BIOES, BMES and BILOU are not read"),
        ("ORG", "The tags are O, B-AGENCY, I-AGENCY, B-LEGAL, I-LEGAL, B-METRIC, I-METRIC"),
        ("B_AGENCY", "The tags are O, B-AGENCY"),
    ],
)
def test_a_tag_that_is_none_has_a_remedy(tag, remedy):
    assert tag_remedy(tag).startswith(remedy)
