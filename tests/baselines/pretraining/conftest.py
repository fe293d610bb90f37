"""A recipe and texts so small that training takes a second."""

import pytest
import torch

from fazhi._files import sha256
from fazhi.baselines import PretrainingRecipe
from tiny_texts import made_up_lines, pack


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
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "laws.jsonl.xz").write_bytes(pack(made_up_lines(20, seed=1)))
    (folder / "policy.jsonl.xz").write_bytes(pack(made_up_lines(10, seed=2)))
    return folder


@pytest.fixture
def fields(sources):
    """What a recipe for them holds."""
    return {
        "name": "tiny",
        "description": "For tests",
        "held_out": 0.1,
        "architecture": {
            "layers": 2, "hidden": 16, "heads": 4, "feed_forward": 32, "positions": 32,
        },
        "training": {
            "tokens": 2_048,
            "rate": 0.01,
            "warm_up": 4,
            "batches": [{"after": 0, "tokens": 64}, {"after": 1_024, "tokens": 128}],
            "short": 8,
            "long": 32,
            "log_every": 512,
            "held_out_tokens": 256,
        },
        "sources": [
            {
                "name": name,
                "file": f"{name}.jsonl.xz",
                "sha256": sha256((sources / f"{name}.jsonl.xz").read_bytes()),
                "origin": "made up",
                "copies": copies,
            }
            for name, copies in (("laws", 1), ("policy", 2))
        ],
    }  # fmt: skip


@pytest.fixture
def recipe(fields):
    return PretrainingRecipe.model_validate(fields)
