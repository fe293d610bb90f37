"""The corpus: reports, segments, gold annotations, and the dataset built from them.

Artifacts: the `corpus/` room, and the layers of the `annotation/` room.
"""

from fazhi.corpus._add import Added, NewReport, add_report, register_report
from fazhi.corpus._bio import spans_to_tags, tags_to_spans
from fazhi.corpus._card import card_data
from fazhi.corpus._croissant import CROISSANT, citation, render_croissant
from fazhi.corpus._dataset import (
    CONFIGS,
    AnnotatedReport,
    Config,
    built_splits,
    check_tables,
    load_dataset,
    parquet_name,
    read_annotated,
    tables,
    write_tables,
)
from fazhi.corpus._document import Document, read_document
from fazhi.corpus._examples import find_segment, load_examples
from fazhi.corpus._extract import extract_text
from fazhi.corpus._fact_lines import NO_INDICATOR, parse_fact, render_indicator
from fazhi.corpus._fetch import fetch
from fazhi.corpus._front_matter import FrontMatter, read_front_matter
from fazhi.corpus._gold import (
    CONTRIBUTED,
    GoldCard,
    gold_hash,
    is_annotated,
    read_gold_card,
    text_hash,
)
from fazhi.corpus._hub import Target, Upload, check_pages, plan_upload, upload
from fazhi.corpus._inputs import STDIN, read_inputs
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
    topic_is_due,
)
from fazhi.corpus._layers import (
    Annotator,
    LayerCard,
    check_annotation,
    layer_folder,
    layer_folders,
    read_annotations,
    read_layer_card,
    write_annotations,
    write_layer_card,
)
from fazhi.corpus._marks import (
    parse_marks,
    read_marked,
    read_marked_report,
    read_marked_texts,
    render_blocks,
    render_marks,
)
from fazhi.corpus._normalise import NormalisedText, normalise
from fazhi.corpus._offsets import OffsetMap, Run
from fazhi.corpus._quantity import value_of
from fazhi.corpus._recombine import RecombinedReport, recombine
from fazhi.corpus._recombine_file import load_lenders, read_recombined
from fazhi.corpus._records import (
    Annotation,
    Entity,
    Example,
    Fact,
    Placed,
    Segment,
    SegmentKind,
    Span,
)
from fazhi.corpus._report import Report, find_report, read_report, read_reports
from fazhi.corpus._segment import segment
from fazhi.corpus._similar import near_duplicates
from fazhi.corpus._sources import (
    ALL_SPLITS,
    MADE_UP,
    SPLITS,
    SYNTHETIC,
    Level,
    Source,
    Split,
    read_sources,
)
from fazhi.corpus._synthetic import read_synthetic
from fazhi.corpus._values import Value, format_value, parse_value

__all__ = [
    "ALL_SPLITS",
    "BIO_TAGS",
    "CONFIGS",
    "CONTRIBUTED",
    "CROISSANT",
    "ENTITIES",
    "ENTITY_LABELS",
    "KINDS",
    "KIND_NAMES",
    "MADE_UP",
    "NO_INDICATOR",
    "ROLES",
    "ROLE_NAMES",
    "SPLITS",
    "STDIN",
    "SYNTHETIC",
    "TOPICS",
    "TOPIC_NAMES",
    "Added",
    "AnnotatedReport",
    "Annotation",
    "Annotator",
    "Config",
    "Document",
    "Entity",
    "EntityLabel",
    "Example",
    "Fact",
    "FrontMatter",
    "GoldCard",
    "Kind",
    "Label",
    "LayerCard",
    "Level",
    "NewReport",
    "NormalisedText",
    "OffsetMap",
    "Placed",
    "RecombinedReport",
    "Report",
    "Role",
    "Run",
    "Segment",
    "SegmentKind",
    "Source",
    "Span",
    "Split",
    "Target",
    "Topic",
    "Upload",
    "Value",
    "add_report",
    "built_splits",
    "card_data",
    "check_annotation",
    "check_pages",
    "check_tables",
    "citation",
    "extract_text",
    "fetch",
    "find_report",
    "find_segment",
    "format_value",
    "gold_hash",
    "is_annotated",
    "kinds_of",
    "layer_folder",
    "layer_folders",
    "load_dataset",
    "load_examples",
    "load_lenders",
    "near_duplicates",
    "normalise",
    "parquet_name",
    "parse_fact",
    "parse_marks",
    "parse_value",
    "plan_upload",
    "read_annotated",
    "read_annotations",
    "read_document",
    "read_front_matter",
    "read_gold_card",
    "read_inputs",
    "read_layer_card",
    "read_marked",
    "read_marked_report",
    "read_marked_texts",
    "read_recombined",
    "read_report",
    "read_reports",
    "read_sources",
    "read_synthetic",
    "recombine",
    "register_report",
    "render_blocks",
    "render_croissant",
    "render_indicator",
    "render_marks",
    "segment",
    "spans_to_tags",
    "tables",
    "tags_to_spans",
    "text_hash",
    "topic_is_due",
    "upload",
    "value_of",
    "write_annotations",
    "write_layer_card",
    "write_tables",
]
