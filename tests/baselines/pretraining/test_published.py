"""The published encoder is what its files say."""

import json

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModel, AutoTokenizer

from fazhi._paths import room
from fazhi.baselines import find_pretraining_recipe
from fazhi.baselines._pretraining._card import card_of, read_training_card
from fazhi.baselines._pretraining._log import read_log
from fazhi.baselines._pretraining._vocabulary import UNK, read_vocabulary
from fazhi.corpus import read_reports

FOLDER = room("baselines") / "encoder"
ABLATION = room("baselines") / "pretraining" / "ablation.json"


@pytest.fixture(scope="module")
def reports():
    return read_reports(room("corpus"))


def test_it_is_of_the_recipe_in_the_room_and_at_its_end():
    recipe = read_training_card(FOLDER).recipe
    assert recipe == find_pretraining_recipe(recipe.name, room("baselines"))
    assert read_log(FOLDER)[-1].tokens >= recipe.training.tokens


def test_its_card_is_what_its_files_give():
    due = card_of(FOLDER, ABLATION)
    assert (FOLDER / "README.md").read_text("utf-8") == due, "Publish the encoder again"


def test_the_weights_are_small_and_finite():
    weights = load_file(FOLDER / "model.safetensors")
    assert {tensor.dtype for tensor in weights.values()} == {torch.float16}
    assert all(tensor.isfinite().all() for tensor in weights.values())
    assert (FOLDER / "model.safetensors").stat().st_size < 12_000_000


def test_it_reads_the_reports_character_by_character(reports):
    tokenizer, vocabulary = AutoTokenizer.from_pretrained(FOLDER), read_vocabulary(FOLDER)
    for report in reports:
        ids = vocabulary.encode(report.text)
        assert tokenizer(report.text, add_special_tokens=False)["input_ids"] == ids.tolist()
        visible = np.array([not char.isspace() for char in report.text])
        assert (ids[visible] == UNK).mean() < 0.001


def test_it_predicts_vectors_that_depend_on_the_neighbours():
    encoder = AutoModel.from_pretrained(FOLDER, add_pooling_layer=False, dtype=torch.float32)
    vocabulary = read_vocabulary(FOLDER)
    pair = np.stack([vocabulary.encode(text) for text in ("县人民政府", "县人民法院")])
    with torch.no_grad():
        left, right = encoder(torch.from_numpy(pair.astype(np.int64))).last_hidden_state
    assert not torch.allclose(left[0], right[0], atol=0.01)


def test_each_ingredient_was_left_out_once_and_all_together_are_worth_it():
    rows = {row["name"]: row["held_out"] for row in json.loads(ABLATION.read_text("utf-8"))["rows"]}
    assert len(rows) == 6
    assert all(rows["all"][source] < rows["none"][source] for source in rows["all"])
