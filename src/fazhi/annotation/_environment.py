"""The Python environment that a local Label Studio server has to itself."""

import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

from fazhi.errors import InputError, ServerError

LABEL_STUDIO = "label-studio==1.23.2"


def prepare_environment(folder: Path) -> Path:
    """The Label Studio program in an environment of its own, which is made where it is missing.

    Args:
        folder: the environment's folder.

    Raises:
        InputError: the folder holds something else, or another version; it is left as it is.
        ServerError: the packages cannot be installed.
    """
    program = folder / "bin" / "label-studio"
    if program.exists():
        _check_version(folder)
        return program
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "is no environment with Label Studio",
            path=folder,
            remedy="Remove it, or give another folder with --environment",
        )
    try:
        _make_environment(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return program


def _check_version(folder: Path) -> None:
    name, _, due = LABEL_STUDIO.partition("==")
    places = [str(each) for each in folder.glob("lib/python*/site-packages")]
    found = {each.version for each in distributions(name=name, path=places)}
    if found != {due}:
        raise InputError(
            f"holds {name} {' and '.join(sorted(found)) or 'of no known version'}, not {due}",
            path=folder,
            remedy="Remove it, and it is made anew; or give another folder with --environment",
        )


def _make_environment(folder: Path) -> None:
    python = str(folder / "bin" / "python")
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [python, "-m", "pip", "install", "--quiet", LABEL_STUDIO],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            reason = (done.stderr.strip() or done.stdout.strip()).rpartition("\n")[2]
            raise ServerError(f"{LABEL_STUDIO} could not be installed in {folder}: {reason}")
