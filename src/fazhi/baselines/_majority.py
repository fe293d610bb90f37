"""The baseline that knows nothing: every segment gets the most frequent role and topic."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fazhi._files import read_text, to_json, write_text
from fazhi.baselines._recipe import Params
from fazhi.corpus import Example, Role, Segment, Topic
from fazhi.predictions import Prediction


@dataclass(frozen=True, slots=True)
class MajorityModel:
    """Predicts the same for every segment."""

    role: Role
    """The most frequent role in training."""
    topic: Topic
    """The most frequent topic in training."""

    @classmethod
    def fit(cls, examples: Sequence[Example], params: Params, seed: int) -> Self:  # noqa: ARG003
        """Counts; ties go to the label that comes first in the alphabet."""
        roles = Counter(sorted(each.gold.role for each in examples))
        topics = Counter(sorted(each.gold.topic for each in examples if each.gold.topic))
        return cls(roles.most_common(1)[0][0], topics.most_common(1)[0][0])

    @classmethod
    def load(cls, folder: Path, params: Params) -> Self:  # noqa: ARG003
        """Reads `majority.json`."""
        stored = json.loads(read_text(folder / "majority.json"))
        return cls(stored["role"], stored["topic"])

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """The same role and topic for each segment."""
        return [Prediction(id=segment.id, role=self.role, topic=self.topic) for segment in segments]

    def save(self, folder: Path) -> None:
        """Writes `majority.json`."""
        content = {"role": self.role, "topic": self.topic}
        write_text(folder / "majority.json", to_json(content) + "\n")
