"""A CRF over features beside the network: it has its say, is stored, and is no chance."""

import pytest

from encoders import save_encoder
from fazhi.baselines import Recipe, export_model, fit_model, load_model, save_model
from fazhi.errors import InputError
from makers import make_example

EXAMPLES = [
    make_example("甲县司法局乙", ("县司法局", "AGENCY", "government"), name="made-2020-s001"),
    make_example("丙丁戊己庚辛", name="made-2020-s002"),
    make_example("学习《民法典》", ("民法典", "LEGAL", "law"), name="made-2020-s003"),
]
SEGMENTS = [each.segment for each in EXAMPLES]
CRF = {"c1": 0.01, "c2": 0.01, "max_iterations": 50}
PARTNER = {"crf_c1": 0.01, "crf_c2": 0.01, "crf_iterations": 50}


@pytest.fixture(scope="module")
def params(tmp_path_factory):
    """Of a network that can tell no character from another and learns for one epoch."""
    return {
        "encoder": save_encoder(tmp_path_factory.mktemp("blind"), set()),
        "tasks": "entities",
        "window": 64,
        "overlap": 16,
        "epochs": 1,
        "batch": 2,
        "encoder_rate": 1e-5,
        "head_rate": 1e-5,
        "warm_up": 0.1,
        "decay": 0.01,
        "dropout": 0.0,
    }


def places(predictions):
    return [[(each.start, each.end, each.label) for each in one.entities] for one in predictions]


def test_the_more_it_has_to_say_the_more_it_is_what_is_said(params):
    alone = fit_model("crf", EXAMPLES, CRF, 0).predict(SEGMENTS)
    mostly, hardly = (
        fit_model("bert", EXAMPLES, {**params, **PARTNER, "crf_share": share}, 0).predict(SEGMENTS)
        for share in (0.99, 1e-6)
    )
    assert places(alone) == places(mostly) != places(hardly)
    assert places(mostly)[0] == [(1, 5, "AGENCY")]


def test_it_learns_from_what_was_learned_first_as_well(params):
    asked = {**params, **PARTNER, "crf_share": 0.99}
    model = fit_model("bert", EXAMPLES[1:], asked, 0, first=EXAMPLES[:1])
    assert places(model.predict(SEGMENTS[:1])) == [[(1, 5, "AGENCY")]]


def test_it_is_stored_and_exported_with_the_network(params, tmp_path):
    asked = {**params, **PARTNER, "crf_share": 0.5}
    model = fit_model("bert", EXAMPLES, asked, 0)
    recipe = Recipe(name="made", description="x", model="bert", tolerance=0, params=asked)
    save_model(model, recipe, asked, EXAMPLES, tmp_path / "model")
    assert load_model(tmp_path / "model").predict(SEGMENTS) == model.predict(SEGMENTS)
    for precision in ("fp32", "int8"):
        export_model(tmp_path / "model", precision, tmp_path / precision)
        found = load_model(tmp_path / precision).predict(SEGMENTS)
        assert places(found) == places(model.predict(SEGMENTS))


def test_without_its_file_a_model_is_refused(params, tmp_path):
    asked = {**params, **PARTNER, "crf_share": 0.5}
    recipe = Recipe(name="made", description="x", model="bert", tolerance=0, params=asked)
    save_model(fit_model("bert", EXAMPLES, asked, 0), recipe, asked, EXAMPLES, tmp_path)
    (tmp_path / "partner.crfsuite").unlink()
    with pytest.raises(InputError, match=r"partner\.crfsuite"):
        load_model(tmp_path)


def test_a_network_has_the_same_checkpoints_with_and_without_it(params, tmp_path):
    for share in (0.0, 0.5):
        asked = {**params, **PARTNER, "crf_share": share}
        fit_model("bert", EXAMPLES, asked, 0, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("head", ["softmax", "span"])
def test_other_heads_have_none(params, head):
    with pytest.raises(ValueError, match="only a head that is a crf"):
        fit_model("bert", EXAMPLES, {**params, **PARTNER, "crf_share": 0.5, "head": head}, 0)
