"""The whole of it: what is learned is found again, twice the same, and survives being stored."""

import json

import pytest
import torch
from safetensors.torch import load

from encoders import save_encoder
from fazhi._files import sha256
from fazhi.baselines import Recipe, fit_model, load_model, predict_examples, save_model
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._neural import _model, _training
from fazhi.baselines._neural._encoder import load_encoder
from fazhi.baselines._neural._items import training_items
from fazhi.baselines._neural._network import Network
from fazhi.baselines._params import BertParams
from fazhi.corpus import BIO_TAGS, Annotation, Entity, Example, tags_to_spans
from fazhi.errors import InputError
from fazhi.eval import score
from makers import make_example

PARAMS = {
    "encoder": "given by each test",
    "tasks": "entities",
    "head": "crf",
    "window": 64,
    "overlap": 16,
    "epochs": 4,
    "batch": 2,
    "encoder_rate": 1e-3,
    "head_rate": 1e-2,
    "warm_up": 0.1,
    "decay": 0.01,
    "dropout": 0.1,
}
TASKS = "entities sections facts"
EXAMPLES = [
    make_example(
        "县司法局会同市政府办结案件71件，",
        ("县司法局", "AGENCY", "government"),
        ("市政府", "AGENCY", "government"),
        ("71件", "METRIC", "count"),
        facts=(("71件", "案件", "71 件"),),
        name="made-2020-s001",
    ),
    make_example(
        "学习《民法典》50余次；",
        ("民法典", "LEGAL", "law"),
        ("50余次", "METRIC", "count"),
        facts=(("50余次", None, "~50 次"),),
        name="made-2020-s002",
        topic="publicity",
    ),
    make_example("二、存在的问题", name="made-2020-s003", role="heading", topic="general"),
    make_example("2020年", name="made-2020-s004", role="other", topic=None),
]
SEGMENTS = [each.segment for each in EXAMPLES]
CHARACTERS = {char for each in SEGMENTS for char in each.text}


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return save_encoder(tmp_path_factory.mktemp("encoder"), CHARACTERS)


def fit(encoder, examples=EXAMPLES, seed=0, checkpoints=None, **params):
    return fit_model("bert", examples, {**PARAMS, "encoder": encoder, **params}, seed, checkpoints)


def surfaces(segment, prediction):
    return [(segment.text[each.start : each.end], each.label) for each in prediction.entities]


class TestLearning:
    @pytest.mark.parametrize("head", ["softmax", "crf", "span"])
    def test_the_entities_of_training_are_found_again(self, encoder, head):
        model = fit(encoder, head=head, epochs=40, dropout=0.0)
        found = score(EXAMPLES, model.predict(SEGMENTS))
        assert found.entities.micro.f1 == 1
        assert found.role is found.topic is found.facts is found.facts_on_gold is None

    def test_all_tasks_are_learned_together(self, encoder):
        model = fit(encoder, tasks=TASKS, epochs=60, dropout=0.0)
        found = score(EXAMPLES, predict_examples(model, EXAMPLES))
        assert found.entities.micro.f1 == found.role.macro_f1 == found.topic.macro_f1 == 1
        for facts in (found.facts, found.facts_on_gold):
            assert facts.indicator_f1 == facts.value_accuracy == 1

    def test_a_checkpoint_that_is_laid_out_as_on_the_hub_is_fine_tuned(self, tmp_path):
        hub = save_encoder(tmp_path, CHARACTERS, hub=True)
        model = fit(hub, epochs=40, dropout=0.0)
        assert score(EXAMPLES, model.predict(SEGMENTS)).entities.micro.f1 == 1
        stored = load(model.files()["model.safetensors"])
        assert {name.split(".")[0] for name in stored} == {"bert", "entities"}

    def test_every_weight_has_one_rate_and_norms_do_not_decay(self, encoder):
        params = BertParams.model_validate({**PARAMS, "encoder": encoder, "tasks": TASKS})
        network = Network(load_encoder(encoder, "main", 0.1).bert, params)
        names = {id(each): name for name, each in network.named_parameters()}
        found = {
            names[id(each)]: (group["lr"], group["weight_decay"])
            for group in _training._groups(network, params)
            for each in group["params"]
        }
        assert found.keys() == set(names.values())
        assert sum(len(group["params"]) for group in _training._groups(network, params)) == len(
            found
        )
        assert found["bert.encoder.layer.0.attention.output.LayerNorm.weight"] == (1e-3, 0)
        assert found["bert.embeddings.word_embeddings.weight"] == (1e-3, 0.01)
        assert found["entities.chain.transitions"] == (1e-2, 0.01)
        assert found["entities.output.bias"] == (1e-2, 0)

    def test_a_task_that_is_not_named_is_not_attempted(self, encoder):
        for tasks, fields in (
            ("entities", {"entities"}),
            ("sections", {"role", "topic"}),
            ("facts", {"facts_on_gold"}),
            ("entities facts", {"entities", "facts", "facts_on_gold"}),
        ):
            model = fit(encoder, tasks=tasks, epochs=1)
            first = predict_examples(model, EXAMPLES)[0].model_dump(exclude_none=True)
            assert set(first) - {"id"} <= fields
            assert set(first) & {"entities", "facts", "facts_on_gold"} == fields - {"role", "topic"}

    def test_there_is_a_topic_only_where_the_role_has_one(self, encoder):
        model = fit(encoder, tasks="sections", epochs=60, dropout=0.0)
        predictions = model.predict(SEGMENTS)
        assert [each.role for each in predictions] == ["work", "work", "heading", "other"]
        assert [each.topic is None for each in predictions] == [False, False, False, True]


