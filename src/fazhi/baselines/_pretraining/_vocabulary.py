"""The vocabulary: every token is one code point, so that offsets need no alignment."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fazhi._files import read_text
from fazhi.errors import InputError

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""The first entries of every vocabulary."""
PAD, UNK, CLS, SEP, MASK = range(len(SPECIALS))

Ids = NDArray[np.uint16]
"""Numbers of tokens."""

_CODE_POINTS = 0x110000
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_GB2312_ROWS = (*range(0xA1, 0xA4), *range(0xB0, 0xF8))
_ALWAYS = "“”‘’—…《》〈〉〔〕·～￥€°"


@dataclass(frozen=True)
class Vocabulary:
    """The tokens, by number."""

    tokens: tuple[str, ...]
    """The special tokens, then characters in the order of their code points."""

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def _table(self) -> Ids:
        table = np.full(_CODE_POINTS, UNK, dtype=np.uint16)
        chars = [ord(token) for token in self.tokens[len(SPECIALS) :]]
        table[chars] = np.arange(len(SPECIALS), len(self.tokens), dtype=np.uint16)
        return table

    def encode(self, text: str) -> Ids:
        """The number of each code point of a text; what has no entry, spaces too, is [UNK]."""
        return self._table[code_points(text)]


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def build_vocabulary(texts: Iterable[str], min_frequency: int) -> Vocabulary:
    """The characters that texts hold at least so often, and those that Chinese text always needs.

    Those are the characters of GB 2312, its punctuation and numerals, ASCII, the full-width
    forms of ASCII, and quotation marks and dashes. Case is kept; spaces and what cannot be seen
    have no entry.
    """
    counts = np.bincount(code_points("".join(texts)))
    chars = {chr(point) for point in np.flatnonzero(counts >= min_frequency)} | _needed()
    visible = sorted(char for char in chars if char.isprintable() and not char.isspace())
    return Vocabulary((*SPECIALS, *visible))


def _needed() -> set[str]:
    ascii_and_wide = {chr(point) for point in (*range(0x21, 0x7F), *_FULL_WIDTH)}
    return ascii_and_wide | set(_ALWAYS) | _gb2312()


def _gb2312() -> set[str]:
    cells = (bytes((row, cell)) for row in _GB2312_ROWS for cell in range(0xA1, 0xFF))
    return {pair.decode("gb2312", "ignore") for pair in cells} - {""}


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of an encoder's folder.

    Raises:
        InputError: its `vocab.txt` is missing, or is not one of single characters.
    """
    path = folder / "vocab.txt"
    tokens = tuple(read_text(path).removesuffix("\n").split("\n"))
    chars = tokens[len(SPECIALS) :]
    if tokens[: len(SPECIALS)] != SPECIALS or any(len(char) != 1 for char in chars):
        raise InputError(
            "it is not a vocabulary of single characters",
            path=path,
            remedy="Give the folder of an encoder that fazhi pretrain has written",
        )
    return Vocabulary(tokens)
