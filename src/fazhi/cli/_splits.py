"""The data that commands work on."""

import typer

from fazhi._names import known_name
from fazhi._paths import room
from fazhi.corpus import SPLITS, SYNTHETIC, Example, load_examples, read_gold_card


def split_examples(name: str) -> list[Example]:
    """The examples of a split of the benchmark.

    Raises:
        UnknownName: there is no such split.
        BadParameter: it is the split of the made-up reports.
    """
    if name == SYNTHETIC:
        splits = f"{', '.join(SPLITS[:-1])} or {SPLITS[-1]}"
        raise typer.BadParameter(
            f"the split {name!r} is made up: it is there to learn from, and nothing is predicted "
            f"or scored on it; give {splits}"
        )
    return load_examples(room("corpus"), [known_name("split", name, SPLITS)])


def synthetic_examples() -> list[Example]:
    """The synthetic reports, which are learned from and never scored."""
    return load_examples(room("corpus"), [SYNTHETIC])


def gold_version() -> str:
    """The version of the gold annotation."""
    return read_gold_card(room("annotation")).version
