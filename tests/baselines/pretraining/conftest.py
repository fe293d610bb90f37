"""A recipe and texts so small that training takes a second."""

import pytest
import torch

from fazhi.baselines import PretrainingRecipe
from tiny_texts import tiny_fields, write_sources


@pytest.fixture(autouse=True)
def _one_thread():
    """Threads cost more than they give where all is small."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def sources(tmp_path):
    """A folder with the files of two sources."""
    write_sources(tmp_path / "sources")
    return tmp_path / "sources"


@pytest.fixture
def fields(sources):
    """What a recipe for them holds."""
    return tiny_fields(sources)


@pytest.fixture
def recipe(fields):
    return PretrainingRecipe.model_validate(fields)
