"""Small files of texts to pretrain on."""

import json
import lzma
from pathlib import Path
from typing import Any

import numpy as np

from fazhi._files import sha256, to_json

PARTS = ("县人民政府", "市司法局", "依法行政", "公布规章", "二十三件", "应当", "，", "和", "办理")


def pack(lines) -> bytes:
    """A file of texts."""
    return lzma.compress("".join(json.dumps(line) + "\n" for line in lines).encode())


def made_up_lines(count: int, seed: int = 0) -> list[dict[str, str]]:
    """Documents of a few paragraphs, put together from a few phrases."""
    generator = np.random.default_rng(seed)
    return [
        {
            "path": f"{seed}-{number}.md",
            "text": "\n\n".join(
                f"第{generator.integers(1000)}条 {''.join(generator.choice(PARTS, 12))}。"
                for _ in range(6)
            ),
        }
        for number in range(count)
    ]


def write_sources(folder: Path) -> None:
    """Writes the files of two sources."""
    folder.mkdir()
    for name, count, seed in (("laws", 20, 1), ("policy", 10, 2)):
        (folder / f"{name}.jsonl.xz").write_bytes(pack(made_up_lines(count, seed)))


def tiny_fields(folder: Path) -> dict[str, Any]:
    """What a recipe for two sources in a folder holds."""
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
                "sha256": content_hash(folder / f"{name}.jsonl.xz"),
                "origin": "made up",
                "copies": copies,
            }
            for name, copies in (("laws", 1), ("policy", 2))
        ],
    }  # fmt: skip


def content_hash(path: Path) -> str:
    """The checksum of a file of texts, as a recipe records it."""
    return sha256(lzma.decompress(path.read_bytes()))


def as_toml(fields: dict[str, Any]) -> str:
    """Tables as TOML, inline: JSON but for the signs between keys and values."""
    return "".join(f"{key} = {_inline(value)}\n" for key, value in fields.items())


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return to_json(value)
