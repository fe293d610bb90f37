"""The corpus: reports, segments, gold annotations, and the dataset built from them.

Artifacts: the `corpus/` room, and the layers of the `annotation/` room.
"""

from fazhi.corpus._bio import spans_to_tags, tags_to_spans
from fazhi.corpus._dataset import (
    CONFIGS,
    AnnotatedReport,
    Config,
    check_tables,
    load_dataset,
    parquet_name,
    read_annotated,
    tables,
    write_tables,
)
from fazhi.corpus._examples import find_segment, load_examples
from fazhi.corpus._gold import gold_hash, read_gold_card, text_hash
from fazhi.corpus._labels import (
    BIO_TAGS,
    ENTITIES,
    ENTITY_LABELS,
    KIND_NAMES,
    KINDS,
    ROLE_NAMES,
    ROLES,
    TOPIC_NAMES,
    TOPICS,
    EntityLabel,
    Kind,
    Label,
    Role,
    Topic,
    kinds_of,
)
from fazhi.corpus._layers import (
    LayerCard,
    read_annotations,
    read_layer_card,
    write_annotations,
)
from fazhi.corpus._normalise import NormalisedText, normalise
from fazhi.corpus._offsets import OffsetMap, Run
from fazhi.corpus._records import Annotation, Entity, Example, Segment, SegmentKind
from fazhi.corpus._report import Report, find_report, read_report, read_reports
from fazhi.corpus._segment import segment
from fazhi.corpus._sources import SPLITS, Source, Split, read_sources

__all__ = [
    "BIO_TAGS",
    "CONFIGS",
    "ENTITIES",
    "ENTITY_LABELS",
    "KINDS",
    "KIND_NAMES",
    "ROLES",
    "ROLE_NAMES",
    "SPLITS",
    "TOPICS",
    "TOPIC_NAMES",
    "AnnotatedReport",
    "Annotation",
    "Config",
    "Entity",
    "EntityLabel",
    "Example",
    "Kind",
    "Label",
    "LayerCard",
    "NormalisedText",
    "OffsetMap",
    "Report",
    "Role",
    "Run",
    "Segment",
    "SegmentKind",
    "Source",
    "Split",
    "Topic",
    "check_tables",
    "find_report",
    "find_segment",
    "gold_hash",
    "kinds_of",
    "load_dataset",
    "load_examples",
    "normalise",
    "parquet_name",
    "read_annotated",
    "read_annotations",
    "read_gold_card",
    "read_layer_card",
    "read_report",
    "read_reports",
    "read_sources",
    "segment",
    "spans_to_tags",
    "tables",
    "tags_to_spans",
    "text_hash",
    "write_annotations",
    "write_tables",
]
