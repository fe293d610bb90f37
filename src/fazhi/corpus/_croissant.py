"""`croissant.json`: what the data files hold, in the Croissant format 1.0 of MLCommons.

Written out here rather than with mlcroissant, so that the build needs no more than the core;
tests read every record through mlcroissant. Addresses are relative to the file.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from fazhi._files import read_bytes, sha256
from fazhi._version import __version__
from fazhi.corpus._croissant_terms import (
    AUTHOR,
    COLUMNS,
    CONTEXT,
    DESCRIPTION,
    KEYWORDS,
    LICENCE,
    ROWS,
    TITLE,
    named,
)
from fazhi.corpus._dataset import CONFIGS, Config, built_splits, parquet_name
from fazhi.corpus._features import features_of
from fazhi.corpus._gold import GoldCard
from fazhi.corpus._labels import BIO_TAGS, ENTITIES, KINDS, ROLES, TOPICS, Label
from fazhi.corpus._records import SegmentKind
from fazhi.corpus._sources import Level, Split

if TYPE_CHECKING:
    from datasets import ClassLabel

CROISSANT = "croissant.json"
"""The file's name in the corpus room."""

Json = dict[str, Any]

_TYPES = {
    "string": "sc:Text",
    "int32": "sc:Integer",
    "float64": "sc:Float",
    "bool": "sc:Boolean",
    "date32": "sc:Date",
}
_INVENTORY: dict[str, tuple[Label, ...]] = {
    "entity-types": ENTITIES,
    "entity-kinds": tuple(kind for kinds in KINDS.values() for kind in kinds),
    "roles": ROLES,
    "topics": TOPICS,
}
_CLASSES: dict[str, tuple[str, ...]] = {
    **{name: tuple(label.name for label in labels) for name, labels in _INVENTORY.items()},
    "tags": BIO_TAGS,
    "segment-kinds": get_args(SegmentKind),
    "levels": get_args(Level),
}
"""The names that class labels stand for, by the record set that lists them."""


def citation(card: GoldCard) -> str:
    """How to cite a version of the gold with this package, in BibTeX."""
    return f"""@misc{{fazhi,
  title = {{{TITLE}}},
  author = {{{{{AUTHOR}}}}},
  year = {{{card.released.year}}},
  version = {{{__version__}}},
  note = {{Gold version {card.version}}},
}}"""


def render_croissant(corpus: Path, card: GoldCard) -> str:
    """The text of `croissant.json` for the data files as they are.

    Raises:
        InputError: a data file is missing.
    """
    parts = [(config, split) for config in CONFIGS for split in built_splits(corpus, config)]
    parts = [each for each in parts if (corpus / _address(*each)).exists()]
    content = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "fazhi",
        "description": DESCRIPTION,
        "alternateName": TITLE,
        "creator": {"@type": "sc:Organization", "name": AUTHOR},
        "license": LICENCE,
        "inLanguage": "zh",
        "keywords": list(KEYWORDS),
        "citeAs": citation(card),
        "version": card.version,
        "datePublished": date.isoformat(card.released),
        "distribution": [_file(corpus, *each) for each in parts],
        "recordSet": [
            *(_class_list(name) for name in _CLASSES),
            *(_record_set(*each) for each in parts),
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _address(config: Config, split: Split) -> str:
    return f"data/{parquet_name(config, split)}"


def _file(corpus: Path, config: Config, split: Split) -> Json:
    data = read_bytes(corpus / _address(config, split))
    return {
        "@type": "cr:FileObject",
        "@id": _address(config, split),
        "name": parquet_name(config, split),
        "description": f"{config}, {named(split)}: {ROWS[config]}",
        "contentUrl": _address(config, split),
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256(data),
    }


def _class_list(name: str) -> Json:
    """A record set that lists what the integers of a class label stand for."""
    columns = ["index", "name", *(["chinese", "definition"] if name in _INVENTORY else [])]
    labels = _INVENTORY.get(name)
    rows = [
        [index, label, *([labels[index].chinese, labels[index].definition] if labels else [])]
        for index, label in enumerate(_CLASSES[name])
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"What the integers of {name.replace('-', ' ')} stand for.",
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{name}/index"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{column}",
                "name": column,
                "dataType": "sc:Integer" if column == "index" else "sc:Text",
            }
            for column in columns
        ],
        "data": [
            {f"{name}/{column}": cell for column, cell in zip(columns, row, strict=True)}
            for row in rows
        ],
    }


def _record_set(config: Config, split: Split) -> Json:
    name = f"{config}-{split}"
    columns = features_of(config).items()
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{config}, {named(split)}: {ROWS[config]}.",
        "field": [
            _field(f"{name}/{column}", feature, _source(config, split, column))
            for column, feature in columns
        ],
    }


def _source(config: Config, split: Split, column: str) -> Json:
    return {"fileObject": {"@id": _address(config, split)}, "extract": {"column": column}}


def _field(path: str, feature: Any, source: Json) -> Json:
    """The field of a column: a value, a list of values, or a list of records."""
    from datasets import List

    repeated = isinstance(feature, List)
    inner = feature.feature if repeated else feature
    name = path.partition("/")[2]
    field: Json = {"@type": "cr:Field", "@id": path, "name": name, "description": COLUMNS[name]}
    if repeated:
        field["repeated"] = True
    if not isinstance(inner, dict):
        return field | _typed(inner) | {"source": source}
    return field | {"subField": [_part(path, *each, source) for each in _leaves(inner)]}


def _leaves(record: Json, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values of a record and of the records in it, with the names that lead to them."""
    for name, feature in record.items():
        if isinstance(feature, dict):
            yield from _leaves(feature, (*above, name))
        else:
            yield (*above, name), feature


def _part(path: str, names: tuple[str, ...], feature: Any, source: Json) -> Json:
    """A value in each record of a list; records in records are laid out flat.

    mlcroissant reads one level of repeated records.
    """
    name = ".".join(names)
    return {
        "@type": "cr:Field",
        "@id": f"{path}/{name}",
        "name": name,
        "description": ": ".join(COLUMNS[each] for each in names),
        **_typed(feature),
        "source": {**source, "transform": {"jsonPath": name}},
    }


def _typed(feature: Any) -> Json:
    """The type of a value; a class label leads to the record set that lists its names."""
    from datasets import ClassLabel

    if not isinstance(feature, ClassLabel):
        return {"dataType": _TYPES[feature.dtype]}
    return {
        "dataType": "sc:Integer",
        "references": {"field": {"@id": f"{_list_of(feature)}/index"}},
    }


def _list_of(feature: "ClassLabel") -> str:
    return next(name for name, found in _CLASSES.items() if list(found) == feature.names)
