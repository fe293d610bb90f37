"""The section baseline: character n-grams, TF-IDF and a linear SVM per task (scikit-learn)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from fazhi._record import Record
from fazhi.baselines._layout import layout
from fazhi.baselines._model import Files
from fazhi.baselines._params import SvmParams
from fazhi.corpus import Example, Role, Segment, Topic
from fazhi.predictions import Prediction

_WEIGHTS = "svm.safetensors"
_LABELS = "svm.json"
_TASKS = ("role", "topic")


class _Labels(Record):
    """What the rows and columns of the weights stand for."""

    terms: tuple[str, ...]
    """The vocabulary, in the order of the columns."""
    role: tuple[Role, ...]
    """The classes of the role classifier, in the order of its rows."""
    topic: tuple[Topic, ...]
    """The classes of the topic classifier, in the order of its rows."""


@dataclass(frozen=True, slots=True)
class _Classifier:
    """A linear classifier of C classes over F features."""

    names: tuple[str, ...]
    """The classes."""
    coef: NDArray[np.float64]
    """Shape (C, F)."""
    intercept: NDArray[np.float64]
    """Shape (C,)."""

    def predict(self, matrix: csr_matrix) -> list[str]:
        scores = matrix @ self.coef.T + self.intercept
        return [self.names[index] for index in np.asarray(scores).argmax(axis=1)]


def terms(segment: Segment, longest: int) -> Iterator[str]:
    """The terms of a segment: the n-grams of its text and, apart from them, of its headings."""
    sources = [("text", segment.text), *(("path", each) for each in segment.heading_path)]
    for name, text in sources:
        for size in range(1, longest + 1):
            for start in range(len(text) - size + 1):
                yield f"{name}:{text[start : start + size]}"


class SvmModel:
    """Predicts role and topic of each segment."""

    def __init__(
        self,
        params: SvmParams,
        vectorizer: TfidfVectorizer,
        classifiers: dict[str, _Classifier],
    ):
        self._params = params
        self._vectorizer = vectorizer
        self._classifiers = classifiers

    @classmethod
    def fit(cls, examples: Sequence[Example], params: SvmParams, seed: int) -> Self:
        """Trains both classifiers on one vocabulary; `seed` is that of the coordinate descent."""
        segments = [each.segment for each in examples]
        vectorizer = _vectorizer(params, min_df=params.min_count).fit(segments)
        classifiers = {}
        for task, matrix in _matrices(params, vectorizer, segments).items():
            labels = [getattr(each.gold, task) for each in examples]
            rows = [index for index, label in enumerate(labels) if label is not None]
            svm = LinearSVC(C=params.penalty, class_weight="balanced", random_state=seed)
            svm.fit(matrix[rows], [labels[index] for index in rows])
            classifiers[task] = _Classifier(tuple(svm.classes_), svm.coef_, svm.intercept_)
        return cls(params, vectorizer, classifiers)

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """Role and topic of each segment."""
        matrices = _matrices(self._params, self._vectorizer, segments)
        roles, topics = (self._classifiers[task].predict(matrices[task]) for task in _TASKS)
        return [
            Prediction.model_validate({"id": segment.id, "role": role, "topic": topic})
            for segment, role, topic in zip(segments, roles, topics, strict=True)
        ]

    def files(self) -> Files:
        """The labels as JSON, and the arrays as safetensors."""
        arrays = {"idf": self._vectorizer.idf_}
        for task, each in self._classifiers.items():
            arrays[f"{task}.coef"] = np.ascontiguousarray(each.coef)
            arrays[f"{task}.intercept"] = each.intercept
        labels = _Labels(
            terms=tuple(self._vectorizer.get_feature_names_out()),
            **{task: each.names for task, each in self._classifiers.items()},
        )
        return {_WEIGHTS: save(arrays), _LABELS: labels.model_dump_json().encode("utf-8")}

    @classmethod
    def restore(cls, files: Files, params: SvmParams) -> Self:
        """The model that gave these files."""
        labels = _Labels.model_validate_json(files[_LABELS])
        arrays = load(files[_WEIGHTS])
        vectorizer = _vectorizer(params, vocabulary={t: i for i, t in enumerate(labels.terms)})
        vectorizer.idf_ = arrays["idf"]
        classifiers = {
            task: _Classifier(
                getattr(labels, task), arrays[f"{task}.coef"], arrays[f"{task}.intercept"]
            )
            for task in _TASKS
        }
        return cls(params, vectorizer, classifiers)


def _vectorizer(params: SvmParams, **options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=lambda segment: terms(segment, params.ngram), sublinear_tf=True, **options
    )


def _matrices(
    params: SvmParams, vectorizer: TfidfVectorizer, segments: Sequence[Segment]
) -> dict[str, csr_matrix]:
    """Features of each task: (segments, terms), and for the role the layout features as well.

    A topic is what a segment is about, on which its layout has no bearing.
    """
    words = vectorizer.transform(segments)
    shape = params.layout * np.array([layout(segment) for segment in segments])
    return {"role": csr_matrix(hstack([words, shape])), "topic": words}
