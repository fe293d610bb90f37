"""What is released: a wheel that holds all that users need, and the sources that it comes from."""

import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest

from commands import TOP

CODE = """
import pathlib, fazhi
assert pathlib.Path(fazhi.__file__).is_relative_to(pathlib.Path.cwd()), fazhi.__file__
for config in ("entities", "sections", "facts", "layers", "reports"):
    others = set() if config == "layers" else {"synthetic"}
    assert set(fazhi.load(config)) == {"train", "validation", "test"} | others
print(fazhi.load("entities")["test"].num_rows)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with the releases, and an environment that has the wheel and no checkout.

    The wheel is made from the source distribution.
    """
    home = tmp_path_factory.mktemp("elsewhere")
    call(sys.executable, "-m", "build", "--outdir", home, TOP, cwd=home)
    (wheel,) = home.glob("*.whl")
    venv.create(home / "env", with_pip=True)
    python = home / "env" / "bin" / "python"
    call(python, "-m", "pip", "install", "--quiet", "-c", TOP / "constraints.txt", wheel, cwd=home)
    return home


def refused(home: Path, *words: str, **environment: str) -> str:
    """What the installed command says when it refuses."""
    command = [home / "env/bin/fazhi", *words]
    done = subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    return done.stderr


def call(*command: str | Path, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_both_are_fit_to_be_published(home):
    files = [*home.glob("*.whl"), *home.glob("*.tar.gz")]
    assert len(files) == 2
    call(sys.executable, "-m", "twine", "check", "--strict", *files, cwd=home)


def test_the_sources_are_all_that_is_tracked(home):
    (archive,) = home.glob("*.tar.gz")
    with tarfile.open(archive) as members:
        names = {name.partition("/")[2] for name in members.getnames()}
    tracked = set(call("git", "-C", TOP, "ls-files", cwd=home).splitlines())
    assert tracked <= names
    tops = {name.partition("/")[0] for name in tracked} | {"PKG-INFO"}
    assert {name.partition("/")[0] for name in names} == tops
    assert not [name for name in names if "__pycache__" in name]


def test_the_dataset_loads(home):
    assert call(home / "env/bin/python", "-c", CODE, cwd=home) == "138\n"


def test_the_agreement_is_computed_from_the_shipped_layers(home):
    shown = call(home / "env/bin/fazhi", "annotation", "agreement", cwd=home)
    assert "self-consistency of a model" in shown


def test_a_command_that_needs_an_extra_names_it(home):
    server = {"LABEL_STUDIO_URL": "http://127.0.0.1:1", "LABEL_STUDIO_API_KEY": "x"}
    message = refused(home, "annotation", "status", **server)
    assert "pip install 'fazhi[annotate]'" in message


def test_a_baseline_is_reproduced(home):
    shown = call(home / "env/bin/fazhi", "reproduce", "rules", cwd=home)
    assert "rules: agrees with the published result" in shown


def test_a_command_that_needs_the_sources_says_so(home):
    assert "this is no checkout. Clone the repository" in refused(home, "corpus", "build")
