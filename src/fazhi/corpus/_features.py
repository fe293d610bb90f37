"""The columns of each configuration of the dataset, with their types and class labels."""

from typing import TYPE_CHECKING, Any, get_args

from fazhi.corpus._labels import BIO_TAGS, ENTITY_LABELS, KIND_NAMES, ROLE_NAMES, TOPIC_NAMES
from fazhi.corpus._records import SegmentKind
from fazhi.corpus._sources import Level

if TYPE_CHECKING:
    from datasets import Features


def features_of(config: str) -> "Features":
    """The features of `entities`, `sections`, `facts`, `layers` or `reports`."""
    from datasets import Features

    columns = {
        "entities": lambda: _segment() | _tags() | {"spans": _spans()},
        "sections": lambda: _segment() | _classes(),
        "facts": lambda: _segment() | {"facts": _facts()},
        "layers": lambda: _layer() | {"spans": _spans()} | _classes() | {"facts": _facts()},
        "reports": _report,
    }
    return Features(columns[config]())


def _classes() -> dict[str, Any]:
    from datasets import ClassLabel

    return {
        "role": ClassLabel(names=list(ROLE_NAMES)),
        "topic": ClassLabel(names=list(TOPIC_NAMES)),
    }


def _segment() -> dict[str, Any]:
    from datasets import ClassLabel, List, Value

    return {
        "id": Value("string"),
        "report": Value("string"),
        "kind": ClassLabel(names=list(get_args(SegmentKind))),
        "start": Value("int32"),
        "end": Value("int32"),
        "text": Value("string"),
        "heading_path": List(Value("string")),
    }


def _tags() -> dict[str, Any]:
    from datasets import ClassLabel, List, Value

    return {"tokens": List(Value("string")), "tags": List(ClassLabel(names=list(BIO_TAGS)))}


def _span() -> dict[str, Any]:
    from datasets import Value

    return {"start": Value("int32"), "end": Value("int32"), "text": Value("string")}


def _spans() -> Any:
    from datasets import ClassLabel, List

    labels = {
        "label": ClassLabel(names=list(ENTITY_LABELS)),
        "kind": ClassLabel(names=list(KIND_NAMES)),
    }
    return List(_span() | labels)


def _facts() -> Any:
    from datasets import List, Value

    value = {
        "low": Value("float64"),
        "high": Value("float64"),
        "unit": Value("string"),
        "approximate": Value("bool"),
    }
    return List(
        {"metric": _span(), "indicator": _span(), "value": value, "computed": Value("bool")}
    )


def _layer() -> dict[str, Any]:
    from datasets import Value

    return {name: Value("string") for name in ("layer", "annotator", "id", "report", "text")}


def _report() -> dict[str, Any]:
    from datasets import ClassLabel, List, Value

    text, offset = Value("string"), Value("int32")
    return {
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
