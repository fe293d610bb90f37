"""Neural baselines as commands: trained from a recipe, resumed, scored, and refused in time."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from commands import TOP, copy_checkout, run, run_copy
from encoders import save_encoder
from fazhi._paths import room
from fazhi.cli._documents import results_page
from fazhi.corpus import load_examples

RECIPE = """name = "small"
description = "A small encoder with random weights."
model = "bert"
tolerance = 0.0

[params]
encoder = "{encoder}"
tasks = "entities sections facts"
head = "crf"
window = 64
overlap = 16
epochs = 1
batch = 16
encoder_rate = 1e-3
head_rate = 1e-2
warm_up = 0.1
decay = 0.01
dropout = 0.1
"""
OFFLINE = {"HF_HUB_OFFLINE": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a recipe, and the encoder that it names."""
    folder = tmp_path_factory.mktemp("neural")
    texts = (each.segment.text for each in load_examples(room("corpus"), ["train"]))
    encoder = save_encoder(folder / "encoder", set("".join(texts)))
    (folder / "small.toml").write_text(RECIPE.format(encoder=encoder), encoding="utf-8")
    done = run("train", "small.toml", "--out", "model", "--resume", "kept", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_what_train_has_written_is_scored_by_eval(folder):
    done = run("eval", "--model", "model", "--split", "validation", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)["scores"]
    # all five are attempted; values of METRICs that it is told follow from rules
    assert all(scores[task] for task in ("entities", "role", "topic", "facts", "facts_on_gold"))
    assert scores["facts_on_gold"]["value_accuracy"] == 1


def test_the_result_names_the_packages_that_were_used(folder):
    done = run("eval", "--model", "model", "--json", "--split", "validation", cwd=folder)
    packages = json.loads(done.stdout)["provenance"]["packages"]
    assert {"torch", "transformers"} <= set(packages)
    rules = run("eval", TOP / "baselines/results/rules/fixed.jsonl", "--json")
    assert not {"torch", "transformers"} & set(json.loads(rules.stdout)["provenance"]["packages"])


def test_predict_writes_what_eval_reads(folder):
    out = "found.jsonl"
    assert run("predict", "model", "--out", out, "--split", "train", cwd=folder).returncode == 0
    done = run("eval", out, "--split", "train", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_what_train_has_written_is_exported_and_compared(folder):
    done = run("export", "model", "--out", "exported", cwd=folder)
    assert done.returncode == 0, done.stderr
    first, same, *figures = done.stdout.splitlines()
    assert first.startswith("Exported model to exported, ")
    assert same.endswith("of 34 segments of validation both predict the same.")
    assert any(line.startswith("entities micro-F1 in %: ") for line in figures)
    scored = run("eval", "--model", "exported", "--split", "validation", "--json", cwd=folder)
    packages = json.loads(scored.stdout)["provenance"]["packages"]
    assert "onnxruntime" in packages
    assert not {"torch", "transformers"} & set(packages)


def test_a_model_is_not_exported_over_itself(folder):
    done = run("export", "model", "--out", "model", cwd=folder)
    assert done.returncode == 2
    assert "would replace its own input" in done.stderr


def test_training_again_goes_on_from_the_last_checkpoint(folder):
    before = (folder / "model" / "model.safetensors").read_bytes()
    done = run("train", "small.toml", "--out", "again", "--resume", "kept", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "again" / "model.safetensors").read_bytes() == before
    assert len(list((folder / "kept").iterdir())) == 1


def test_training_is_spread_over_processes(folder):
    command = ["torch.distributed.run", "--nproc_per_node", "2", "-m", "fazhi", "train"]
    options = ["small.toml", "--out", "spread", "--resume", "spread-kept"]
    done = subprocess.run(
        [sys.executable, "-m", *command, *options],
        cwd=folder,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # 90 segments and 115 facts in batches of 16 are 13 steps, or 7 of two processes
    steps = {
        kept: [path.name for path in folder.glob(f"{kept}/*/*")] for kept in ("kept", "spread-kept")
    }
    assert steps == {"kept": ["checkpoint-13"], "spread-kept": ["checkpoint-7"]}
    scored = run("eval", "--model", "spread", "--split", "validation", cwd=folder)
    assert scored.returncode == 0, scored.stderr


def test_a_baseline_without_checkpoints_takes_no_folder_for_them(tmp_path):
    done = run("train", "majority", "--out", "m", "--resume", "kept", cwd=tmp_path)
    assert done.returncode == 2
    assert "majority keeps no checkpoints" in done.stderr


@pytest.mark.parametrize("name", ["bert-base-chinese-crf", "chinese-lert-base"])
def test_without_the_hub_the_way_without_it_is_named(name, tmp_path):
    done = run("train", name, "--out", "m", cwd=tmp_path, **OFFLINE)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "no encoder can be loaded (We couldn't connect to 'https://huggingface.co'" in line
    assert "take a recipe with the embedded encoder, such as bert-mini-crf" in line


def test_without_the_extra_the_extra_is_named(tmp_path):
    code = (
        "import sys\n"
        "sys.modules['torch'] = None\n"
        "sys.argv = ['fazhi', 'train', 'bert-mini-crf', '--out', 'm']\n"
        "from fazhi.cli import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "needs the package 'torch', which is not installed" in done.stderr
    assert "pip install 'fazhi[neural]'" in done.stderr


def test_commands_of_the_core_import_no_network():
    code = (
        "import sys, fazhi.cli, fazhi.baselines, fazhi.eval\n"
        "from fazhi.baselines import find_recipe, fit_model\n"
        "from fazhi._paths import room\n"
        "find_recipe('bert-mini-crf', room('baselines'))\n"
        "fit_model('rules', [], {}, 0)\n"
        "print(sorted({'torch', 'transformers', 'accelerate'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_is_run_on_request_only_is_not_run_without_a_name(tmp_path):
    copy = copy_checkout(tmp_path)
    kept = {"majority.toml", "bert-mini-crf.toml"}
    for path in (copy / "baselines/recipes").glob("*.toml"):
        if path.name not in kept:
            path.unlink()
    done = run_copy(copy, "reproduce", "--out", tmp_path / "runs")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["majority"]


def rows_of(system, baselines):
    """What the page of the baselines says of a system that was not run, row by row."""
    _, text = results_page(baselines)
    rows = (line.replace("|  ", "").strip("| ") for line in text.splitlines())
    return [row for row in rows if row.startswith(f"{system} | not run")]


@pytest.fixture
def baselines(tmp_path):
    """A copy of the room that may be changed."""
    shutil.copytree(TOP / "baselines", tmp_path / "baselines")
    return tmp_path / "baselines"


def test_a_recipe_that_was_not_run_has_a_row_with_its_command(baselines):
    (baselines / "recipes/new.toml").write_text("", encoding="utf-8")
    assert rows_of("new", baselines) == ["new | not run here: `fazhi reproduce new`"]


def test_a_protocol_that_a_recipe_was_not_run_under_has_its_command(baselines):
    for path in (baselines / "results/majority").glob("dev*"):
        path.unlink()
    assert rows_of("majority", baselines) == [
        "majority | not run here: `fazhi reproduce majority --protocol dev`"
    ]


def test_a_recipe_with_a_result_has_no_such_row():
    _, text = results_page(room("baselines"))
    assert "`fazhi reproduce crf`" not in text
