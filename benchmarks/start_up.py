"""How long commands take to start, as ratios to an empty Python: make bench."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

RUNS = 9
FAZHI = str(Path(sys.executable).parent / "fazhi")
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "fazhi --version": [FAZHI, "--version"],
    "fazhi --help": [FAZHI, "--help"],
    "fazhi corpus info": [FAZHI, "corpus", "info"],
}


def seconds(command: list[str]) -> float:
    """Wall time of one run of a command."""
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start


def main() -> None:
    """Runs the commands in turn, so that a slow moment of the machine falls on all of them."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    empty = median(times["python -c pass"])
    for name, found in times.items():
        print(
            f"{name:20} {median(found):6.3f} s  {median(found) / empty:5.1f} times an empty Python"
        )


if __name__ == "__main__":
    main()