class TestLongSegments:
    """Texts that are longer than the window of 62 characters, of which 16 are shared."""

    PATTERN = "县司法局会同市政府，办结案件"

    def example(self, times: int):
        """A text in which the same agency stands every 14 characters, also across windows."""
        segment = make_example(self.PATTERN * times).segment
        agencies = tuple(
            Entity(start=start, end=start + 4, label="AGENCY", kind="government", text="县司法局")
            for start in range(0, len(segment.text), 14)
        )
        gold = Annotation(id=segment.id, entities=agencies, role="work", topic="general")
        return Example(segment=segment, gold=gold)

    def test_all_spans_of_three_thousand_characters_are_learned_from(self, encoder):
        params = BertParams.model_validate({**PARAMS, "encoder": encoder})
        reader = Reader(load_encoder(encoder, "main", 0.1).vocabulary, 64, 16)
        example = self.example(215)
        (item,) = training_items([example], reader, params)
        assert len(example.segment.text) == 3010
        assert len(item.passage.windows) == 66  # 1 + (3010 - 62) / (62 - 16), rounded up
        found = tags_to_spans([BIO_TAGS[tag] for tag in item.tags])
        assert found == [(each.start, each.end, each.label) for each in example.gold.entities]

    @pytest.mark.parametrize("head", ["softmax", "crf", "span"])
    def test_all_of_them_are_found(self, encoder, head):
        learned = [self.example(times) for times in (30, 37)]
        model = fit(encoder, learned, head=head, epochs=40, dropout=0.0, encoder_rate=3e-3)
        example = self.example(215)
        (found,) = model.predict([example.segment])
        assert [each.place for each in found.entities] == [
            each.place for each in example.gold.entities
        ]

    def test_what_would_fill_the_memory_of_a_head_of_spans_is_refused(self, encoder):
        model = fit(encoder, head="span", epochs=1)
        long = self.example(293).segment  # 293 * 14 = 4,102 characters
        with pytest.raises(InputError, match="a head of spans takes 4,096 characters, not 4,102"):
            model.predict([long])

    def test_an_indicator_in_another_window_than_its_metric_is_found(self, encoder):
        text = "案件" + "，" * 150 + "办结71件"
        example = make_example(
            text, ("71件", "METRIC", "count"), facts=(("71件", "案件", "71 件"),)
        )
        model = fit(encoder, [example], tasks="facts", epochs=40, dropout=0.0)
        (prediction,) = predict_examples(model, [example])
        assert prediction.facts_on_gold[0].indicator.place == (0, 2)


