"""What `croissant.json` says in words: the dataset, its files, and every column."""

from typing import Any

from fazhi.corpus._sources import MADE_UP, SYNTHETIC, Split

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The `@context` that the format prescribes (Croissant 1.0, appendix 1), shared by all files."""

TITLE = "fazhi: annotated annual reports on rule-of-law government"
AUTHOR = "The fazhi developers"
DESCRIPTION = (
    "Annual reports of Chinese local governments on rule-of-law government (法治政府建设年度报告), "
    "cut into segments and annotated for entities (agencies, legal instruments, metrics), the "
    "facts that they state, and section classes (role and topic). The annotators and the "
    "adjudicator are language models; no person has annotated or checked the corpus. The split "
    "'synthetic' is made-up text to learn from and is never scored."
)
KEYWORDS = (
    *("Chinese", "law", "local government", "named entity recognition"),
    *("information extraction", "text classification"),
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

ROWS = {
    "entities": "segments with their characters, BIO tags and entity spans",
    "sections": "segments with their role and topic",
    "facts": "segments with the facts that they state",
    "layers": "segments as each annotator, and the adjudicated gold, annotated them",
    "reports": "whole reports with what is known of them",
}
"""What a row of each configuration is."""

COLUMNS = {
    "id": "Id of the segment or report; the same in every configuration.",
    "report": "Id of the report that the segment is in.",
    "kind": "What the segment is by its layout; of a span, the kind of the entity.",
    "start": "Where it begins, in code points: a segment in its report, a span in its segment.",
    "end": "Where it ends, in code points; the first one behind it.",
    "text": "The text itself.",
    "heading_path": "The headings above the segment, outermost first.",
    "tokens": "The characters of the text, one by one.",
    "tags": "The BIO tag of each character.",
    "spans": "The entities of the segment, in order.",
    "label": "The type of the entity.",
    "role": "What the segment does in the report.",
    "topic": "What it is about; null where the role has none.",
    "facts": "The facts that the segment states, one for each METRIC.",
    "metric": "The METRIC of the fact",
    "indicator": "The span that names what is measured, all null where there is none",
    "value": "The value of the METRIC",
    "low": "its least number; null where it has none.",
    "high": "its greatest number; null where it has none.",
    "unit": "its measure word or unit.",
    "approximate": "whether it is said to be approximate.",
    "computed": "Whether the value is what the package computes from the METRIC's text.",
    "layer": "The layer: an annotator's, or the gold.",
    "annotator": "Who annotated the layer.",
    "title": "The title of the report.",
    "issuer": "Who issued it, as the text says; null where that is not known.",
    "province": "The province of the jurisdiction.",
    "region": "The jurisdiction.",
    "region_code": "Its GB/T 2260 code; null for a place that is made up.",
    "level": "Its administrative level.",
    "year": "The year that the report is about.",
    "signed": "The date at its end; null where that is not known.",
    "published": "When it was published; null where that is not known.",
    "source": "Where it was published; null where that is not known.",
    "sha256": "SHA-256 of the file that it was read from.",
    "offsets": "Runs of the text that stand in the raw file unchanged, in order.",
    "raw_start": "Where the run begins in the raw file, in code points.",
    "length": "How many code points the run has.",
}
"""What each column and each part of one is; the parts of a part go on with a lower case."""


def named(split: Split) -> str:
    """The name of a split, which says of made-up text that it is made up."""
    return MADE_UP if split == SYNTHETIC else split
