"""The data that commands work on."""

from fazhi._names import known_name
from fazhi._paths import room
from fazhi.corpus import SPLITS, Example, load_examples, read_gold_card


def split_examples(name: str) -> list[Example]:
    """The examples of a split.

    Raises:
        UnknownName: there is no such split.
    """
    return load_examples(room("corpus"), [known_name("split", name, SPLITS)])


def synthetic_examples() -> list[Example]:
    """The synthetic reports, which are learned from and never scored."""
    return load_examples(room("corpus"), ["synthetic"])


def gold_version() -> str:
    """The version of the gold annotation."""
    return read_gold_card(room("annotation")).version
