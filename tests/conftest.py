"""What several test modules use."""

import os

import pytest
from hypothesis import settings

from fazhi._paths import room
from fazhi.corpus import (
    AnnotatedReport,
    Example,
    Report,
    load_examples,
    read_reports,
    read_synthetic,
)

if "PYTEST_XDIST_WORKER" in os.environ:
    # workers that each compute with a thread per core wait for one another most of the time
    os.environ.setdefault("OMP_NUM_THREADS", "1")

settings.register_profile("thorough", max_examples=5000)
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def reports() -> dict[str, Report]:
    """The five reports, read from their raw files."""
    return {report.source.id: report for report in read_reports(room("corpus"))}


@pytest.fixture(scope="session")
def made_up() -> list[AnnotatedReport]:
    """The made-up reports, read from their marked files."""
    return read_synthetic(room("corpus"))


@pytest.fixture(scope="session")
def gold() -> list[Example]:
    """All gold examples, read from the built dataset."""
    return load_examples(room("corpus"))
