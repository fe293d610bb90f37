"""`croissant.json` is valid, and mlcroissant reads from it, offline, the rows of the data files."""

import json
import logging

import mlcroissant as mlc
import pandas as pd
import pytest
import yaml

from commands import TOP
from fazhi._files import sha256
from fazhi._paths import room
from fazhi.corpus import (
    CONFIGS,
    CROISSANT,
    ENTITY_LABELS,
    KINDS,
    MADE_UP,
    ROLES,
    SYNTHETIC,
    TOPICS,
    built_splits,
    citation,
    parquet_name,
    read_gold_card,
    render_croissant,
    write_tables,
)
from fazhi.corpus._croissant_terms import CONTEXT, DESCRIPTION
from fazhi.corpus._dataset import read_rows, read_table

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # of rdflib

PARTS = [
    (config, split)
    for config in CONFIGS
    for split in built_splits(room("corpus"), config)
    if (room("corpus") / "data" / parquet_name(config, split)).exists()
]


@pytest.fixture(scope="module")
def content():
    return json.loads((room("corpus") / CROISSANT).read_text("utf-8"))


@pytest.fixture(scope="module")
def dataset():
    return mlc.Dataset(jsonld=room("corpus") / CROISSANT)


def test_it_is_valid_without_a_warning(caplog):
    with caplog.at_level(logging.WARNING):
        issues = mlc.Dataset(jsonld=room("corpus") / CROISSANT).metadata.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    assert caplog.messages == []


def test_a_warning_would_be_seen(content, tmp_path, caplog):
    lacking = {key: value for key, value in content.items() if key != "version"}
    lacking["@context"] = {key: value for key, value in CONTEXT.items() if key != "citeAs"}
    (tmp_path / CROISSANT).write_text(json.dumps(lacking), "utf-8")
    (tmp_path / "data").symlink_to(room("corpus") / "data")
    with caplog.at_level(logging.WARNING):
        assert mlc.Dataset(jsonld=tmp_path / CROISSANT).metadata.issues.warnings
    assert "The JSON-LD `@context` is not standard" in caplog.text


def as_stored(value):
    """What mlcroissant makes of a value, as pyarrow gives it."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, list):
        return [as_stored(each) for each in value]
    return nested(value) if isinstance(value, dict) else value


def nested(record):
    """A record whose keys lost all but the name, and whose parts are records again."""
    found = {}
    for path, value in record.items():
        *above, name = path.rpartition("/")[2].split(".")
        place = found
        for part in above:
            place = place.setdefault(part, {})
        place[name] = as_stored(value)
    if "indicator" in found and set(found["indicator"].values()) == {None}:
        found["indicator"] = None
    return found


@pytest.mark.parametrize(("config", "split"), PARTS)
def test_every_record_is_a_row_of_the_parquet_file(config, split, dataset):
    records = [nested(record) for record in dataset.records(f"{config}-{split}")]
    assert records == read_rows(config, split, room("corpus"))


def test_what_class_labels_stand_for_can_be_looked_up(dataset):
    listed = {
        name: [nested(record) for record in dataset.records(name)] for name in ("roles", "topics")
    }
    assert [each["definition"] for each in listed["roles"]] == [each.definition for each in ROLES]
    assert [each["chinese"] for each in listed["topics"]] == [each.chinese for each in TOPICS]
    assert [each["index"] for each in listed["roles"]] == list(range(len(ROLES)))


def fields(record_set):
    """All fields of a record set, those of lists of records, too."""
    for field in record_set["field"]:
        yield field
        yield from field.get("subField", [])


def test_every_class_label_leads_to_the_list_of_its_names(content):
    lists = {each["@id"]: each for each in content["recordSet"] if "data" in each}
    features = {config: read_features(config) for config in CONFIGS}
    for record_set in content["recordSet"]:
        config = record_set["@id"].partition("-")[0]
        for field in fields(record_set):
            if "references" not in field:
                continue
            name = field["references"]["field"]["@id"].removesuffix("/index")
            names = [row[f"{name}/name"] for row in lists[name]["data"]]
            _, *path = field["@id"].split("/")
            assert names == class_names(features[config], path)


def read_features(config):
    import fazhi

    return fazhi.load(config)["train"].features


def class_names(features, path):
    column, *parts = path
    feature = features[column]
    inner = getattr(feature, "feature", feature)
    return (inner[parts[0]] if parts else inner).names


def test_the_kinds_are_listed_with_their_definitions(content):
    listed = next(each for each in content["recordSet"] if each["@id"] == "entity-kinds")
    due = [kind.definition for label in ENTITY_LABELS for kind in KINDS[label]]
    assert [row["entity-kinds/definition"] for row in listed["data"]] == due


def test_every_field_is_described_but_those_of_lists(content):
    for record_set in content["recordSet"]:
        assert record_set["description"]
        if "data" not in record_set:
            assert all(field["description"] for field in fields(record_set))


def test_files_are_named_by_relative_addresses_with_their_checksums(content):
    folder = room("corpus")
    checksums = dict(
        reversed(line.split("  "))
        for line in (folder / "data" / "checksums").read_text("utf-8").splitlines()
    )
    assert [each["contentUrl"] for each in content["distribution"]] == [
        f"data/{parquet_name(*part)}" for part in PARTS
    ]
    for each in content["distribution"]:
        data = (folder / each["contentUrl"]).read_bytes()
        assert each["sha256"] == sha256(data) == checksums[each["name"]]
        assert each["contentSize"] == f"{len(data)} B"


def test_made_up_text_is_said_to_be_made_up_wherever_it_is_named(content):
    found = [
        each
        for each in [*content["distribution"], *content["recordSet"]]
        if SYNTHETIC in each["@id"]
    ]
    assert len(found) == 8
    assert all(MADE_UP in each["description"] for each in found)
    assert "is made-up text to learn from and is never scored" in DESCRIPTION


def test_the_citation_is_that_of_the_repository():
    cited = yaml.safe_load((TOP / "CITATION.cff").read_text("utf-8"))
    text = citation(read_gold_card(room("annotation")))
    assert f"title = {{{cited['title']}}}" in text
    assert f"author = {{{{{cited['authors'][0]['name']}}}}}" in text


def test_a_contributed_report_gets_record_sets_of_its_own(tmp_path):
    table = read_table(room("corpus") / "data" / "reports-train.parquet")
    write_tables({"reports-contributed.parquet": table}, tmp_path / "data")
    content = json.loads(render_croissant(tmp_path, read_gold_card(room("annotation"))))
    assert [each["@id"] for each in content["recordSet"] if "data" not in each] == [
        "reports-contributed"
    ]
