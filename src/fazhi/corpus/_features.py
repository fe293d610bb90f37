"""The columns of each configuration of the dataset, with their types and class labels."""

from typing import TYPE_CHECKING, get_args

from fazhi.corpus._labels import BIO_TAGS, ENTITY_LABELS, KIND_NAMES, ROLE_NAMES, TOPIC_NAMES
from fazhi.corpus._records import SegmentKind
from fazhi.corpus._sources import Level

if TYPE_CHECKING:
    from datasets import Features


def features_of(config: str) -> "Features":
    """The features of `entities`, `sections` or `reports`."""
    from datasets import ClassLabel, Features, List, Value

    text, offset = Value("string"), Value("int32")
    if config == "reports":
        return Features(
            {
                "id": text,
                "title": text,
                "issuer": text,
                "province": text,
                "region": text,
                "region_code": text,
                "level": ClassLabel(names=list(get_args(Level))),
                "year": offset,
                "signed": Value("date32"),
                "published": Value("date32"),
                "source": text,
                "sha256": text,
                "text": text,
                "offsets": List({"start": offset, "raw_start": offset, "length": offset}),
            }
        )
    columns = {
        "id": text,
        "report": text,
        "kind": ClassLabel(names=list(get_args(SegmentKind))),
        "start": offset,
        "end": offset,
        "text": text,
        "heading_path": List(text),
    }
    if config == "sections":
        columns["role"] = ClassLabel(names=list(ROLE_NAMES))
        columns["topic"] = ClassLabel(names=list(TOPIC_NAMES))
        return Features(columns)
    columns["tokens"] = List(text)
    columns["tags"] = List(ClassLabel(names=list(BIO_TAGS)))
    columns["spans"] = List(
        {
            "start": offset,
            "end": offset,
            "label": ClassLabel(names=list(ENTITY_LABELS)),
            "kind": ClassLabel(names=list(KIND_NAMES)),
            "text": text,
        }
    )
    return Features(columns)
