"""A population of documents of which the true scores are known, after the five real reports.

A document is like one of the reports, chosen at random, in its length and in what occurs in it.
Each entity or topic is recognised with a probability that is common to its class in the document
and follows a beta distribution; all classes of a document share its quantile, so a document is
hard or easy as a whole. The intraclass correlation of that distribution is the strength of the
dependence. Spurious entities grow as the missed ones do. Without dependence all documents have
the pooled length, content and probabilities. Entities of one segment are independent given the
document.

The figures are taken from the committed predictions with one report left out: of the CRF for
entities, of the SVM for topics.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaincinv

from fazhi._paths import room
from fazhi._resample import document_sums
from fazhi.corpus import ENTITY_LABELS, TOPIC_NAMES, load_examples
from fazhi.predictions import read_predictions


@dataclass(frozen=True)
class Model:
    """A population of documents. Templates are on the first axis of arrays, classes on the last."""

    segments: list[int]
    """Segments of a document like each template."""
    content: list[list[float]]
    """Entities of each type in a segment; the probability of each topic."""
    found: list[float]
    """Mean probability that an entity or topic of the class is recognised."""
    spurious: list[float]
    """Entities of each type in a segment that are none; probability of each wrong topic."""
    correlation: float
    """Intraclass correlation of being recognised within a document."""
    dispersion: list[float]
    """Size of the negative binomial distribution of entities in a segment; none for topics."""

    def chances(self, generator: np.random.Generator, documents: int) -> np.ndarray:
        """The probability to be recognised, (documents, classes)."""
        mean, rho = np.array(self.found), self.correlation
        if rho == 0:
            return np.tile(mean, (documents, 1))
        size = (1 - rho) / rho
        return betaincinv(mean * size, (1 - mean) * size, generator.random((documents, 1)))

    def expected(self, template: np.ndarray, chances: np.ndarray) -> np.ndarray:
        """Expected counts of documents, (documents, classes, 3): correct, predicted, gold."""
        content = np.array(self.content)[template]
        correct = content * chances
        if self.dispersion:
            wrong = self.spurious * (1 - chances) / (1 - np.array(self.found))
        else:
            wrong = (content * (1 - chances)) @ mistaken(self.spurious)
        counts = np.stack([correct, correct + wrong, content], axis=-1)
        return counts * np.array(self.segments)[template][:, None, None]


def mistaken(spurious: list[float]) -> np.ndarray:
    """The probability of each wrong topic, given the right one: (right, wrong)."""
    matrix = np.tile(spurious, (len(spurious), 1))
    np.fill_diagonal(matrix, 0)
    return matrix / matrix.sum(axis=1, keepdims=True)


def draw(model: Model, documents: int, generator: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Documents: counts of segments, their documents, and the documents' expected counts."""
    template = generator.integers(len(model.segments), size=documents)
    chances = model.chances(generator, documents)
    groups = np.repeat(np.arange(documents), np.array(model.segments)[template])
    content = np.array(model.content)[template][groups]
    count = count_entities if model.dispersion else count_topics
    counts = count(model, content, chances[groups], generator)
    return counts, groups, model.expected(template, chances)


def count_entities(
    model: Model, content: np.ndarray, chances: np.ndarray, generator: np.random.Generator
) -> np.ndarray:
    """Of each segment (segments, types, 3): correct, predicted and gold entities."""
    size = np.array(model.dispersion)
    gold = generator.negative_binomial(size, size / (size + content))
    correct = generator.binomial(gold, chances)
    spurious = model.spurious * (1 - chances) / (1 - np.array(model.found))
    return np.stack([correct, correct + generator.poisson(spurious), gold], axis=-1)


def count_topics(
    model: Model, content: np.ndarray, chances: np.ndarray, generator: np.random.Generator
) -> np.ndarray:
    """Of each segment (segments, topics, 3): correct, predicted and gold, each 0 or 1."""
    every = np.arange(len(content))
    gold = pick(content, generator)
    wrong = pick(mistaken(model.spurious)[gold], generator)
    right = generator.random(len(gold)) < chances[every, gold]
    counts = np.zeros((*content.shape, 3), dtype=np.int64)
    counts[every, gold, 0] = right
    counts[every, np.where(right, gold, wrong), 1] = 1
    counts[every, gold, 2] = 1
    return counts


