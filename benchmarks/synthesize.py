"""What made-up reports cost: the time and memory of ten times as many, again and again.

Run: python benchmarks/synthesize.py [--full]. It takes about a minute; with --full, which makes
100,000 reports, too, about ten. Each size is a run of the command of its own, whose output is
thrown away; the time is that of the processor, so that other work on the machine counts little.
"""

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass

SIZES = (1_000, 10_000)
FULL = 100_000
COMMAND = (sys.executable, "-m", "fazhi", "corpus", "synthesize", "--reports")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost."""

    reports: int
    """How many reports it made."""
    seconds: float
    """Processor time."""
    megabytes: float
    """The most memory that it held at once."""


def cost(reports: int) -> Cost:
    """The cost of so many reports."""
    with subprocess.Popen(
        [*COMMAND, str(reports)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"fazhi ended with {process.returncode}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(reports, usage.ru_utime + usage.ru_stime, kilobytes / 1024)


def described(found: Cost, before: Cost | None) -> str:
    """A line about a run, compared with the one of a tenth of its size."""
    rate = found.reports / found.seconds
    line = f"{found.reports:>7} reports: {found.seconds:8.1f} s, {rate:4.0f}/s, "
    line += f"{found.megabytes:5.0f} MB at the most"
    if before is None:
        return line
    times = found.reports // before.reports
    ratio = found.seconds / before.seconds
    return f"{line}; {times} times as many take {ratio:.1f} times as long"


def main() -> None:
    """Measures each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help=f"make {FULL} reports, too")
    before = None
    for reports in (*SIZES, FULL) if parser.parse_args().full else SIZES:
        found = cost(reports)
        print(described(found, before), flush=True)
        before = found


if __name__ == "__main__":
    main()