class TestRepetition:
    def test_the_same_seed_gives_the_same_weights(self, encoder):
        first, second = (fit(encoder, tasks=TASKS).files() for _ in range(2))
        assert first == second

    def test_another_seed_gives_others(self, encoder):
        assert fit(encoder).files() != fit(encoder, seed=1).files()

    def test_it_is_trained_by_as_many_threads_as_are_asked_for(self, encoder, monkeypatch):
        found = []
        step = _training.RateTrainer.training_step

        def noting(self, *arguments):
            found.append(torch.get_num_threads())
            return step(self, *arguments)

        monkeypatch.setattr(_training.RateTrainer, "training_step", noting)
        before = torch.get_num_threads()
        fit(encoder, threads=3, epochs=1)
        assert set(found) == {3}
        assert torch.get_num_threads() == before

    def test_torch_is_afterwards_as_it_was(self, encoder):
        fit(encoder)
        assert not torch.are_deterministic_algorithms_enabled()

    @pytest.fixture
    def steps(self, monkeypatch):
        """Counts the steps of training; a limit breaks it off, as a lost machine would."""
        counted = {"done": 0, "limit": 10**9}
        step = _training.RateTrainer.training_step

        def counting(self, *arguments):
            if counted["done"] == counted["limit"]:
                raise KeyboardInterrupt
            counted["done"] += 1
            return step(self, *arguments)

        monkeypatch.setattr(_training.RateTrainer, "training_step", counting)
        return counted

    def test_training_goes_on_from_a_checkpoint_as_if_nothing_had_happened(
        self, encoder, steps, tmp_path
    ):
        whole = fit(encoder, tasks=TASKS).files()
        total = steps["done"]
        steps |= {"done": 0, "limit": total // 2 + 1}
        with pytest.raises(KeyboardInterrupt):
            fit(encoder, tasks=TASKS, checkpoints=tmp_path)
        steps |= {"done": 0, "limit": 10**9}
        assert fit(encoder, tasks=TASKS, checkpoints=tmp_path).files() == whole
        assert steps["done"] == total // 2

    @pytest.mark.parametrize(("most", "done"), [(None, 8), (3, 3), (20, 8)])
    def test_training_ends_with_the_epochs_or_after_the_most_steps(
        self, encoder, steps, most, done
    ):
        # four examples, two in a step, four epochs
        fit(encoder, most_steps=most)
        assert steps["done"] == done

    def test_a_checkpoint_that_was_cut_off_is_passed_over(self, encoder, steps, tmp_path):
        whole = fit(encoder, checkpoints=tmp_path).files()
        (folder,) = tmp_path.iterdir()
        last = max(folder.iterdir(), key=lambda path: int(path.name.rpartition("-")[2]))
        (last / "trainer_state.json").unlink()
        (last / "model.safetensors").write_bytes(b"cut")
        steps |= {"done": 0}
        assert fit(encoder, checkpoints=tmp_path).files() == whole
        assert steps["done"] == 2

    @pytest.mark.parametrize("name", ["model.safetensors", "optimizer.pt"])
    def test_so_is_one_of_which_a_file_was_cut(self, encoder, steps, tmp_path, name):
        whole = fit(encoder, checkpoints=tmp_path).files()
        (folder,) = tmp_path.iterdir()
        last = max(folder.iterdir(), key=lambda path: int(path.name.rpartition("-")[2]))
        (last / name).write_bytes((last / name).read_bytes()[:-100])
        steps |= {"done": 0}
        assert fit(encoder, checkpoints=tmp_path).files() == whole
        assert steps["done"] == 2

    @pytest.mark.parametrize("most", [None, 3])
    def test_a_training_that_has_ended_takes_no_step_more(self, encoder, steps, tmp_path, most):
        """Three steps end amid the second epoch."""
        whole = fit(encoder, checkpoints=tmp_path, most_steps=most).files()
        before = sorted(path.name for path in tmp_path.rglob("checkpoint-*"))
        steps |= {"done": 0}
        assert fit(encoder, checkpoints=tmp_path, most_steps=most).files() == whole
        assert steps["done"] == 0
        assert sorted(path.name for path in tmp_path.rglob("checkpoint-*")) == before

    def test_checkpoints_of_another_training_are_left_alone(self, encoder, steps, tmp_path):
        fit(encoder, checkpoints=tmp_path)
        for other in ({"seed": 1}, {"epochs": 5}, {"examples": EXAMPLES[:3]}):
            steps |= {"done": 0}
            fit(encoder, checkpoints=tmp_path, **other)
            assert steps["done"] >= 8
        assert len(list(tmp_path.iterdir())) == 4

    def test_so_are_those_of_an_encoder_that_was_made_anew(self, steps, tmp_path):
        folder = tmp_path / "encoder"
        for layers in (1, 2):
            encoder = save_encoder(folder, CHARACTERS, num_hidden_layers=layers)
            steps |= {"done": 0}
            fit(encoder, checkpoints=tmp_path / "kept")
            assert steps["done"] == 8


class TestLearningFirst:
    FIRST, THEN = EXAMPLES[:1], EXAMPLES[1:2]

    def learned(self, encoder, **options):
        params = {**PARAMS, "encoder": encoder}
        model = fit_model("bert", self.THEN, params, 0, **options)
        return model.files()["model.safetensors"]

    def test_what_is_learned_first_is_remembered(self, encoder):
        params = {**PARAMS, "encoder": encoder, "epochs": 60, "dropout": 0.0, "later_share": 1e-6}
        alone, after = (
            score(
                self.FIRST,
                fit_model("bert", self.THEN, params, 0, first=first).predict(SEGMENTS[:1]),
            ).entities.micro.f1
            for first in ([], self.FIRST)
        )
        assert alone < after

    def test_it_is_the_same_whether_it_was_learned_before(self, encoder):
        once = self.learned(encoder, first=self.FIRST)
        assert self.learned(encoder, first=self.FIRST) == once
        _model._learned_first.cache_clear()
        assert self.learned(encoder, first=self.FIRST) == once
        assert self.learned(encoder) != once

    def test_what_is_learned_later_changes_less(self, encoder):
        params = {**PARAMS, "encoder": encoder, "later_share": 0.5, "later_epochs": 2}
        later = BertParams.model_validate(params).later()
        assert (later.epochs, later.encoder_rate, later.head_rate) == (2, 5e-4, 5e-3)

    def test_a_checkpoint_of_what_is_learned_first_is_that_of_learning_it_alone(
        self, encoder, tmp_path
    ):
        fit(encoder, self.FIRST, checkpoints=tmp_path)
        (before,) = tmp_path.iterdir()
        _model._learned_first.cache_clear()
        due = self.learned(encoder, first=self.FIRST)
        _model._learned_first.cache_clear()
        assert self.learned(encoder, first=self.FIRST, checkpoints=tmp_path) == due
        assert len(list(tmp_path.iterdir())) == 2
        assert before in tmp_path.iterdir()

    def test_both_trainings_have_checkpoints_of_their_own(self, encoder, tmp_path):
        _model._learned_first.cache_clear()
        self.learned(encoder, first=self.FIRST, checkpoints=tmp_path)
        assert len(list(tmp_path.iterdir())) == 2


class TestStoring:
    @pytest.fixture(scope="class")
    @staticmethod
    def model(encoder):
        return fit(encoder, tasks=TASKS, epochs=20)

    @pytest.fixture
    def stored(self, model, tmp_path):
        params = {**PARAMS, "tasks": TASKS, "encoder": "nowhere"}
        recipe = Recipe(name="made", description="x", model="bert", tolerance=0, params=params)
        save_model(model, recipe, params, EXAMPLES, tmp_path)
        return tmp_path

    def test_a_stored_model_predicts_exactly_the_same(self, model, stored):
        found = predict_examples(load_model(stored), EXAMPLES)
        assert found == predict_examples(model, EXAMPLES)
        assert any(each.score not in (None, 0, 1) for each in found[0].entities)

    def test_nothing_but_its_folder_is_needed(self, stored):
        # the card names an encoder that is not there
        assert {path.name for path in stored.iterdir()} == {
            "config.json",
            "model.json",
            "model.safetensors",
            "vocab.txt",
        }

    def test_weights_take_two_bytes_each(self, model, stored):
        numbers = sum(each.numel() for each in model._network.parameters())
        assert (stored / "model.safetensors").stat().st_size < 2 * numbers + 10_000

    def test_it_can_be_the_encoder_of_another_model(self, stored):
        assert fit(str(stored), epochs=1).predict(SEGMENTS)

    def test_a_vocabulary_with_more_entries_than_the_model_is_refused(self, model):
        files = dict(model.files())
        files["vocab.txt"] += "😀\n".encode()
        with pytest.raises(ValueError, match="its vocabulary has 1 entries more than the model"):
            _model.BertModel.restore(files, model._params)

    @pytest.mark.parametrize("name", ["model.safetensors", "config.json", "vocab.txt"])
    def test_a_file_that_does_not_fit_the_others_is_refused(self, name, stored, encoder):
        other = fit(encoder, tasks="sections", epochs=1).files()
        content = {"config.json": b"[]", "vocab.txt": b"x"}.get(name, other["model.safetensors"])
        card = json.loads((stored / "model.json").read_text("utf-8"))
        card["files"][name] = sha256(content)
        (stored / "model.json").write_text(json.dumps(card), encoding="utf-8")
        (stored / name).write_bytes(content)
        with pytest.raises(InputError, match=r"do not make a model|has no"):
            load_model(stored)


def test_a_window_that_is_longer_than_what_the_encoder_reads_is_refused(encoder):
    with pytest.raises(InputError, match="reads 128 tokens at once, fewer than the window of 256"):
        fit(encoder, window=256)


def test_of_the_gold_the_model_is_told_where_metrics_are_and_nothing_else(encoder):
    model = fit(encoder, tasks="entities facts", epochs=20)
    told = predict_examples(model, EXAMPLES)
    bare = [
        each.model_copy(
            update={
                "gold": each.gold.model_copy(
                    update={"entities": each.gold.metrics, "facts": (), "role": "other"}
                )
            }
        )
        for each in EXAMPLES
    ]
    assert predict_examples(model, bare) == told
    metrics = [[each.place for each in example.gold.metrics] for example in EXAMPLES]
    assert [[each.metric.place for each in said.facts_on_gold] for said in told] == metrics


def test_no_segments_are_no_predictions(encoder):
    assert fit(encoder, tasks=TASKS, epochs=1).predict([]) == []


def test_a_segment_is_predicted_the_same_alone_and_among_others(encoder):
    model = fit(encoder, tasks=TASKS, epochs=20)
    alone = [model.predict([each])[0] for each in SEGMENTS]
    for one, other in zip(alone, model.predict(SEGMENTS), strict=True):
        assert [each.place for each in one.entities] == [each.place for each in other.entities]
        assert (one.role, one.topic, one.facts) == (other.role, other.topic, other.facts)