def pick(probabilities: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A class for each row of probabilities."""
    reached = np.cumsum(probabilities, axis=1) > generator.random((len(probabilities), 1))
    return np.where(reached.any(axis=1), reached.argmax(axis=1), probabilities.shape[1] - 1)


def estimate() -> dict[str, Model]:
    """The models of the real reports, by score and dependence."""
    examples = load_examples(room("corpus"))
    reports = sorted({each.segment.report for each in examples})
    groups = np.array([reports.index(each.segment.report) for each in examples])
    segments = [each.segment for each in examples]
    crf, svm = (
        read_predictions(room("baselines") / "results" / name / "loro.jsonl", segments)
        for name in ("crf", "tfidf-svm")
    )
    pairs = list(zip(examples, crf, strict=True))
    real = {"micro-F1": entity_model(pairs, groups)}
    pairs = list(zip(examples, svm, strict=True))
    real["macro-F1"] = topic_model(pairs, groups)
    models = {}
    for score, model in real.items():
        models[f"{score}, none"] = pooled(model)
        models[f"{score}, realistic"] = model
    return models


def pooled(model: Model) -> Model:
    """The same content and probabilities in all documents, each of the mean length."""
    weights = np.array(model.segments) / sum(model.segments)
    return replace(
        model,
        segments=[round(np.mean(model.segments))],
        content=[rounded(weights @ np.array(model.content))],
        correlation=0,
    )


def rounded(values: np.ndarray) -> list[float]:
    """Five decimals, which every machine computes alike."""
    return np.round(values, 5).tolist()


def entity_model(pairs: list, groups: np.ndarray) -> Model:
    """The model of entities, from examples and predictions and the examples' reports."""
    counts = np.zeros((len(pairs), len(ENTITY_LABELS), 3), dtype=np.int64)
    for row, (example, prediction) in zip(counts, pairs, strict=True):
        gold = {(*each.place, each.label) for each in example.gold.entities}
        predicted = {(each.start, each.end, each.label) for each in prediction.entities}
        for column, spans in enumerate((gold & predicted, predicted, gold)):
            for *_, label in spans:
                row[ENTITY_LABELS.index(label), column] += 1
    documents, (correct, predicted, gold) = document_sums(counts, groups), counts.sum(axis=0).T
    sizes = np.bincount(groups)
    content = documents[..., 2] / sizes[:, None]
    excess = ((counts[..., 2] - content[groups]) ** 2).mean(axis=0) - counts[..., 2].mean(axis=0)
    hits, *totals = documents.sum(axis=1).T
    return Model(
        segments=sizes.tolist(),
        content=[rounded(row) for row in content],
        found=rounded((correct + 0.5) / (gold + 1)),
        spurious=rounded((predicted - correct) / len(pairs)),
        correlation=float(np.round(np.mean([correlation(hits, each) for each in totals]), 3)),
        dispersion=rounded((content**2 * sizes[:, None]).sum(axis=0) / len(pairs) / excess),
    )


def topic_model(pairs: list, groups: np.ndarray) -> Model:
    """The model of topics; the correlation is the mean of those of topic and role.

    Either alone says little with five reports, and a topic's is estimated below 0.
    """
    due = [(*pair, group) for pair, group in zip(pairs, groups, strict=True) if pair[0].gold.topic]
    names = [name for name in TOPIC_NAMES if any(each.gold.topic == name for each, *_ in due)]
    gold = np.array([names.index(each.gold.topic) for each, *_ in due])
    report = np.array([group for *_, group in due])
    right = np.array([each.gold.topic == guess.topic for each, guess, _ in due])
    mistakes = [guess.topic for each, guess, _ in due if guess.topic != each.gold.topic]
    roles = np.array([each.gold.role == guess.role for each, guess in pairs])
    strengths = [
        correlation(np.bincount(group, found), np.bincount(group))
        for group, found in ((report, right), (groups, roles))
    ]
    of_each, sizes = np.bincount(gold), np.bincount(report)
    content = np.zeros((len(sizes), len(names)))
    np.add.at(content, (report, gold), 1)
    return Model(
        segments=sizes.tolist(),
        content=[rounded(row) for row in content / sizes[:, None]],
        found=rounded((np.bincount(gold, right) + 0.5) / (of_each + 1)),
        spurious=rounded((np.array([mistakes.count(name) for name in names]) + 0.5) / len(due)),
        correlation=float(np.round(np.mean(strengths), 3)),
        dispersion=[],
    )


def correlation(hits: np.ndarray, totals: np.ndarray) -> float:
    """The intraclass correlation of hits among totals, one of each for every document.

    The analysis of variance estimator (Ridout, Demetrio and Firth, "Estimating Intraclass
    Correlation for Binary Data", Biometrics 55, 1999).
    """
    documents, total = len(totals), totals.sum()
    explained = (hits**2 / totals).sum()
    between = (explained - hits.sum() ** 2 / total) / (documents - 1)
    within = (hits.sum() - explained) / (total - documents)
    size = (total - (totals**2).sum() / total) / (documents - 1)
    return (between - within) / (between + (size - 1) * within)
