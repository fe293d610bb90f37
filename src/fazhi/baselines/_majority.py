"""The baseline that knows nothing: every segment gets the most frequent role and topic."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from fazhi._files import write_text
from fazhi._record import Record, read_json_record
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
    def load(cls, folder: Path) -> Self:
        """Reads the two labels.

        Raises:
            InputError: the file is missing or damaged.
        """
        return read_json_record(cls, folder / _FILE, "Train the model again")

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """The same role and topic for each segment."""
        return [Prediction(id=segment.id, role=self.role, topic=self.topic) for segment in segments]

    def save(self, folder: Path) -> None:
        """Writes the two labels."""
        write_text(folder / _FILE, self.model_dump_json() + "\n")
