"""What a trained network says of segments, as predictions."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from fazhi.baselines._inference._batch import Array, Batch, Item, batches, collate
from fazhi.baselines._inference._entities import Decoder, Found
from fazhi.baselines._inference._indicators import decode_indicators
from fazhi.baselines._inference._questions import fact_question, text_question
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._params import BertParams
from fazhi.corpus import ROLE_NAMES, TOPIC_NAMES, Placed, Segment, topic_is_due, value_of
from fazhi.predictions import PredictedEntity, PredictedFact, PredictedSpan, Prediction

_TOKENS = 1024
"""Of a batch: more of them do not fit into a processor's cache."""

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads of a network say of a batch; None where it has no such head."""

    entities: Array | None
    """Of tags (B, L, K), or of spans (B, types, L, L)."""
    sections: tuple[Array, Array] | None
    """Of roles and of topics, (B, classes)."""


class Scorer(Protocol):
    """A network that scores batches."""

    at_once: int
    """How many batches it may be given at the same time."""

    def texts(self, batch: Batch) -> Scores:
        """The scores of entities, roles and topics."""

    def indicators(self, batch: Batch) -> Array:
        """The scores of the ends of indicators, (2, B, 1 + L)."""


class Answering:
    """A model that asks a network about segments, several texts of like length at once."""

    def __init__(self, scorer: Scorer, decoder: Decoder, reader: Reader, params: BertParams):
        self._scorer = scorer
        self._decoder = decoder
        self._reader = reader
        self._tasks = params.task_names

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """What it predicts of each segment; facts are those of the METRICs that it finds."""
        predictions = self._texts(segments)
        if not {"entities", "facts"} <= self._tasks:
            return predictions
        metrics = [
            [entity for entity in each.entities or () if entity.label == "METRIC"]
            for each in predictions
        ]
        return [
            each.model_copy(update={"facts": said})
            for each, said in zip(predictions, self.facts(segments, metrics) or (), strict=True)
        ]

    def facts(
        self, segments: Sequence[Segment], metrics: Sequence[Sequence[Placed]]
    ) -> list[tuple[PredictedFact, ...]] | None:
        """The facts of METRICs that it is told; None if facts are none of its tasks.

        The indicator is the network's, the value that which the rules read in the METRIC's text.
        """
        if "facts" not in self._tasks:
            return None
        asked = [(number, metric) for number, each in enumerate(metrics) for metric in each]
        items = [fact_question(segments[n], metric, self._reader) for n, metric in asked]
        facts: list[list[PredictedFact]] = [[] for _ in segments]
        for (number, metric), indicator in zip(
            asked, self._each(items, self._indicators), strict=True
        ):
            facts[number].append(_fact(segments[number], metric, indicator))
        return [tuple(each) for each in facts]

    def _texts(self, segments: Sequence[Segment]) -> list[Prediction]:
        """Entities, role and topic, as far as the network has heads for them."""
        if not {"entities", "sections"} & self._tasks:
            return [Prediction(id=segment.id) for segment in segments]
        items = [text_question(each, self._reader, self._tasks) for each in segments]
        return [
            Prediction.model_validate({"id": segment.id, **said})
            for segment, said in zip(segments, self._each(items, self._fields), strict=True)
        ]

    def _fields(self, batch: Batch) -> list[dict[str, object]]:
        scores = self._scorer.texts(batch)
        fields: list[dict[str, object]] = [{} for _ in batch["mask"]]
        if scores.entities is not None:
            rows = self._decoder(scores.entities, batch["mask"])
            for each, row in zip(fields, rows, strict=True):
                each["entities"] = tuple(map(_entity, row))
        if scores.sections is not None:
            numbers = [found.argmax(axis=1).tolist() for found in scores.sections]
            for each, role, topic in zip(fields, *numbers, strict=True):
                name = ROLE_NAMES[role]
                due = TOPIC_NAMES[topic] if topic_is_due(name) else None
                each |= {"role": name, "topic": due}
        return fields

    def _indicators(self, batch: Batch) -> list[tuple[int, int] | None]:
        return decode_indicators(self._scorer.indicators(batch), batch["metric"])

    def _each(self, items: Sequence[Item], ask: Callable[[Batch], list[Said]]) -> Iterator[Said]:
        """What is said of each item, in order."""
        numbers = list(batches(items, _TOKENS))
        with ThreadPoolExecutor(self._scorer.at_once) as pool:
            rows = pool.map(lambda batch: ask(collate([items[n] for n in batch])), numbers)
            said = {
                number: each
                for batch, row in zip(numbers, rows, strict=True)
                for number, each in zip(batch, row, strict=True)
            }
        return (said[number] for number in range(len(items)))


def _entity(found: Found) -> PredictedEntity:
    score = round(min(1.0, max(0.0, found.score)), 4)
    return PredictedEntity(start=found.start, end=found.end, label=found.label, score=score)


def _fact(segment: Segment, metric: Placed, indicator: tuple[int, int] | None) -> PredictedFact:
    start, end = metric.place
    return PredictedFact(
        metric=PredictedSpan(start=start, end=end),
        indicator=PredictedSpan(start=indicator[0], end=indicator[1]) if indicator else None,
        value=value_of(segment.text[start:end]),
    )
