"""Reading a submission file of either format."""

import re
from collections.abc import Sequence
from pathlib import Path

from fazhi.corpus import Segment
from fazhi.predictions._bio import read_bio
from fazhi.predictions._jsonl import check_predictions
from fazhi.predictions._problems import accept
from fazhi.predictions._reading import Policy, Reading
from fazhi.predictions._records import Prediction
from fazhi.predictions._source import numbered_lines, open_submission

_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_JSON = re.compile(r'\s*[{\[]\s*(?:["{}\[\]]|$)')
"""How JSON begins; a token of tagged text may be a brace, with a tag after it."""


def read_predictions(
    path: Path, segments: Sequence[Segment], policy: Policy | None = None
) -> list[Prediction]:
    """A system's predictions from a JSON Lines file, in the order of the segments.

    Args:
        path: the file.
        segments: the segments that are to be predicted.
        policy: what is put right; nothing by default.

    Raises:
        InputError: the file cannot be read; a line is malformed, names no such segment or one
            twice, or holds a span that is out of range or overlaps another, or a fact that fits
            no METRIC; a segment has no line; a task is attempted on some segments only. All
            problems are found, and the first 20 named.
    """
    return accept(check_predictions(path, segments, policy), path)


def read_submission(
    path: Path, segments: Sequence[Segment], policy: Policy | None = None
) -> Reading:
    """Reads a submission as JSON Lines or as tagged text.

    It is JSON Lines if its name ends in .jsonl, .ndjson or .json, or if its first line that is
    not blank begins like JSON.

    Raises:
        InputError: the file cannot be read, is empty, too large, or not UTF-8.
    """
    reader = check_predictions if _is_json(path) else read_bio
    return reader(path, segments, policy)


def _is_json(path: Path) -> bool:
    if path.suffix.lower() in _JSON_SUFFIXES:
        return True
    with open_submission(path) as stream:
        first = next((text for _, text in numbered_lines(stream, path) if text.strip()), "")
    return bool(_JSON.match(first))
