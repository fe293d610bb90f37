"""The baseline that knows nothing: every segment gets the most frequent role and topic."""

from collections import Counter
from collections.abc import Sequence
from typing import Self

from fazhi._record import Record
from fazhi.baselines._model import Files
from fazhi.corpus import Example, Role, Segment, Topic
from fazhi.predictions import Prediction

_FILE = "majority.json"


class MajorityModel(Record):
    """Predicts the same for every segment."""

    role: Role
    """The most frequent role in training."""
    topic: Topic
    """The most frequent topic in training."""

    @classmethod
    def fit(cls, examples: Sequence[Example]) -> Self:
        """Counts; ties go to the label that comes first in the alphabet."""
        roles = Counter(sorted(each.gold.role for each in examples))
        topics = Counter(sorted(each.gold.topic for each in examples if each.gold.topic))
        return cls(role=roles.most_common(1)[0][0], topic=topics.most_common(1)[0][0])

    @classmethod
    def restore(cls, files: Files) -> Self:
        """The model that gave these files."""
        return cls.model_validate_json(files[_FILE])

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """The same role and topic for each segment."""
        return [Prediction(id=segment.id, role=self.role, topic=self.topic) for segment in segments]

    def files(self) -> Files:
        """The two labels as JSON."""
        return {_FILE: self.model_dump_json().encode("utf-8")}
