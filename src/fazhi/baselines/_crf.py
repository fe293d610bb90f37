"""The CRF baseline: a linear-chain CRF over character features (python-crfsuite, L-BFGS)."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import pycrfsuite

from fazhi.baselines._crf_scores import open_tagger
from fazhi.baselines._features import features
from fazhi.baselines._model import Files
from fazhi.baselines._params import CrfParams
from fazhi.corpus import ENTITY_LABELS, EntityLabel, Example, Segment, spans_to_tags, tags_to_spans
from fazhi.predictions import PredictedEntity, Prediction

_FILE = "model.crfsuite"
_LABELS: dict[str, EntityLabel] = {name: name for name in ENTITY_LABELS}


class CrfModel:
    """Predicts the entities of each segment."""

    def __init__(self, weights: bytes):
        self.weights = weights
        self._tagger = open_tagger(weights)

    @classmethod
    def fit(cls, examples: Sequence[Example], params: CrfParams) -> Self:
        """Trains on the examples; L-BFGS has nothing random in it."""
        options = {**params.model_dump(), "feature.possible_transitions": True}
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=options, verbose=False)
        for example in examples:
            tags = spans_to_tags(example.gold.entities, len(example.segment.text))
            trainer.append(features(example.segment), tags)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / _FILE
            trainer.train(str(path))
            return cls(path.read_bytes())

    @classmethod
    def restore(cls, files: Files) -> Self:
        """The model that gave these files."""
        return cls(files[_FILE])

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """The entities of each segment; a span's score is its least probable tag's marginal."""
        return [Prediction(id=segment.id, entities=self._entities(segment)) for segment in segments]

    def _entities(self, segment: Segment) -> tuple[PredictedEntity, ...]:
        tags = self._tagger.tag(features(segment))
        marginals = [self._tagger.marginal(tag, place) for place, tag in enumerate(tags)]
        return tuple(
            PredictedEntity(
                start=start,
                end=end,
                label=_LABELS[label],
                score=round(min(marginals[start:end]), 4),
            )
            for start, end, label in tags_to_spans(tags)
        )

    def files(self) -> Files:
        """The model file of CRFsuite."""
        return {_FILE: self.weights}
