"""Features of characters beside the encoder: which there are, and that heads learn from them."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from encoders import save_encoder
from fazhi.baselines import Recipe, fit_model, load_model, save_model
from fazhi.baselines._neural._cues import BUCKETS, CueLayer, cues_of
from fazhi.eval import score
from makers import make_example

LISTS, NGRAMS = frozenset({"lists"}), frozenset({"ngrams"})


def cues(text, names):
    return cues_of(make_example(text).segment, names)


def test_every_character_has_as_many_ngrams():
    # seven characters around it, four pairs, three triples; and one column of none
    assert cues("县司法局", NGRAMS).shape == (4, 1 + 7 + 4 + 3)
    assert (cues("县司法局", NGRAMS)[:, 0] == 0).all()
    assert (cues("县司法局", NGRAMS)[:, 1:] > 0).all()


def test_the_same_surroundings_have_the_same_ngrams():
    # three characters to either side of 法 are the same in both; three from 县 are not
    left, right = cues("一二三县司法局四五六", NGRAMS), cues("七八三县司法局四五九", NGRAMS)
    assert (left[5] == right[5]).all()
    assert (left[3] != right[3]).any()


def test_an_ngram_in_another_place_is_another_feature():
    row = cues("甲甲甲甲甲甲甲甲", NGRAMS)[4]
    assert len(set(row.tolist())) == len(row)


def test_lists_know_titles_and_the_words_of_organs():
    text = "县司法局学习《县司法局》"
    first, inside = cues(text, LISTS)[2], cues(text, LISTS)[9]
    assert text[2] == text[9]
    # both are inside of an organ's name, one of them inside of a title, too
    assert set(first) & set(inside) - {0}
    assert set(first) - set(inside)


def test_both_groups_stand_beside_each_other():
    text = "学习《民法典》50余次"
    both = cues(text, LISTS | NGRAMS)
    assert (both[:, 1:] == np.hstack([cues(text, LISTS)[:, 1:], cues(text, NGRAMS)[:, 1:]])).all()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_numbers_fit_the_table_whatever_the_text(text):
    found = cues(text, LISTS | NGRAMS)
    assert found.shape[0] == len(text)
    assert found.min() >= 0
    assert found.max() < BUCKETS


def test_the_layer_adds_vectors_and_passes_over_what_fills_up():
    layer = CueLayer()
    left, right = layer(torch.tensor([[[3, 5, 0, 0]]])), layer(torch.tensor([[[5, 0, 3, 0]]]))
    table = layer.vectors.weight
    assert torch.allclose(left[0, 0], table[3] + table[5])
    assert torch.equal(left, right)


EXAMPLES = [
    make_example("甲县司法局乙", ("县司法局", "AGENCY", "government"), name="made-2020-s001"),
    make_example("丙丁戊己庚辛", name="made-2020-s002"),
    make_example("学习《民法典》", ("民法典", "LEGAL", "law"), name="made-2020-s003"),
    make_example("壬癸《子》丑寅", name="made-2020-s004"),
]
PARAMS = {
    "tasks": "entities",
    "window": 64,
    "overlap": 16,
    "epochs": 40,
    "batch": 2,
    "encoder_rate": 1e-3,
    "head_rate": 1e-2,
    "warm_up": 0.1,
    "decay": 0.01,
    "dropout": 0.0,
}


@pytest.fixture(scope="module")
def blind(tmp_path_factory):
    """An encoder to which every character is the unknown one."""
    return save_encoder(tmp_path_factory.mktemp("blind"), set())


@pytest.mark.parametrize("head", ["softmax", "crf", "span"])
def test_heads_learn_from_them_what_the_encoder_cannot_tell(blind, head):
    params = {**PARAMS, "encoder": blind, "head": head}
    found = {
        names: score(
            EXAMPLES,
            fit_model("bert", EXAMPLES, {**params, "cues": names}, 0).predict(
                [each.segment for each in EXAMPLES]
            ),
        ).entities.micro.f1
        for names in ("", "ngrams")
    }
    assert found["ngrams"] == 1
    assert found[""] < 1


def test_a_stored_model_has_them(blind, tmp_path):
    params = {**PARAMS, "encoder": blind, "head": "crf", "cues": "lists ngrams", "epochs": 2}
    recipe = Recipe(name="made", description="x", model="bert", tolerance=0, params=params)
    model = fit_model("bert", EXAMPLES, params, 0)
    save_model(model, recipe, params, EXAMPLES, tmp_path)
    segments = [each.segment for each in EXAMPLES]
    assert load_model(tmp_path).predict(segments) == model.predict(segments)
