"""A published encoder and its card."""

import json

import pytest

from fazhi.baselines import pretrain, publish_encoder
from fazhi.baselines._pretraining._card import card_of
from fazhi.errors import InputError

ABLATION = {
    "command": "python ablate.py",
    "recipe": "tiny",
    "seed": 0,
    "python": "3.11.0",
    "packages": {"torch": "2.13.0"},
    "rows": [
        {"name": "all", "tokens": 500_000, "held_out": {"laws": 1.25, "reports": 2.5}},
        {"name": "none", "tokens": 500_000, "held_out": {"laws": 3.25, "reports": 4.5}},
    ],
}


@pytest.fixture
def training(recipe, sources, tmp_path):
    pretrain(recipe, sources, tmp_path / "out", [])
    return tmp_path / "out"


def test_the_folder_holds_what_others_load_and_what_the_card_is_made_of(training, tmp_path):
    publish_encoder(training, tmp_path / "encoder", tmp_path / "none.json")
    assert {path.name for path in (tmp_path / "encoder").iterdir()} == {
        *("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"),
        *("vocab.txt", "log.jsonl", "training.json", "README.md"),
    }


def test_the_card_says_what_was_read_and_what_came_of_it(training, tmp_path):
    publish_encoder(training, tmp_path / "encoder", tmp_path / "none.json")
    card = (tmp_path / "encoder" / "README.md").read_text("utf-8")
    assert card.startswith("---\nlicense: apache-2.0\n")
    assert "\n# The encoder tiny\n" in card
    # 18 and 9 documents, 2 and 1 held out, as test_texts has them
    assert "| laws | made up | 18 | " in card
    assert "| policy | made up | 9 | " in card
    assert "2,048 tokens" in card
    assert "| tokens | laws | policy |" in card
    assert "Article 5" in card
    assert "Ingredients" not in card
    assert card == card_of(tmp_path / "encoder", tmp_path / "none.json")


def test_the_card_shows_what_the_ingredients_are_worth(training, tmp_path):
    (tmp_path / "ablation.json").write_text(json.dumps(ABLATION))
    publish_encoder(training, tmp_path / "encoder", tmp_path / "ablation.json")
    card = (tmp_path / "encoder" / "README.md").read_text("utf-8")
    assert "| none | 3.25 | 4.50 |" in card


def test_an_encoder_whose_training_is_not_at_its_end_is_refused(tmp_path, training):
    log = training / "log.jsonl"
    log.write_text("".join(log.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    with pytest.raises(InputError, match="not at its end"):
        publish_encoder(training, tmp_path / "encoder", tmp_path / "none.json")


def test_a_folder_without_a_training_is_refused(tmp_path):
    with pytest.raises(InputError, match="not at its end"):
        publish_encoder(tmp_path, tmp_path / "encoder", tmp_path / "none.json")
