"""`fazhi pretrain`: what it writes and says, and where it refuses."""

import subprocess
import sys

import pytest
from transformers import AutoModel

from commands import copy_checkout, run_copy
from fazhi._paths import checkout
from tiny_texts import as_toml, tiny_fields, write_sources


@pytest.fixture
def recipe(tmp_path):
    """The file of a recipe that takes a second, its sources beside it."""
    write_sources(tmp_path / "sources")
    path = tmp_path / "tiny.toml"
    path.write_text(as_toml(tiny_fields(tmp_path / "sources")), "utf-8")
    return path


def pretrain(recipe, *words, copy=checkout()):  # noqa: B008
    sources, out = recipe.parent / "sources", recipe.parent / "out"
    command = ("pretrain", recipe, "--sources", sources, "--out", out, *words)
    return run_copy(copy, *command, OMP_NUM_THREADS="1")


def test_it_says_how_far_it_is_and_where_the_encoder_lies(recipe):
    done = pretrain(recipe)
    assert done.returncode == 0, done.stderr
    out = recipe.parent / "out"
    assert f"tiny: {out / 'encoder'} (the encoder), {out} (its training)" in done.stdout
    last = done.stderr.splitlines()[-1]
    assert last.startswith("tiny: 0.00 of 0.002048M tokens, loss ")
    assert ", laws " in last
    assert last.endswith(" tokens/s, 0 min left")


def test_the_encoder_is_published_with_its_card(recipe, tmp_path):
    copy = copy_checkout(tmp_path / "copy")
    done = pretrain(recipe, "--publish", copy=copy)
    assert done.returncode == 0, done.stderr
    folder = copy / "baselines" / "encoder"
    assert "\n# The encoder tiny\n" in (folder / "README.md").read_text("utf-8")
    assert AutoModel.from_pretrained(folder, add_pooling_layer=False).config.hidden_size == 16


def test_texts_that_no_repository_holds_must_be_given(recipe):
    (recipe.parent / "sources" / "policy.jsonl.xz").unlink()
    done = pretrain(recipe)
    assert done.returncode == 2
    assert "the texts of 'policy' cannot be downloaded: their origin, made up" in done.stderr
    assert "--sources" in done.stderr


def test_without_the_extra_it_says_what_to_install(recipe):
    program = (
        "import sys; sys.modules['torch'] = None\n"
        f"sys.argv = ['fazhi', 'pretrain', {str(recipe)!r}, '--sources', "
        f"{str(recipe.parent / 'sources')!r}, '--out', {str(recipe.parent / 'out')!r}]\n"
        "from fazhi.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("Install it: pip install 'fazhi[neural]'")
    assert "'torch'" in done.stderr


def test_no_other_command_loads_torch():
    program = (
        "import sys, fazhi.baselines, fazhi.cli._pretrain\n"
        "print({'torch', 'transformers', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "set()\n"
