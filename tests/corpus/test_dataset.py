"""The dataset loads without a script, says what the sources say, and builds to the same bytes."""

import datasets
import pyarrow.parquet as pq
import pytest
import yaml

import fazhi
from fazhi._paths import room
from fazhi.corpus import (
    CONFIGS,
    ENTITY_LABELS,
    KIND_NAMES,
    ROLE_NAMES,
    SPLITS,
    TOPIC_NAMES,
    check_tables,
    load_examples,
    parquet_name,
    read_annotated,
    spans_to_tags,
    tables,
    write_tables,
)
from fazhi.errors import InputError, MismatchError, UnknownName


@pytest.fixture(scope="module")
def built():
    return tables(read_annotated(room("corpus"), room("annotation")))


@pytest.fixture(scope="module", autouse=True)
def offline_cache(tmp_path_factory):
    """Keeps the cache of datasets out of the user's home."""
    before = datasets.config.HF_DATASETS_CACHE
    datasets.config.HF_DATASETS_CACHE = tmp_path_factory.mktemp("cache")
    yield
    datasets.config.HF_DATASETS_CACHE = before


@pytest.mark.parametrize("config", CONFIGS)
def test_both_ways_to_load_give_the_same(config, tmp_path):
    ours = fazhi.load(config)
    theirs = datasets.load_dataset(str(room("corpus")), config, cache_dir=str(tmp_path))
    assert list(ours) == list(theirs) == list(SPLITS)
    for split in SPLITS:
        assert ours[split].features == theirs[split].features
        assert ours[split].to_list() == theirs[split].to_list()


def test_the_card_lists_every_file():
    front = (room("corpus") / "README.md").read_text("utf-8").split("---")[1]
    listed = {
        (config["config_name"], file["split"]): file["path"]
        for config in yaml.safe_load(front)["configs"]
        for file in config["data_files"]
    }
    assert listed == {
        (config, split): f"data/{parquet_name(config, split)}"
        for config in CONFIGS
        for split in SPLITS
    }


def test_class_labels_are_those_of_the_inventory():
    entities, sections = (fazhi.load(each)["train"].features for each in CONFIGS[:2])
    span = entities["spans"].feature
    assert span["label"].names == list(ENTITY_LABELS)
    assert span["kind"].names == list(KIND_NAMES)
    assert sections["role"].names == list(ROLE_NAMES)
    assert sections["topic"].names == list(TOPIC_NAMES)


def test_tokens_tags_and_spans_say_the_same():
    for split, rows in fazhi.load("entities").items():
        names = rows.features["tags"].feature
        for row in rows:
            assert "".join(row["tokens"]) == row["text"], split
            for span in row["spans"]:
                assert row["text"][span["start"] : span["end"]] == span["text"]
            spans = [Named(span) for span in row["spans"]]
            assert names.int2str(row["tags"]) == spans_to_tags(spans, len(row["text"]))


class Named:
    """A span of a row with its label by name."""

    def __init__(self, span):
        self.start, self.end, self.label = span["start"], span["end"], ENTITY_LABELS[span["label"]]


def test_segments_stand_at_their_offsets_in_the_report():
    texts = {row["id"]: row["text"] for rows in fazhi.load("reports").values() for row in rows}
    for rows in fazhi.load("sections").values():
        for row in rows:
            assert texts[row["report"]][row["start"] : row["end"]] == row["text"]


def test_the_stored_offset_map_leads_back_to_the_raw_file(reports):
    for rows in fazhi.load("reports").values():
        for row in rows:
            raw = (room("corpus") / "raw" / f"{row['id']}.txt").read_bytes().decode()
            pieces = [raw[run["raw_start"] :][: run["length"]] for run in row["offsets"]]
            assert "".join(pieces) == row["text"] == reports[row["id"]].text


def test_examples_survive_the_way_through_parquet(gold):
    fresh = [
        each for one in read_annotated(room("corpus"), room("annotation")) for each in one.examples
    ]
    assert gold == fresh


def test_no_report_is_in_two_splits():
    found = {
        split: {e.segment.report for e in load_examples(room("corpus"), [split])}
        for split in SPLITS
    }
    assert sum(map(len, found.values())) == len(set.union(*found.values())) == 5


def test_building_twice_gives_the_same_bytes_and_those_are_committed(built, tmp_path):
    for name in ("first", "second"):
        write_tables(built, tmp_path / name)
    for name in built:
        first = (tmp_path / "first" / name).read_bytes()
        assert first == (tmp_path / "second" / name).read_bytes()
        assert first == (room("corpus") / "data" / name).read_bytes()


class TestCheck:
    """`build --check` finds every way in which committed files can differ."""

    @pytest.fixture
    def folder(self, built, tmp_path):
        write_tables(built, tmp_path)
        check_tables(built, tmp_path)
        return tmp_path

    def test_a_missing_file(self, built, folder):
        (folder / "entities-test.parquet").unlink()
        with pytest.raises(MismatchError, match=r"entities-test\.parquet is missing"):
            check_tables(built, folder)

    def test_a_superfluous_file(self, built, folder):
        (folder / "extra.parquet").touch()
        with pytest.raises(MismatchError, match=r"extra\.parquet is not a file of this corpus"):
            check_tables(built, folder)

    def test_one_changed_label(self, built, folder):
        path = folder / "sections-test.parquet"
        rows = pq.read_table(path)
        changed = rows.to_pylist()
        changed[3]["topic"] = 0 if changed[3]["topic"] else 1
        pq.write_table(rows.from_pylist(changed, schema=rows.schema), path)
        with pytest.raises(MismatchError, match="first in row 3"):
            check_tables(built, folder)

    def test_a_lost_row(self, built, folder):
        path = folder / "entities-train.parquet"
        pq.write_table(pq.read_table(path)[:-1], path)
        with pytest.raises(MismatchError, match="first in row 89"):
            check_tables(built, folder)

    def test_lost_features(self, built, folder):
        path = folder / "sections-train.parquet"
        pq.write_table(pq.read_table(path).replace_schema_metadata(None), path)
        with pytest.raises(MismatchError, match="other columns or features"):
            check_tables(built, folder)

    def test_a_file_that_is_no_parquet(self, built, folder):
        (folder / "reports-test.parquet").write_bytes(b"text")
        with pytest.raises(InputError, match="not a Parquet file"):
            check_tables(built, folder)


def test_an_unknown_configuration_names_the_known_ones():
    with pytest.raises(UnknownName, match="entities"):
        fazhi.load("entity")
