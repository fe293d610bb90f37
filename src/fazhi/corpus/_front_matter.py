"""The dataset card's YAML as a record: the keys and values that the Hugging Face Hub accepts.

The vocabularies are those of the Hub's documentation of dataset cards; it checks them itself when
a card is uploaded, and this does before.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from fazhi._files import read_text
from fazhi._record import Record, to_record
from fazhi.errors import InputError

Creator = Literal["crowdsourced", "expert-generated", "found", "machine-generated", "other"]
Task = Literal[
    "text-classification",
    "token-classification",
    "question-answering",
    "text-generation",
    "feature-extraction",
    "fill-mask",
    "sentence-similarity",
    "summarization",
    "translation",
    "zero-shot-classification",
]
Size = Literal["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M"]

_REMEDY = "Mend the YAML at its top"


class DataFile(Record):
    """A file of a configuration."""

    split: str
    """The split that it holds."""
    path: str
    """The file, relative to the card."""


class CardConfig(Record):
    """A configuration of the dataset."""

    config_name: str
    """Its name."""
    default: bool = False
    """Whether it is loaded where none is named."""
    data_files: list[DataFile]
    """Where each split is."""


class FrontMatter(Record):
    """What the Hub reads at the top of a dataset card."""

    license: str = Field(pattern=r"^[a-z0-9.-]+$")
    """The licence's name on the Hub."""
    language: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]]
    """Languages by their ISO 639 codes."""
    pretty_name: str
    """The name that is shown."""
    task_categories: list[Task]
    """What kinds of tasks it is for."""
    task_ids: list[str]
    """Which tasks."""
    language_creators: list[Creator]
    """Who made the texts."""
    annotations_creators: list[Literal[Creator, "no-annotation"]]
    """Who made the labels."""
    multilinguality: list[Literal["monolingual", "multilingual", "translation", "other"]]
    """Whether it has several languages."""
    source_datasets: list[Literal["original", "extended"]]
    """Whether it was made from another dataset."""
    tags: list[str]
    """What else it can be found by."""
    size_categories: list[Size]
    """How many rows it has."""
    configs: list[CardConfig]
    """The configurations."""
    dataset_info: list[dict[str, Any]]
    """Features and sizes of each configuration."""


def read_front_matter(card: Path) -> FrontMatter:
    """The YAML of a dataset card.

    Raises:
        InputError: there is none, it is no YAML, or a key or value is none that the Hub accepts.
    """
    import yaml

    mark, front, _ = (*read_text(card).split("---\n", 2), "", "")[:3]
    if mark or not front:
        raise InputError("it does not begin with YAML between ---", path=card, remedy=_REMEDY)
    try:
        value = yaml.safe_load(front)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise InputError(f"invalid YAML ({reason})", path=card, remedy=_REMEDY) from None
    return to_record(FrontMatter, value, path=card, remedy=_REMEDY)
