"""Features of characters beside the encoder: that heads learn from them."""

import pytest
import torch

from encoders import save_encoder
from fazhi.baselines import Recipe, fit_model, load_model, save_model
from fazhi.baselines._inference import FIRST_GRAM
from fazhi.baselines._neural._cues import CueLayer
from fazhi.eval import score
from makers import make_example


def test_the_layer_adds_vectors_and_passes_over_what_fills_up():
    layer = CueLayer().eval()
    left, right = layer(torch.tensor([[[3, 5, 0, 0]]])), layer(torch.tensor([[[5, 0, 3, 0]]]))
    table = layer.vectors.weight
    assert torch.allclose(left[0, 0], table[3] + table[5])
    assert torch.equal(left, right)


# the n-grams: 30% of 10,000 are dropped; a standard deviation is 0.0046
@pytest.mark.parametrize(("number", "share"), [(FIRST_GRAM - 1, 1), (FIRST_GRAM, 0.7)])
def test_some_ngrams_are_dropped_in_training_and_no_list(number, share):
    torch.manual_seed(0)
    layer, cues = CueLayer(), torch.full((1, 10_000, 1), number)
    kept = (layer(cues)[0] == layer.vectors.weight[number]).all(dim=1).float().mean()
    assert kept == pytest.approx(share, abs=0.03 * (1 - share))


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
