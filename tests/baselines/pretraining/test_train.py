"""Training: it learns, it can be broken off anywhere, and the recipe alone decides."""

import os
import signal
import subprocess
import sys
import time

import pytest
import torch
from safetensors.torch import load_file

from fazhi._paths import room
from fazhi.baselines import PretrainingRecipe, pretrain
from fazhi.baselines._pretraining._log import Place, read_log
from fazhi.baselines._pretraining._state import STATE
from fazhi.corpus import read_reports
from fazhi.errors import InputError, MismatchError
from tiny_texts import as_toml


@pytest.fixture(scope="module")
def reports():
    return read_reports(room("corpus"))


@pytest.fixture
def run(recipe, sources, tmp_path, reports):
    """Trains by a recipe, to its end or until so many steps are done."""

    def train(name: str, recipe=recipe, steps: int | None = None, seconds: float = 300.0):
        def watch(place: Place, _log) -> None:
            if place.step == steps:
                raise KeyboardInterrupt

        folder = tmp_path / name
        try:
            pretrain(recipe, sources, folder, reports, seconds=seconds, watch=watch)
        except KeyboardInterrupt:
            assert steps
        return folder

    return train


def changed(recipe: PretrainingRecipe, **training) -> PretrainingRecipe:
    return recipe.model_copy(update={"training": recipe.training.model_copy(update=training)})


def weights(folder) -> dict[str, torch.Tensor]:
    return load_file(folder / STATE)


def same(left, right) -> bool:
    first, second = weights(left), weights(right)
    return all(torch.equal(first[name], second[name]) for name in first | second)


def test_the_loss_falls(run):
    log = read_log(run("whole"))
    assert [line.tokens for line in log] == [512, 1_024, 1_536, 2_048]
    assert set(log[0].held_out) == {"laws", "policy", "reports"}
    assert log[-1].held_out["laws"] < 0.95 * log[0].held_out["laws"]
    # 16 steps of 64 tokens, then 8 of 128
    assert log[-1].step == 24


def test_the_seed_alone_decides(run, recipe):
    first, again = run("first"), run("again")
    other = run("other", recipe.model_copy(update={"seed": 1}))
    assert same(first, again)
    assert not same(first, other)


@pytest.mark.parametrize("steps", [1, 7, 16, 23])
def test_a_training_that_was_broken_off_goes_on_as_if_nothing_had_been(run, steps):
    whole = run("whole")
    broken = run("broken", steps=steps, seconds=0)
    assert run("broken") == broken
    assert same(whole, broken)
    logs = [
        [(line.step, line.loss, line.held_out) for line in read_log(folder)]
        for folder in (whole, broken)
    ]
    assert logs[0] == logs[1]


def test_a_training_that_is_killed_goes_on_to_the_same_weights(run, fields, sources, tmp_path):
    fields["training"] |= {"tokens": 10_240}
    recipe = PretrainingRecipe.model_validate(fields)
    (tmp_path / "tiny.toml").write_text(as_toml(fields), "utf-8")
    whole, killed = run("whole", recipe), tmp_path / "killed"
    command = [
        *(sys.executable, "-m", "fazhi", "pretrain", str(tmp_path / "tiny.toml")),
        *("--sources", str(sources), "--out", str(killed), "--every", "0"),
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
        while not (killed / STATE).exists() and process.poll() is None:
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert not same(whole, killed)
    assert same(whole, run("killed", recipe))


class TestBudget:
    def test_it_can_be_raised_while_the_rate_is_flat(self, run, recipe):
        more = changed(recipe, tokens=4_096)
        # after 20 steps 16 * 64 + 4 * 128 tokens are read, of 1,434 flat ones
        broken = run("broken", steps=18, seconds=0)
        run("broken", more)
        assert same(run("whole", more), broken)

    def test_but_not_once_it_falls(self, run, recipe):
        run("broken", steps=22, seconds=0)
        with pytest.raises(MismatchError, match="budget cannot be changed once the rate falls"):
            run("broken", changed(recipe, tokens=4_096))

    def test_nor_can_it_be_lowered_to_what_is_past(self, run, recipe):
        run("broken", steps=18, seconds=0)
        with pytest.raises(MismatchError, match="budget cannot be changed"):
            run("broken", changed(recipe, tokens=1_408))


def test_another_recipe_does_not_go_on(run, recipe):
    run("folder", steps=2, seconds=0)
    with pytest.raises(MismatchError, match="begun with another recipe"):
        run("folder", changed(recipe, rate=0.02))


@pytest.mark.parametrize("damage", [b"", b"no state", b"\x08\0\0\0\0\0\0\0{}      "])
def test_a_damaged_state_is_refused(run, damage):
    folder = run("folder", steps=2, seconds=0)
    (folder / STATE).write_bytes(damage)
    with pytest.raises(InputError, match="no state of such a training"):
        run("folder")


def test_long_sequences_train_the_last_positions(run, recipe):
    position = "weight.encoder.embeddings.position_embeddings.weight"
    start = run("start", steps=1, seconds=0)
    short = run("short", changed(recipe, long_share=0.0, weight_decay=0.0), steps=8, seconds=0)
    mixed = run("mixed", changed(recipe, weight_decay=0.0), steps=8, seconds=0)
    assert not torch.equal(weights(mixed)[position][31], weights(start)[position][31])
    moved = weights(short)[f"mean.{position.removeprefix('weight.')}"].any(dim=1)
    assert moved.tolist() == [True] * 8 + [False] * 24
