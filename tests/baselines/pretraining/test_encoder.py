"""The folder of an encoder, as others read it."""

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer, BertModel

from fazhi.baselines._pretraining._encoder import write_encoder
from fazhi.baselines._pretraining._network import Network
from fazhi.baselines._pretraining._recipe import Architecture
from fazhi.baselines._pretraining._vocabulary import CLS, SEP, build_vocabulary, read_vocabulary

VOCABULARY = build_vocabulary([], 2)
TEXT = "2022年，“法治”——A县 Gov't(一)\n\t鱻😀"


@pytest.fixture(scope="module")
def encoder():
    torch.manual_seed(0)
    architecture = Architecture(layers=1, hidden=16, heads=2, feed_forward=8, positions=32)
    return Network(architecture, len(VOCABULARY)).encoder.eval()


@pytest.fixture(scope="module")
def folder(encoder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder")
    write_encoder(folder, encoder, VOCABULARY)
    return folder


def vectors(model) -> np.ndarray:
    inputs = torch.from_numpy(VOCABULARY.encode("依法行政").astype(np.int64))[None]
    with torch.no_grad():
        return model(input_ids=inputs).last_hidden_state.numpy()


def test_transformers_loads_the_same_encoder(folder, encoder):
    loaded = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    assert type(loaded) is BertModel
    assert np.array_equal(vectors(loaded), vectors(encoder))


def test_half_the_bytes_are_nearly_the_same_encoder(folder, encoder, tmp_path):
    write_encoder(tmp_path, encoder, VOCABULARY, half=True)
    sizes = [(place / "model.safetensors").stat().st_size for place in (folder, tmp_path)]
    assert sizes[1] < 0.55 * sizes[0]
    loaded = AutoModel.from_pretrained(tmp_path, add_pooling_layer=False, dtype=torch.float32)
    assert vectors(loaded) == pytest.approx(vectors(encoder), abs=0.01)


def test_the_tokenizer_makes_one_token_of_each_code_point(folder):
    found = AutoTokenizer.from_pretrained(folder)(TEXT, return_offsets_mapping=True)
    assert found["input_ids"] == [CLS, *VOCABULARY.encode(TEXT), SEP]
    inner = [(start, start + 1) for start in range(len(TEXT))]
    assert found["offset_mapping"] == [(0, 0), *inner, (0, 0)]
    assert found["token_type_ids"] == [0] * (len(TEXT) + 2)


def test_the_tokenizer_knows_the_special_tokens_and_the_limit(folder):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    assert tokenizer.mask_token_id == VOCABULARY.tokens.index("[MASK]")
    assert tokenizer.pad_token_id == VOCABULARY.tokens.index("[PAD]") == 0
    assert tokenizer.model_max_length == 32
    assert len(tokenizer) == len(VOCABULARY)


def test_the_vocabulary_is_read_back(folder):
    assert read_vocabulary(folder) == VOCABULARY
