"""What models say of segments, in the form that the annotation package compares."""

from collections.abc import Sequence
from pathlib import Path

from fazhi.annotation import Opinion
from fazhi.corpus import Example
from fazhi.predictions import Prediction, read_predictions

_TRAINED = ("crf", "tfidf-svm")
"""The baselines that have learned something from the other reports; one for each task."""


def published_opinions(baselines: Path, examples: Sequence[Example]) -> list[dict[str, Opinion]]:
    """The published leave-one-report-out predictions of the trained baselines, by segment."""
    segments = [each.segment for each in examples]
    files = [baselines / "results" / name / "loro.jsonl" for name in _TRAINED]
    return [
        {each.id: _opinion(each) for each in read_predictions(path, segments)} for path in files
    ]


def _opinion(prediction: Prediction) -> Opinion:
    spans = prediction.entities
    return Opinion(
        spans=None if spans is None else frozenset((e.start, e.end, e.label) for e in spans),
        role=prediction.role,
        topic=prediction.topic,
    )
