"""The dataset loads without a script, says what the sources say, and builds to the same bytes."""

import re
from dataclasses import replace

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
    SYNTHETIC,
    TOPIC_NAMES,
    check_tables,
    layer_folders,
    load_examples,
    parquet_name,
    read_annotated,
    read_annotations,
    read_layer_card,
    spans_to_tags,
    tables,
    value_of,
    write_tables,
)
from fazhi.corpus._checksums import write_checksums
from fazhi.errors import InputError, MismatchError, UnknownName


@pytest.fixture(scope="module")
def annotated():
    return read_annotated(room("corpus"), room("annotation"))


@pytest.fixture(scope="module")
def built(annotated, made_up):
    return tables([*annotated, *made_up])


@pytest.fixture(scope="module", autouse=True)
def offline_cache(tmp_path_factory):
    """Keeps the cache of datasets out of the user's home."""
    before = datasets.config.HF_DATASETS_CACHE
    datasets.config.HF_DATASETS_CACHE = tmp_path_factory.mktemp("cache")
    yield
    datasets.config.HF_DATASETS_CACHE = before


SPLITS_OF = {
    config: [*SPLITS] if config == "layers" else [*SPLITS, SYNTHETIC] for config in CONFIGS
}
"""No annotator annotated a text that was made up with its marks."""


@pytest.mark.parametrize("config", CONFIGS)
def test_both_ways_to_load_give_the_same(config, tmp_path):
    ours = fazhi.load(config)
    theirs = datasets.load_dataset(str(room("corpus")), config, cache_dir=str(tmp_path))
    assert list(ours) == list(theirs) == SPLITS_OF[config]
    for split in ours:
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
        for split in SPLITS_OF[config]
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


def test_facts_are_those_of_gold(gold, made_up):
    rows = [row for split in fazhi.load("facts").values() for row in split]
    examples = gold + [example for each in made_up for example in each.examples]
    assert [row["id"] for row in rows] == [each.segment.id for each in examples]
    for row, example in zip(rows, examples, strict=True):
        facts = [{k: v for k, v in fact.items() if k != "computed"} for fact in row["facts"]]
        assert facts == [fact.model_dump() for fact in example.gold.facts]
        assert row["text"] == example.segment.text
        assert row["heading_path"] == list(example.segment.heading_path)


def test_facts_say_whether_the_value_is_what_the_grammar_computes():
    facts = {
        split: [fact for row in rows for fact in row["facts"]]
        for split, rows in fazhi.load("facts").items()
    }
    for fact in (each for part in facts.values() for each in part):
        value = value_of(fact["metric"]["text"])
        assert fact["computed"] == (value is not None and value.model_dump() == fact["value"])
    assert all(fact["computed"] for split in SPLITS for fact in facts[split])


def test_a_value_that_gold_corrects_is_not_computed(annotated):
    first = annotated[0]
    number, example = next((n, e) for n, e in enumerate(first.examples) if e.gold.facts)
    fact = example.gold.facts[0]
    corrected = fact.model_copy(update={"value": fact.value.model_copy(update={"unit": "other"})})
    facts = (corrected, *example.gold.facts[1:])
    changed = example.model_copy(update={"gold": example.gold.model_copy(update={"facts": facts})})
    examples = (*first.examples[:number], changed, *first.examples[number + 1 :])
    built = tables([replace(first, examples=examples)])
    row = built[parquet_name("facts", first.report.source.split)].to_pylist()[number]
    assert [each["computed"] for each in row["facts"]] == [False] + [True] * (len(facts) - 1)


def test_layers_are_those_of_the_annotation_room(reports):
    rows = [row for split in fazhi.load("layers").values() for row in split]
    found = {(row["layer"], row["id"]): row for row in rows}
    assert len(found) == len(rows) == 3 * 262
    for layer, folder in layer_folders(room("annotation")).items():
        card = read_layer_card(folder)
        for name, report in reports.items():
            annotations = read_annotations(folder / f"{name}.jsonl", report.segments)
            for segment, annotation in zip(report.segments, annotations, strict=True):
                row = found[layer, segment.id]
                assert (row["annotator"], row["report"]) == (card.annotator, name)
                assert row["text"] == segment.text
                assert said(row) == annotation.model_dump(exclude={"id"})


def said(row):
    """What a row of a layer says, as its annotation is dumped."""
    names = {"label": ENTITY_LABELS, "kind": KIND_NAMES}
    spans = [
        span | {key: names[key][span[key]] for key in ("label", "kind")} for span in row["spans"]
    ]
    facts = [{k: v for k, v in fact.items() if k != "computed"} for fact in row["facts"]]
    topic = None if row["topic"] is None else TOPIC_NAMES[row["topic"]]
    role = ROLE_NAMES[row["role"]]
    return {"entities": tuple(spans), "facts": tuple(facts), "role": role, "topic": topic}


