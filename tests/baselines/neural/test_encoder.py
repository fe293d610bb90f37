"""Encoders are loaded from folders laid out as on the Hub, or refused with a reason."""

import json

import pytest
import torch
from safetensors.torch import load_file, save_file

from encoders import save_encoder
from fazhi.baselines._neural import _encoder
from fazhi.baselines._neural._encoder import load_encoder
from fazhi.errors import InputError


def load(folder, revision="main"):
    return load_encoder(str(folder), revision, 0.25)


@pytest.fixture
def hub(tmp_path):
    """A folder as bert-base-chinese has it; small."""
    save_encoder(tmp_path, "县委", hub=True)
    return tmp_path


def rewrite(folder, change):
    """Changes the names of the weights in a folder, or leaves some out."""
    path = folder / "model.safetensors"
    weights = {new: each for name, each in load_file(path).items() if (new := change(name))}
    save_file(weights, path, metadata={"format": "pt"})


class TestHubLayout:
    def test_the_weights_of_pretraining_are_loaded(self, hub):
        stored = load_file(hub / "model.safetensors")
        assert any(name.startswith("cls.") for name in stored)
        loaded = load(hub).bert.state_dict()
        for name, each in loaded.items():
            assert torch.equal(each, stored[f"bert.{name}"]), name

    def test_norms_may_have_the_names_of_tensorflow(self, hub):
        expected = load(hub).bert.state_dict()
        names = {"LayerNorm.weight": "LayerNorm.gamma", "LayerNorm.bias": "LayerNorm.beta"}

        def old(name):
            for new, older in names.items():
                name = name.replace(new, older)
            return name

        rewrite(hub, old)
        loaded = load(hub).bert.state_dict()
        assert all(torch.equal(each, expected[name]) for name, each in loaded.items())

    def test_weights_of_sixteen_bits_are_read_as_thirty_two(self, hub):
        path = hub / "model.safetensors"
        halves = {name: each.half() for name, each in load_file(path).items()}
        save_file(halves, path, metadata={"format": "pt"})
        assert {each.dtype for each in load(hub).bert.parameters()} == {torch.float32}

    def test_no_common_mark_is_unknown(self, hub):
        vocabulary = load(hub).vocabulary
        assert not set("“”‘’—…") & set(vocabulary.entries)
        assert vocabulary.unknown not in vocabulary.ids("“县委”‘县’—…")

    def test_special_entries_need_not_come_first(self, hub):
        vocabulary = load(hub).vocabulary
        assert (vocabulary.pad, vocabulary.unknown) == (0, 100)
        assert (vocabulary.first, vocabulary.separator) == (101, 102)

    def test_the_share_that_is_dropped_is_that_of_the_recipe(self, hub):
        config = load(hub).bert.config
        assert config.hidden_dropout_prob == config.attention_probs_dropout_prob == 0.25

    def test_nothing_is_said_of_the_output_layers_that_are_left_out(self, hub, capfd):
        load(hub)
        assert capfd.readouterr() == ("", "")


class TestRefusals:
    def refused(self, folder, what):
        with pytest.raises(InputError, match=what) as caught:
            load(folder)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    @pytest.mark.parametrize("name", ["vocab.txt", "config.json", "model.safetensors"])
    def test_a_folder_without_a_file(self, hub, name):
        (hub / name).unlink()
        message = self.refused(hub, "no encoder can be loaded")
        assert "It must hold config.json, model.safetensors and vocab.txt" in message

    def test_weights_that_would_have_to_be_unpickled(self, hub):
        torch.save(load_file(hub / "model.safetensors"), hub / "pytorch_model.bin")
        (hub / "model.safetensors").unlink()
        self.refused(hub, r"no file named model\.safetensors")

    def test_weights_that_are_cut_off(self, hub):
        path = hub / "model.safetensors"
        path.write_bytes(path.read_bytes()[:-100])
        self.refused(hub, "no encoder can be loaded")

    def test_a_checkpoint_that_lacks_a_layer(self, hub):
        rewrite(hub, lambda name: None if "layer.0.output" in name else name)
        self.refused(hub, "it lacks 4 weights of a BERT model, such as encoder.layer.0.output")

    def test_weights_of_another_shape(self, hub):
        config = json.loads((hub / "config.json").read_text("utf-8"))
        (hub / "config.json").write_text(json.dumps({**config, "intermediate_size": 48}), "utf-8")
        self.refused(hub, "no encoder can be loaded")

    def test_a_vocabulary_that_is_longer_than_the_embedding(self, hub):
        with (hub / "vocab.txt").open("a", encoding="utf-8") as stream:
            stream.write("镇\n")
        self.refused(hub, "its vocabulary has 1 entries more than the model")

    def test_another_kind_of_model(self, hub):
        config = json.loads((hub / "config.json").read_text("utf-8"))
        (hub / "config.json").write_text(json.dumps({**config, "model_type": "electra"}), "utf-8")
        self.refused(hub, "it is a model of type electra")

    def test_code_beside_the_weights_is_never_run(self, hub):
        config = json.loads((hub / "config.json").read_text("utf-8"))
        changed = {**config, "auto_map": {"AutoModel": "evil.Model", "AutoConfig": "evil.Config"}}
        (hub / "config.json").write_text(json.dumps(changed), encoding="utf-8")
        (hub / "evil.py").write_text("raise SystemExit('run')\n", encoding="utf-8")
        assert load(hub).bert.config.hidden_size == 32

    def test_the_embedded_encoder_where_there_is_none(self, tmp_path, monkeypatch):
        monkeypatch.setattr(_encoder, "room", lambda name: tmp_path / name)
        with pytest.raises(InputError, match="embedded: no encoder can be loaded"):
            load("embedded")


def test_the_embedded_encoder_is_that_of_the_room(tmp_path, monkeypatch):
    monkeypatch.setattr(_encoder, "room", lambda name: tmp_path / name)
    save_encoder(tmp_path / "baselines" / "encoder", "县委")
    assert "县" in load("embedded").vocabulary.entries
