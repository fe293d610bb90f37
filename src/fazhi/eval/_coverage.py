"""What the intervals achieve, as simulated by `benchmarks/coverage.py`."""

from functools import cache
from typing import Literal

from pydantic import JsonValue

from fazhi._paths import room
from fazhi._record import Record, read_json_record
from fazhi._resample import Unit


class Coverage(Record):
    """How often the intervals of one kind held what they should."""

    score: Literal["micro-F1", "macro-F1"]
    """Micro-F1 of entities, or macro-F1 of topics."""
    dependence: Literal["none", "realistic"]
    """Whether the segments of a document are alike: not at all, or as in the real reports."""
    documents: int
    """Number of documents in each simulation."""
    unit: Unit
    """What was resampled."""
    population: float
    """Share of the intervals that held the value over all documents of the kind."""
    same_documents: float
    """Share that held the value over all segments of the documents that were drawn."""
    first: int
    """How many of the first few intervals held the value over all documents: a check."""


class CoverageRecord(Record):
    """A simulation of the intervals, with all that is needed to repeat it."""

    command: str
    """The command that writes this record."""
    seed: int
    """Seed of the simulations."""
    level: float
    """Nominal coverage of the intervals."""
    simulations: int
    """Simulations of each kind."""
    first: int
    """How many simulations the check covers."""
    models: dict[str, JsonValue]
    """What was simulated: the settings of the model of each score and dependence."""
    coverage: tuple[Coverage, ...]
    """What came of it."""


@cache
def coverage_record() -> CoverageRecord:
    """The record of the `eval` room.

    Raises:
        InputError: it is missing or broken.
    """
    remedy = "Write it anew: python benchmarks/coverage.py"
    return read_json_record(CoverageRecord, room("eval") / "coverage.json", remedy)


def achieved(documents: int, unit: Unit) -> tuple[float, float]:
    """The simulated coverage of a 95% interval: of all documents of the kind, of the same ones.

    Each of the score that fares worse, with realistic dependence, at the
    nearest number of documents that is not above the given one.

    Args:
        documents: documents in which anything was counted, at least 1; at least 5 where
            documents were resampled.
        unit: what was resampled.
    """
    nearest = _simulated_documents(documents, unit)
    cells = [each for each in _realistic(unit) if each.documents == nearest]
    return min(each.population for each in cells), min(each.same_documents for each in cells)


def _simulated_documents(documents: int, unit: Unit) -> int:
    """The nearest number of documents that was simulated and is not above the given one."""
    return max(each.documents for each in _realistic(unit) if each.documents <= documents)


def _realistic(unit: Unit) -> list[Coverage]:
    found = coverage_record().coverage
    return [each for each in found if each.dependence == "realistic" and each.unit == unit]


def coverage_warning(documents: int, unit: Unit) -> str:
    """One sentence on what a 95% interval achieves, for the reader of a score.

    Args:
        documents: as for `achieved`.
        unit: what was resampled.
    """
    number = "1 report" if documents == 1 else f"{documents} reports"
    over = number if unit == "document" else f"the segments of {number}"
    nearest = _simulated_documents(documents, unit)
    simulated = "" if nearest == documents else f"; {nearest} were simulated"
    population, same = (f"{share:.0%}" for share in achieved(documents, unit))
    return (
        f"In simulation, 95% intervals over {over} held the score on all reports of the "
        f"kind in {population} of cases, and the score on all segments of the same reports in "
        f"{same} (the lower figures of micro-F1 and macro-F1{simulated})"
    )
