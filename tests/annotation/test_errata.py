"""Corrections are records from which every older gold can be had again."""

import json

import pytest

from fazhi._paths import room
from fazhi.annotation import (
    Erratum,
    GoldVersion,
    check_versions,
    gold_before,
    read_errata,
    read_versions,
)
from fazhi.corpus import format_value, gold_hash, read_annotations, read_gold_card
from fazhi.errors import InputError, MismatchError
from makers import make_example

ERRATA = room("corpus") / "errata.jsonl"


def labels(annotation):
    return annotation.entities, annotation.role, annotation.topic


def test_the_first_gold_was_layer_a(gold):
    """Version 1.0.0 was layer a itself; the annotator's layer has not changed since."""
    before = gold_before(gold, read_errata(ERRATA), "1.1.0")
    for report in {each.segment.report for each in gold}:
        mine = [each for each in before if each.segment.report == report]
        path = room("annotation") / "layers" / "a" / f"{report}.jsonl"
        layer = read_annotations(path, [each.segment for each in mine])
        assert [labels(each.gold) for each in mine] == list(map(labels, layer))


def test_the_last_corrections_are_those_of_the_gold_version(gold):
    errata = read_errata(ERRATA)
    assert errata[-1].version == read_gold_card(room("annotation")).version
    assert gold_before(gold, errata, "99.0.0") == gold


COURT = make_example("县法院立案，县司法局受理5件。", ("县司法局", "AGENCY", "government"))


def erratum(**fields) -> Erratum:
    default = {
        "version": "1.1.0",
        "segment": "made-2020-s001",
        "about": "topic",
        "place": "",
        "start": None,
        "old": "disputes",
        "new": "general",
        "reason": "6.1",
    }
    return Erratum.model_validate(default | fields)


def test_a_topic_is_undone():
    (before,) = gold_before([COURT], [erratum()], "1.1.0")
    assert before.gold.topic == "disputes"
    assert before.gold.entities == COURT.gold.entities


def test_only_the_version_and_later_ones_are_undone():
    errata = [erratum(old="digital", new="disputes"), erratum(version="1.2.0")]
    assert gold_before([COURT], errata, "1.2.0")[0].gold.topic == "disputes"
    assert gold_before([COURT], errata, "1.1.0")[0].gold.topic == "digital"


def test_versions_are_compared_as_numbers():
    errata = [erratum(version="1.10.0")]
    assert gold_before([COURT], errata, "1.9.0")[0].gold.topic == "disputes"
    assert gold_before([COURT], errata, "1.11.0") == [COURT]


def spans(example):
    return [(each.text, f"{each.label}.{each.kind}") for each in example.gold.entities]


@pytest.mark.parametrize(
    ("place", "start", "old", "new", "due"),
    [
        ("县司法局", 6, None, "AGENCY.government", []),
        ("县司法局", 6, "AGENCY.party", "AGENCY.government", [("县司法局", "AGENCY.party")]),
        (
            *("县法院", 0, "AGENCY.judiciary", None),
            [("县法院", "AGENCY.judiciary"), ("县司法局", "AGENCY.government")],
        ),
    ],
)
def test_a_span_is_undone(place, start, old, new, due):
    record = erratum(about="span", place=place, start=start, old=old, new=new)
    assert spans(gold_before([COURT], [record], "1.1.0")[0]) == due


def test_a_boundary_is_two_records():
    errata = [
        erratum(about="span", place="司法局", start=7, old="AGENCY.government", new=None),
        erratum(about="span", place="县司法局", start=6, old=None, new="AGENCY.government"),
    ]
    assert spans(gold_before([COURT], errata, "1.1.0")[0]) == [("司法局", "AGENCY.government")]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"new": "digital"}, "says that topic of made-2020-s001 is digital, but it is general"),
        (
            {
                "about": "span",
                "place": "县法院",
                "start": 0,
                "old": None,
                "new": "AGENCY.judiciary",
            },
            "is AGENCY.judiciary, but it is -",
        ),
        (
            {"about": "span", "place": "司法局", "start": 7, "old": "AGENCY.party", "new": None},
            "overlaps",
        ),
        ({"about": "role", "old": "title", "new": "work"}, "has no topic"),
        ({"segment": "made-2020-s999"}, "names no segment of the corpus: 'made-2020-s999'"),
    ],
)
def test_a_record_that_does_not_fit_the_gold_is_refused(fields, named):
    with pytest.raises(MismatchError) as caught:
        gold_before([COURT], [erratum(**fields)], "1.1.0")
    assert named in str(caught.value)


def test_the_fact_of_a_metric_goes_with_it():
    metric = make_example("受理5件。", ("5件", "METRIC", "count"), facts=(("5件", None, "5 件"),))
    assert len(metric.gold.facts) == 1
    record = erratum(about="span", place="5件", start=2, old=None, new="METRIC.count")
    (before,) = gold_before([metric], [record], "1.1.0")
    assert before.gold.entities == before.gold.facts == ()


