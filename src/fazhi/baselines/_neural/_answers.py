"""What a trained network says of segments, as predictions."""

from collections.abc import Iterator, Sequence

import torch

from fazhi.baselines._neural._batch import Batch, Item, collate
from fazhi.baselines._neural._items import fact_question, text_question
from fazhi.baselines._neural._network import Network
from fazhi.baselines._neural._reading import Reader
from fazhi.baselines._neural._tagging import Found
from fazhi.baselines._params import BertParams
from fazhi.corpus import ENTITY_LABELS, EntityLabel, Placed, Segment, topic_is_due, value_of
from fazhi.predictions import PredictedEntity, PredictedFact, PredictedSpan, Prediction

_AT_ONCE = 16
_LABELS: dict[str, EntityLabel] = {name: name for name in ENTITY_LABELS}


class Answers:
    """Asks a network, several texts of like length at once."""

    def __init__(self, network: Network, reader: Reader, params: BertParams):
        device = torch.accelerator.current_accelerator() or torch.device("cpu")
        self._network = network.to(device).eval()
        self._device = device
        self._reader = reader
        self._params = params

    @torch.no_grad()
    def texts(self, segments: Sequence[Segment]) -> list[Prediction]:
        """Entities, role and topic of each segment, as far as the network has heads for them."""
        if not {"entities", "sections"} & self._params.task_names:
            return [Prediction(id=segment.id) for segment in segments]
        questions = [text_question(each, self._reader, self._params) for each in segments]
        found = {
            number: prediction
            for numbers, batch in self._batches(questions)
            for number, prediction in zip(
                numbers, self._texts([segments[number] for number in numbers], batch), strict=True
            )
        }
        return [found[number] for number in range(len(segments))]

    def _texts(self, segments: Sequence[Segment], batch: Batch) -> list[Prediction]:
        network = self._network
        read = network.read(batch)
        fields: list[dict[str, object]] = [{"id": segment.id} for segment in segments]
        if network.entities is not None:
            spans = network.entities.decode(network.characters(read, batch), batch["mask"])
            for each, row in zip(fields, spans, strict=True):
                each["entities"] = tuple(map(_entity, row))
        if network.sections is not None:
            scores = network.sections(read.text, read.headings, batch["layout"])
            for each, (role, topic) in zip(fields, network.sections.decode(scores), strict=True):
                each |= {"role": role, "topic": topic if topic_is_due(role) else None}
        return [Prediction.model_validate(each) for each in fields]

    @torch.no_grad()
    def facts(
        self, segments: Sequence[Segment], metrics: Sequence[Sequence[Placed]]
    ) -> list[tuple[PredictedFact, ...]]:
        """The facts of some METRICs of each segment; the network has a head for them.

        The indicator is the network's, the value that which the rules read in the METRIC's text.
        """
        asked = [(number, metric) for number, each in enumerate(metrics) for metric in each]
        questions = [fact_question(segments[n], metric, self._reader) for n, metric in asked]
        found = {
            place: indicator
            for places, batch in self._batches(questions)
            for place, indicator in zip(places, self._indicators(batch), strict=True)
        }
        facts: list[list[PredictedFact]] = [[] for _ in segments]
        for place, (number, metric) in enumerate(asked):
            facts[number].append(_fact(segments[number], metric, found[place]))
        return [tuple(each) for each in facts]

    def _indicators(self, batch: Batch) -> list[tuple[int, int] | None]:
        head = self._network.facts
        if head is None:
            raise ValueError("the network has no head for facts")
        scores = head(self._network.read(batch).states, batch["metric"], batch["mask"])
        return head.decode(scores, batch["metric"])

    def _batches(self, items: Sequence[Item]) -> Iterator[tuple[list[int], Batch]]:
        """The items in batches, the numbers of the items with each."""
        order = sorted(range(len(items)), key=lambda number: len(items[number].passage.places))
        for start in range(0, len(order), _AT_ONCE):
            numbers = order[start : start + _AT_ONCE]
            batch = collate([items[number] for number in numbers])
            yield numbers, {name: each.to(self._device) for name, each in batch.items()}


def _entity(found: Found) -> PredictedEntity:
    score = round(min(1.0, max(0.0, found.score)), 4)
    return PredictedEntity(
        start=found.start, end=found.end, label=_LABELS[found.label], score=score
    )


def _fact(segment: Segment, metric: Placed, indicator: tuple[int, int] | None) -> PredictedFact:
    start, end = metric.place
    return PredictedFact(
        metric=PredictedSpan(start=start, end=end),
        indicator=PredictedSpan(start=indicator[0], end=indicator[1]) if indicator else None,
        value=value_of(segment.text[start:end]),
    )
