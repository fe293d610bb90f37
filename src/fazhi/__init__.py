"""fazhi (法治): annual reports on rule-of-law government, annotated, with a benchmark.

fazhi.load("entities")   the dataset, as a `datasets.DatasetDict`
"""

from typing import TYPE_CHECKING

from fazhi._version import __version__

if TYPE_CHECKING:
    from datasets import DatasetDict

__all__ = ["__version__", "load"]


def load(config: str = "entities") -> "DatasetDict":
    """The dataset, from the checkout or from the installed package; nothing is downloaded.

    Args:
        config: `entities` (characters, BIO tags and spans), `sections` (role and topic),
            `facts`, `layers` (what every annotator said) or `reports` (whole texts with offset
            maps).

    Returns:
        The splits `train`, `validation` and `test`; and `synthetic`, made-up reports that are
        never scored, which have no layers.

    Raises:
        UnknownName: there is no such configuration.
    """
    from fazhi._paths import room
    from fazhi.corpus import load_dataset

    return load_dataset(config, room("corpus"))