RECEIVED = make_example(
    "受理案件5件，审结案件4件。",
    ("5件", "METRIC", "count"),
    ("4件", "METRIC", "count"),
    facts=(("5件", "案件", "5 件"), ("4件", None, "4 件")),
)


def facts(example):
    return [
        (each.metric.text, each.indicator and each.indicator.start, format_value(each.value))
        for each in example.gold.facts
    ]


def test_an_indicator_and_a_value_are_undone():
    # 受0 理1 案2 件3 5 4 件5 ，6 审7 结8 案9 件10 4 11: the second 案件 begins at 9
    errata = [
        erratum(about="value", place="5件", start=4, old="50 件", new="5 件"),
        erratum(about="indicator", place="4件", start=11, old="案件", new="-"),
    ]
    (before,) = gold_before([RECEIVED], errata, "1.1.0")
    assert facts(before) == [("5件", 2, "50 件"), ("4件", 9, "4 件")]


def test_a_metric_that_was_removed_comes_back_with_its_fact():
    removed = make_example("受理5件。")
    errata = [
        erratum(about="span", place="5件", start=2, old="METRIC.count", new=None),
        erratum(about="indicator", place="5件", start=2, old="受理", new=None),
        erratum(about="value", place="5件", start=2, old="5 件", new=None),
    ]
    (before,) = gold_before([removed], errata, "1.1.0")
    assert facts(before) == [("5件", 0, "5 件")]


@pytest.mark.parametrize(
    ("about", "old", "named"),
    [("value", "viele", "'viele'"), ("indicator", "法院", "'法院' of '5件' is not in the text")],
)
def test_an_old_fact_that_cannot_have_been_is_refused(about, old, named):
    new = {"value": "5 件", "indicator": "案件"}[about]
    record = erratum(about=about, place="5件", start=4, old=old, new=new)
    with pytest.raises(MismatchError) as caught:
        gold_before([RECEIVED], [record], "1.1.0")
    assert named in str(caught.value)


class TestVersions:
    """No label of the gold changes without a record and a version."""

    NOW = gold_hash([COURT])

    def check(self, example, errata, now, *known):
        recorded = [GoldVersion(version=name, sha256=digest) for name, digest in known]
        return [each.version for each in check_versions(recorded, [example], errata, now)]

    def test_the_gold_is_the_one_on_record(self, gold):
        folder = room("corpus")
        recorded = read_versions(folder / "versions.jsonl")
        now = read_gold_card(room("annotation")).version
        assert check_versions(recorded, gold, read_errata(ERRATA), now) == recorded

    def test_a_recorded_correction_makes_a_version(self):
        corrected = make_example(COURT.segment.text, ("县司法局", "AGENCY", "party"))
        record = erratum(
            version="1.2.0", about="span", place="县司法局", start=6,
            old="AGENCY.government", new="AGENCY.party",
        )  # fmt: skip
        versions = self.check(corrected, [record], "1.2.0", ("1.1.0", self.NOW))
        assert versions == ["1.1.0", "1.2.0"]

    @pytest.mark.parametrize("now", ["1.1.0", "1.2.0"])
    def test_a_changed_label_without_a_record_is_found(self, now):
        changed = make_example(COURT.segment.text, ("县司法局", "AGENCY", "party"))
        with pytest.raises(MismatchError, match=r"not the one that version 1\.1\.0 was"):
            self.check(changed, [], now, ("1.1.0", self.NOW))

    def test_a_version_does_not_go_back(self):
        with pytest.raises(MismatchError, match=r"1\.10\.0 is on record"):
            self.check(COURT, [], "1.9.0", ("1.10.0", self.NOW))


@pytest.mark.parametrize(
    "fields",
    [
        {"old": "general"},
        {"place": "县"},
        {"about": "span", "place": "", "start": 0, "old": None, "new": "AGENCY.party"},
        {"about": "span", "place": "县", "start": None, "old": None, "new": "AGENCY.party"},
        {"version": "v1.1.0"},
    ],
)
def test_a_record_that_says_nothing_is_refused(fields):
    with pytest.raises(ValueError, match=r"."):
        erratum(**fields)


def test_records_out_of_order_are_refused(tmp_path):
    path = tmp_path / "errata.jsonl"
    records = [erratum(version="1.10.0"), erratum(version="1.9.0")]
    path.write_text("".join(each.model_dump_json() + "\n" for each in records), "utf-8")
    with pytest.raises(MismatchError, match="not in order"):
        read_errata(path)


def test_a_record_without_a_reason_is_refused(tmp_path):
    path = tmp_path / "errata.jsonl"
    path.write_text(json.dumps(erratum().model_dump() | {"reason": ""}), "utf-8")
    with pytest.raises(InputError, match="reason"):
        read_errata(path)