def test_a_contributed_report_is_in_a_split_of_its_own(annotated, tmp_path, built):
    first = annotated[0]
    source = first.report.source.model_copy(update={"split": "contributed"})
    moved = replace(first, report=replace(first.report, source=source))
    found = tables([moved, *annotated[1:]])
    extra = {parquet_name(config, "contributed") for config in CONFIGS}
    assert set(found) - set(built) == extra
    assert all(found[name].num_rows for name in extra)
    assert found["entities-contributed.parquet"].num_rows == len(first.examples)
    write_tables(found, tmp_path / "data")
    for config in CONFIGS:
        assert list(fazhi.corpus.load_dataset(config, tmp_path)) == [*SPLITS, "contributed"]


def test_segments_stand_at_their_offsets_in_the_report():
    texts = {row["id"]: row["text"] for rows in fazhi.load("reports").values() for row in rows}
    for rows in fazhi.load("sections").values():
        for row in rows:
            assert texts[row["report"]][row["start"] : row["end"]] == row["text"]


def test_the_stored_offset_map_leads_back_to_the_raw_file(reports):
    loaded = fazhi.load("reports")
    for row in (each for split in SPLITS for each in loaded[split]):
        raw = (room("corpus") / "raw" / f"{row['id']}.txt").read_bytes().decode()
        assert kept(row, raw) == row["text"] == reports[row["id"]].text


def test_the_stored_offset_map_of_a_made_up_report_leads_back_to_its_raw_form(made_up):
    rows = fazhi.load("reports")[SYNTHETIC]
    for row, annotated in zip(rows, made_up, strict=True):
        # a break may be another break in the raw form
        due = row["text"].replace("\n", "")
        assert re.sub(r"[\r\n\f]", "", kept(row, annotated.report.raw)) == due


def kept(row, raw):
    """What the offset map of a row keeps of its raw text."""
    return "".join(raw[run["raw_start"] :][: run["length"]] for run in row["offsets"])


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


def test_made_up_reports_come_only_where_their_split_is_asked_for(gold, made_up):
    found = load_examples(room("corpus"), [SYNTHETIC])
    assert found == [example for each in made_up for example in each.examples]
    assert not {each.segment.report for each in gold} & {each.segment.report for each in found}


def test_building_twice_gives_the_same_bytes_and_those_are_committed(built, tmp_path):
    for name in ("first", "second"):
        write_tables(built, tmp_path / name)
    for name in [*built, "checksums"]:
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

    def test_one_changed_fact(self, built, folder):
        path = folder / "facts-train.parquet"
        table = pq.read_table(path)
        rows = table.to_pylist()
        number = next(number for number, row in enumerate(rows) if row["facts"])
        rows[number]["facts"][0]["value"]["low"] += 1
        pq.write_table(table.from_pylist(rows, schema=table.schema), path)
        with pytest.raises(MismatchError, match=f"facts-train.parquet .* first in row {number}"):
            check_tables(built, folder)

    def test_checksums_of_other_files(self, built, folder):
        text = (folder / "checksums").read_text("utf-8")
        (folder / "checksums").write_text(text.replace("reports-test", "reports"), "utf-8")
        with pytest.raises(MismatchError, match="checksums is out of date"):
            check_tables(built, folder)

    def test_a_file_that_is_no_parquet(self, built, folder):
        (folder / "reports-test.parquet").write_bytes(b"text")
        with pytest.raises(InputError, match="not a Parquet file"):
            check_tables(built, folder)


class TestExamples:
    """Examples are joined from three tables, which must be of the same segments."""

    @pytest.fixture
    def corpus(self, built, tmp_path):
        write_tables(built, tmp_path / "data")
        assert load_examples(tmp_path, ["test"])
        return tmp_path

    def changed(self, corpus, change):
        path = corpus / "data" / "facts-test.parquet"
        table = pq.read_table(path)
        rows = table.to_pylist()
        change(rows)
        pq.write_table(table.from_pylist(rows, schema=table.schema), path)
        write_checksums(path.parent)
        with pytest.raises(InputError) as caught:
            load_examples(corpus, ["test"])
        return str(caught.value)

    def test_facts_of_other_segments(self, corpus):
        assert "not those of the dataset (ValueError)" in self.changed(corpus, list.reverse)

    def test_a_lost_row_of_facts(self, corpus):
        assert "not those of the dataset (ValueError)" in self.changed(corpus, list.pop)

    def test_a_fact_that_does_not_fit_the_text(self, corpus):
        def shift(rows):
            fact = next(row["facts"][0] for row in rows if row["facts"])
            fact["indicator"]["start"] += 1

        assert "in the text, but" in self.changed(corpus, shift)

    def test_facts_that_are_no_parquet(self, corpus):
        (corpus / "data" / "facts-test.parquet").write_bytes(b"text")
        write_checksums(corpus / "data")
        with pytest.raises(InputError, match=r"facts-test\.parquet: not a Parquet file"):
            load_examples(corpus, ["test"])


def test_an_unknown_configuration_names_the_known_ones():
    with pytest.raises(UnknownName, match="entities"):
        fazhi.load("entity")
