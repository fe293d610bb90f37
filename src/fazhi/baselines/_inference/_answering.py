"""What a trained network says of segments, as predictions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from fazhi.baselines._inference._batch import Array, Batch, Item, batches, collate
from fazhi.baselines._inference._entities import Found, decoder_of
from fazhi.baselines._inference._indicators import decode_indicators
from fazhi.baselines._inference._partner import Partner
from fazhi.baselines._inference._questions import fact_question, text_question
from fazhi.baselines._inference._reading import Reader
from fazhi.baselines._inference._scores import Scorer, Scores, joined
from fazhi.baselines._inference._vocabulary import Vocabulary
from fazhi.baselines._params import BertParams
from fazhi.corpus import ROLE_NAMES, TOPIC_NAMES, Placed, Segment, topic_is_due, value_of
from fazhi.errors import InputError
from fazhi.predictions import PredictedEntity, PredictedFact, PredictedSpan, Prediction

_LONGEST_FOR_SPANS = 4096
"""Characters of a segment that a head of spans can take: its scores grow with their square."""
_TOKENS = 1024
"""Of a batch: more of them do not fit into a processor's cache."""

Said = TypeVar("Said")


class Answering:
    """A model that asks a network about segments, several texts of like length at once."""

    def __init__(
        self,
        scorer: Scorer,
        chain: Mapping[str, Array],
        vocabulary: Vocabulary,
        params: BertParams,
        partner: Partner | None,
    ):
        """Takes the network and what reads for it and decodes what it says.

        Args:
            scorer: the network.
            chain: `transitions` (K, K) and `first` (K,) of its CRF; empty for other heads.
            vocabulary: what characters are read by.
            params: the parameters.
            partner: what has a say beside it; None for nothing.
        """
        self._scorer = scorer
        self._partner = partner
        self._decoder = decoder_of(params, partner.chain(chain) if partner else chain)
        self._reader = Reader(vocabulary, params.window, params.overlap)
        self._params = params
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
        said: list[tuple[int, int] | None] = [None for _ in asked]
        for places, indicators in self._asked(items, self._indicators):
            for place, indicator in zip(places, indicators, strict=True):
                said[place] = indicator
        for (number, metric), indicator in zip(asked, said, strict=True):
            facts[number].append(_fact(segments[number], metric, indicator))
        return [tuple(each) for each in facts]

    def _texts(self, segments: Sequence[Segment]) -> list[Prediction]:
        """Entities, role and topic, as far as the network has heads for them."""
        if not {"entities", "sections"} & self._tasks:
            return [Prediction(id=segment.id) for segment in segments]
        self._check_lengths(segments)
        items = [text_question(each, self._reader, self._params) for each in segments]
        said: list[dict[str, object]] = [{} for _ in segments]
        asked = self._asked(items, self._scorer.texts)
        while group := list(islice(asked, self._decoder.at_once)):
            numbers = [number for batch, _ in group for number in batch]
            scores = joined([scores for _, scores in group])
            if self._partner:
                scores = self._partner.scores(scores, [segments[number] for number in numbers])
            for number, each in zip(numbers, self._fields(scores), strict=True):
                said[number] = each
        return [
            Prediction.model_validate({"id": segment.id, **each})
            for segment, each in zip(segments, said, strict=True)
        ]

    def _check_lengths(self, segments: Sequence[Segment]) -> None:
        if self._params.head != "span":
            return
        for each in segments:
            size = len(each.text)
            if size > _LONGEST_FOR_SPANS:
                what = f"a head of spans takes {_LONGEST_FOR_SPANS:,} characters, not {size:,}"
                remedy = "Cut the text into paragraphs, or take a model with a head of tags"
                raise InputError(what, path=each.id, remedy=remedy)

    def _fields(self, scores: Scores) -> list[dict[str, object]]:
        """What is said of each text."""
        fields: list[dict[str, object]] = [{} for _ in scores.mask]
        if scores.entities is not None:
            rows = self._decoder(scores.entities, scores.mask)
            for each, row in zip(fields, rows, strict=True):
                each["entities"] = tuple(map(_entity, row))
        if scores.roles is not None and scores.topics is not None:
            numbers = (found.argmax(axis=1).tolist() for found in (scores.roles, scores.topics))
            for each, role, topic in zip(fields, *numbers, strict=True):
                name = ROLE_NAMES[role]
                due = TOPIC_NAMES[topic] if topic_is_due(name) else None
                each |= {"role": name, "topic": due}
        return fields

    def _indicators(self, batch: Batch) -> list[tuple[int, int] | None]:
        return decode_indicators(self._scorer.indicators(batch), batch["metric"])

    def _asked(
        self, items: Sequence[Item], ask: Callable[[Batch], Said]
    ) -> Iterator[tuple[list[int], Said]]:
        """Yields what is said of each batch, with the numbers of its items."""
        numbers = list(batches(items, _TOKENS))

        def answer(batch: list[int]) -> Said:
            return ask(collate([items[number] for number in batch]))

        if self._scorer.at_once == 1:
            yield from zip(numbers, map(answer, numbers), strict=True)
            return
        with ThreadPoolExecutor(self._scorer.at_once) as pool:
            yield from zip(numbers, pool.map(answer, numbers), strict=True)


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
