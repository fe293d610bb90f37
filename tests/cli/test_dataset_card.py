"""The dataset card: its YAML is what the Hub and `datasets` read, its examples are the data."""

import json
import re
import shutil

import datasets
import pytest
import yaml
from datasets.info import DatasetInfosDict
from datasets.utils.metadata import MetadataConfigs
from huggingface_hub import DatasetCard

from fazhi._paths import room
from fazhi._record import read_toml_record
from fazhi.cli._dataset_card import Glosses, dataset_card
from fazhi.cli._grids import Grid
from fazhi.corpus import (
    CONFIGS,
    ENTITIES,
    KINDS,
    MADE_UP,
    ROLES,
    SYNTHETIC,
    TOPICS,
    citation,
    load_examples,
    read_gold_card,
    render_blocks,
)
from fazhi.errors import InputError, UnknownName

CARD = room("corpus") / "README.md"


@pytest.fixture(scope="module")
def text():
    return CARD.read_text("utf-8")


@pytest.fixture(scope="module")
def data(text):
    return yaml.safe_load(text.split("---\n")[1])


class TestYaml:
    def test_the_clients_of_the_hub_read_it(self):
        card = DatasetCard.load(CARD)
        assert card.data.license == "cc-by-4.0"
        assert card.data.language == ["zh"]
        infos = DatasetInfosDict.from_dataset_card_data(card.data)
        assert list(infos) == list(MetadataConfigs.from_dataset_card_data(card.data))
        assert list(infos) == list(CONFIGS)

    def test_values_are_those_that_the_hub_accepts(self, data):
        # from the documentation of DatasetCardData
        creators = {"crowdsourced", "expert-generated", "found", "machine-generated", "other"}
        assert set(data["annotations_creators"]) <= creators | {"no-annotation"}
        assert set(data["language_creators"]) <= creators
        assert data["multilinguality"] == ["monolingual"]
        assert data["source_datasets"] == ["original"]

    def test_who_made_text_and_labels_is_told_truthfully(self, data, text):
        assert data["annotations_creators"] == ["machine-generated"]
        assert data["language_creators"] == ["found", "machine-generated"]
        assert "the annotators and the adjudicator are language models" in text
        assert "no person has annotated or checked the corpus" in text

    @pytest.mark.parametrize("config", CONFIGS)
    def test_features_and_sizes_are_those_that_datasets_finds(self, config, data, tmp_path):
        # without the card, datasets counts for itself
        shutil.copytree(room("corpus") / "data", tmp_path / "data")
        files = next(each for each in data["configs"] if each["config_name"] == config)
        paths = {each["split"]: each["path"] for each in files["data_files"]}
        bare = datasets.load_dataset(
            "parquet", data_dir=str(tmp_path), data_files=paths, cache_dir=str(tmp_path / "cache")
        )
        said = next(each for each in data["dataset_info"] if each["config_name"] == config)
        assert datasets.Features._from_yaml_list(said["features"]) == bare["train"].features
        found = bare["train"].info
        assert said["splits"] == [
            {"name": name, "num_bytes": split.num_bytes, "num_examples": split.num_examples}
            for name, split in found.splits.items()
        ]
        assert said["dataset_size"] == found.dataset_size
        assert said["download_size"] == found.download_size

    def test_the_size_category_counts_the_segments_of_real_reports(self, data):
        # 90 + 34 + 138 = 262; with the 2,458 of the made-up ones it would be 1K<n<10K
        assert data["size_categories"] == ["n<1K"]


class TestExamples:
    def test_they_are_committed_segments_of_train(self, text):
        shown = re.findall(r"^```text\n(# .*?)```\n\n> ([^\n]+)$", text, re.DOTALL | re.MULTILINE)
        glosses = read_toml_record(Glosses, room("corpus") / "glosses.toml").gloss
        train = {each.segment.id: each for each in load_examples(room("corpus"), ["train"])}
        assert [render_blocks([train[each.segment]]) for each in glosses] == [
            block for block, _ in shown
        ]
        assert [each.english for each in glosses] == [english for _, english in shown]
        assert len(shown) == 5

    def test_every_number_of_a_text_is_in_its_gloss(self):
        train = {each.segment.id: each for each in load_examples(room("corpus"), ["train"])}
        for gloss in read_toml_record(Glosses, room("corpus") / "glosses.toml").gloss:
            text = train[gloss.segment].segment.text
            for number in re.findall(r"\d+(?:\.\d+)?", text):
                assert number in gloss.english, (gloss.segment, number)

    @pytest.fixture
    def corpus(self, tmp_path):
        """A copy of what the card is made from."""
        shutil.copytree(room("corpus") / "data", tmp_path / "data")
        for name in ("README.md", "glosses.toml"):
            shutil.copy(room("corpus") / name, tmp_path / name)
        return tmp_path

    def card(self, corpus):
        groups = {"train": load_examples(corpus, ["train"])}
        gold = read_gold_card(room("annotation"))
        return dataset_card(corpus, gold, groups, {}, Grid("", ("",), ()))[1]

    @pytest.mark.parametrize("split", ["validation", SYNTHETIC])
    def test_a_segment_of_another_split_is_refused(self, split, corpus):
        name = load_examples(corpus, [split])[0].segment.id
        toml = f"[[gloss]]\nsegment = {json.dumps(name)}\nenglish = 'x'\n"
        (corpus / "glosses.toml").write_text(toml, "utf-8")
        with pytest.raises(UnknownName, match=name):
            self.card(corpus)

    def test_a_gloss_without_english_is_refused(self, corpus):
        (corpus / "glosses.toml").write_text('[[gloss]]\nsegment = "x"\n', "utf-8")
        with pytest.raises(InputError, match=r"glosses.toml: key 'gloss.0.english'"):
            self.card(corpus)

    def test_what_is_written_by_hand_stays(self, corpus):
        written = corpus / "README.md"
        written.write_text(
            written.read_text("utf-8").replace("pretty_name: fazhi", "pretty_name: mine")
            + "\nBy hand.\n",
            "utf-8",
        )
        card = self.card(corpus)
        assert "pretty_name: mine" in card
        assert card.endswith("\nBy hand.\n")


def test_every_label_is_in_the_tables(text):
    for label in [
        *ENTITIES,
        *(kind for kinds in KINDS.values() for kind in kinds),
        *ROLES,
        *TOPICS,
    ]:
        row = f"| {label.name} | {label.chinese} | {label.definition} | {label.example} |"
        assert row in text


def test_made_up_text_is_said_to_be_made_up_in_every_table(text):
    heads = [line for line in text.splitlines() if line.startswith("|") and "train |" in line]
    assert len(heads) == 5
    assert all(MADE_UP in head for head in heads)


def test_the_citation_stands_in_the_card(text):
    assert citation(read_gold_card(room("annotation"))) in text
