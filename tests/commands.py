"""Commands as users run them: in the checkout, or in a copy of it that may come to harm."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi._paths import checkout

TOP = checkout() or Path()
FAZHI = Path(sys.executable).parent / "fazhi"


QUICK_CRF = """
name = "crf"
description = "trained on real reports alone, with one choice of parameters"
model = "crf"
tolerance = 0.0

[params]
c1 = 0.2
c2 = 0.1
max_iterations = 15
"""


def need(found: bool, missing: str, remedy: str) -> None:
    """Skips the test where something is missing; fails it where everything must be there."""
    if not found:
        message = f"{missing} is missing. {remedy}"
        if "FAZHI_CI" in os.environ:
            pytest.fail(message)
        pytest.skip(message)


def run(
    *words: str | Path, cwd: Path | None = None, **more: str
) -> "subprocess.CompletedProcess[str]":
    """A command of fazhi with variables added to its environment."""
    return _run([FAZHI, *words], cwd, more)


def run_copy(copy: Path, *words: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """A command of fazhi in a copy of the checkout."""
    source = {"PYTHONPATH": str(copy / "src"), **more}
    return _run([sys.executable, "-m", "fazhi", *words], copy, source)


def _run(
    command: list[str | Path], cwd: Path | None, more: dict[str, str]
) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if "LABEL_STUDIO" not in name}
    environment = {**inherited, "COLUMNS": "120", "NO_COLOR": "1", "TERM": "dumb", **more}
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_checkout(folder: Path) -> Path:
    """A copy of the sources that commands may change."""
    for name in ("src", "corpus", "annotation", "baselines", "eval"):
        shutil.copytree(TOP / name, folder / name)
    for name in ("README.md", "README.zh-CN.md", "DATASHEET.md"):
        shutil.copy(TOP / name, folder)
    return folder


def light_copy(folder: Path) -> Path:
    """A copy of the sources whose CRF, which pre-annotates, is trained in seconds."""
    recipe = copy_checkout(folder) / "baselines" / "recipes" / "crf.toml"
    assert recipe.is_file()
    recipe.write_text(QUICK_CRF, encoding="utf-8")
    return folder
