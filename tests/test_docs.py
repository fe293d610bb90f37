"""The documents keep their word: commands run, licences agree, generated parts are current."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import datasets
import pytest
import typer.main
import yaml

from commands import TOP
from fazhi import __version__
from fazhi.cli import app

READMES = ["README.md", "README.zh-CN.md"]
GUIDES = ["CONTRIBUTING.md", "CHANGELOG.md"]
ROOMS = ["corpus", "annotation", "baselines", "eval"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(name: str, language: str) -> list[str]:
    return [
        code for found, code in BLOCK.findall((TOP / name).read_text("utf-8")) if found == language
    ]


def commands(name: str) -> list[str]:
    return [line for code in blocks(name, "sh") for line in code.splitlines()]


def test_both_readmes_show_the_same_commands_and_code():
    assert commands(READMES[0]) == commands(READMES[1])
    assert blocks(READMES[0], "python") == blocks(READMES[1], "python")


def test_make_commands_are_what_ci_runs():
    made = [command for command in commands("README.md") if command.startswith("make ")]
    assert made == ["make baseline", "make test"]
    script = (TOP / ".ci" / "run").read_text("utf-8")
    assert all(command in script for command in made)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which the README's commands leave their results."""
    folder = tmp_path_factory.mktemp("user")
    (folder / "corpus").symlink_to(TOP / "corpus")
    (folder / "baselines").symlink_to(TOP / "baselines")
    return folder


def test_the_commands_of_the_readme_run_in_its_order(folder):
    bin_folder = Path(sys.executable).parent
    run = [command for command in commands("README.md") if not command.startswith("make ")]
    assert run
    for command in run:
        words = shlex.split(command.replace(".venv/bin/", f"{bin_folder}/"))
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_commands_of_the_rooms_and_of_the_guide_run(folder):
    bin_folder = Path(sys.executable).parent
    for name in ["CONTRIBUTING.md", *(f"{room}/README.md" for room in ROOMS)]:
        for command in commands(name):
            words = shlex.split(command)
            assert words[0] == "fazhi"
            done = subprocess.run(
                [bin_folder / "fazhi", *words[1:]],
                cwd=folder, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr


def named_commands(name: str) -> list[list[str]]:
    """The words of every command of fazhi in a document, in blocks and in the running text."""
    text = (TOP / name).read_text("utf-8")
    lines = [line for _, code in BLOCK.findall(text) for line in code.splitlines()]
    found = [*lines, *re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))]
    parts = [re.split(r" > | \|", each)[0].removeprefix(".venv/bin/") for each in found]
    return [shlex.split(each)[1:] for each in parts if each.startswith("fazhi ")]


CARDS = [path.relative_to(TOP).as_posix() for path in TOP.glob("baselines/results/*/README.md")]


@pytest.mark.parametrize(
    "name", [*READMES, *GUIDES, "DATASHEET.md", *(f"{room}/README.md" for room in ROOMS), *CARDS]
)
def test_a_command_that_a_document_names_is_there_with_its_options(name):
    for words in named_commands(name):
        command = typer.main.get_command(app)
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        known = {option for each in command.params for option in [*each.opts, *each.secondary_opts]}
        assert not hasattr(command, "commands") or not words or words[0] in ("...", "…"), words
        assert {each for each in words if each.startswith("--")} <= known | {"--help"}, words


@pytest.mark.parametrize("name", ["README.md", "corpus/README.md"])
def test_the_python_of_the_readmes_runs(name, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", folder / "cache")
    for code in blocks(name, "python"):
        exec(code, {})


LICENCES = (
    "Code and model weights: Apache-2.0. Annotations and made-up reports: CC BY 4.0. "
    "Report texts: documents of state organs, not protected under Article 5 of China's "
    "Copyright Law."
)


@pytest.mark.parametrize(
    "name", ["README.md", "DATASHEET.md", "CONTRIBUTING.md", *(f"{r}/README.md" for r in ROOMS)]
)
def test_the_licence_of_each_layer_is_stated_alike(name):
    assert LICENCES in (TOP / name).read_text("utf-8")


def test_the_chinese_readme_states_the_same_licences():
    text = (TOP / "README.zh-CN.md").read_text("utf-8")
    assert "代码与模型权重：Apache-2.0。标注与虚构报告：CC BY 4.0。报告文本：国家机关的文件" in text


def test_metadata_agree_with_the_statement():
    citation = yaml.safe_load((TOP / "CITATION.cff").read_text("utf-8"))
    assert " ".join(citation["abstract"].split()).endswith(LICENCES)
    assert citation["version"] == __version__
    card = (TOP / "corpus" / "README.md").read_text("utf-8").split("---")[1]
    assert yaml.safe_load(card)["license"] == "cc-by-4.0"
    assert 'license = "Apache-2.0 AND CC-BY-4.0"' in (TOP / "pyproject.toml").read_text("utf-8")
    assert "Apache License" in (TOP / "LICENSE").read_text("utf-8")
    assert "(CC BY 4.0)" in (TOP / "annotation" / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_the_readme_of_a_room_opens_by_naming_its_code(room):
    lines = (TOP / room / "README.md").read_text("utf-8").split("---\n")[-1].strip().splitlines()
    assert f"src/fazhi/{room}/" in lines[2]


@pytest.mark.parametrize(
    "name", [*READMES, *GUIDES, "DATASHEET.md", *(f"{room}/README.md" for room in ROOMS), *CARDS]
)
def test_links_lead_somewhere(name):
    path = TOP / name
    prose = re.sub(r"`[^`\n]*`", "", path.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)#:]+)\)", prose):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short(name):
    assert len((TOP / name).read_text("utf-8").splitlines()) < 150
