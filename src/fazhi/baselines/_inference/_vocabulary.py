"""Characters to ids: one for each code point, through the vocabulary of a BERT tokenizer."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from fazhi.errors import InputError

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
_NEAREST = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "—": "―─–-",
    "–": "—―─-",
    "―": "—─–-",
    "─": "—―–-",
    "…": "⋯.",
    "·": "•・.",
    "•": "·・.",
    "〔": "[",
    "〕": "]",
    "〈": "＜<",
    "〉": "＞>",
    "～": "〜~",
}
"""What stands for a mark that a vocabulary lacks: the first of these that it has."""
_NEEDED = "“”‘’—…"


class Vocabulary:
    """The entries of `vocab.txt`, of which only single characters and four others are used.

    A character that is no entry is read as its lower-case form, as the nearest mark, or as its
    compatible form (NFKC), whichever is the first to be an entry, or else as [UNK]. A vocabulary
    where quotes, dashes or the ellipsis would be [UNK] is refused: bert-base-chinese and its
    relatives lack the curly quotes and the dash, and have straight ones.

    Raises:
        InputError: a special entry or such a mark is missing.
    """

    def __init__(self, entries: Sequence[str], origin: Path | str):
        self.entries = tuple(entries)
        self._ids = {entry: index for index, entry in enumerate(self.entries)}
        missing = [entry for entry in _SPECIAL if entry not in self._ids]
        missing = missing or [mark for mark in _NEEDED if self._of(mark) not in self._ids]
        if missing:
            raise InputError(
                f"the vocabulary has no {missing[0]}, nor anything that stands for it",
                path=origin,
                remedy="Take an encoder with a vocabulary of Chinese characters, like BERT's",
            )
        self.pad, self.unknown, self.first, self.separator = (self._ids[each] for each in _SPECIAL)
        self._met: dict[str, int] = {}

    @classmethod
    def parse(cls, text: str, origin: Path | str) -> "Vocabulary":
        """The vocabulary in the text of a `vocab.txt`, an entry per line.

        Raises:
            InputError: it cannot be used.
        """
        lines = text.removesuffix("\n").split("\n")  # U+2028 is an entry, not a line end
        return cls([line.removesuffix("\r") for line in lines], origin)

    def text(self) -> str:
        """The text of `vocab.txt`."""
        return "".join(f"{entry}\n" for entry in self.entries)

    def ids(self, text: str) -> list[int]:
        """The id of each character."""
        met = self._met
        for char in set(text) - met.keys():
            met[char] = self._ids.get(self._of(char), self.unknown)
        return [met[char] for char in text]

    def _of(self, char: str) -> str:
        """The entry that stands for a character, or the character where there is none."""
        forms = (char, char.lower(), *_NEAREST.get(char, ""), unicodedata.normalize("NFKC", char))
        return next((form for form in forms if len(form) == 1 and form in self._ids), char)
