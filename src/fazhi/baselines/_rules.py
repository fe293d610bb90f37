"""The rule baseline: patterns over the lexicon, learning nothing."""

import re
from collections.abc import Sequence

from fazhi.baselines._lexicon import lexicon
from fazhi.baselines._model import Files
from fazhi.baselines._patterns import DATE, ORDINAL, TITLE, organs, quantities, statutes
from fazhi.corpus import EntityLabel, Segment
from fazhi.predictions import PredictedEntity, Prediction


class RuleModel:
    """Finds titles in 《》, named statutes, organs after a place or level, and quantities."""

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """The entities of each segment; where two patterns overlap, the first one wins."""
        return [
            Prediction(id=segment.id, entities=tuple(_entities(segment.text)))
            for segment in segments
        ]

    def files(self) -> Files:
        """None: there is nothing to learn."""
        return {}


def _entities(text: str) -> list[PredictedEntity]:
    taken: list[tuple[int, int]] = []
    found: list[PredictedEntity] = []
    for start, end, label in _candidates(text):
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
            if label:
                found.append(PredictedEntity(start=start, end=end, label=label))
    return sorted(found, key=lambda entity: entity.start)


def _candidates(text: str) -> list[tuple[int, int, EntityLabel | None]]:
    """Spans by decreasing authority; those without a label only keep others away."""
    words = lexicon()
    spans: list[tuple[int, int, EntityLabel | None]] = [
        (*match.span(1), None if match.group(1).endswith(words.not_documents) else "LEGAL")
        for match in TITLE.finditer(text)
    ]
    patterns: tuple[tuple[re.Pattern[str], EntityLabel | None], ...] = (
        (statutes(), "LEGAL"),
        (organs(), "AGENCY"),
        (DATE, None),
        (ORDINAL, None),
        (quantities(), "METRIC"),
    )
    for pattern, label in patterns:
        spans += [(*match.span(), label) for match in pattern.finditer(text)]
    return spans
