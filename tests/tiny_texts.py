"""Small files of texts to pretrain on."""

import json
import lzma

import numpy as np

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
