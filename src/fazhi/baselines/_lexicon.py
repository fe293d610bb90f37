"""Lists of public facts, and where their entries occur in a text."""

import re
from functools import cache
from pathlib import Path

from fazhi._paths import room
from fazhi._record import Record, read_toml_record


class Lexicon(Record):
    """The lists of `baselines/lexicon.toml`."""

    provinces: tuple[str, ...]
    """Provinces, with their suffix."""
    levels: tuple[str, ...]
    """Words that give an organ its level."""
    organs: tuple[str, ...]
    """Organs that follow a place or a level."""
    central: tuple[str, ...]
    """Central organs, definite without a place."""
    statutes: tuple[str, ...]
    """Statutes that are named without title marks."""
    not_documents: tuple[str, ...]
    """Ends of titles that are no documents."""
    measures: tuple[str, ...]
    """Measure words, signs and units."""
    before_numeral: tuple[str, ...]
    """Approximators before the numeral."""
    after_numeral: tuple[str, ...]
    """Approximators between numeral and measure word."""
    after_measure: tuple[str, ...]
    """Approximators after the measure word."""


@cache
def lexicon() -> Lexicon:
    """The lexicon of the baselines room."""
    return read_toml_record(Lexicon, lexicon_file())


def lexicon_file() -> Path:
    """Where the lexicon stands."""
    return room("baselines") / "lexicon.toml"


def alternatives(words: tuple[str, ...]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
