"""The section baseline: character n-grams, TF-IDF and a linear SVM per task (scikit-learn)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from fazhi._files import read_text, to_json, write_bytes, write_text
from fazhi.baselines._recipe import Params
from fazhi.corpus import Example, Segment
from fazhi.errors import InputError
from fazhi.predictions import Prediction

_WEIGHTS = "svm.safetensors"
_VOCABULARY = "svm.json"


def terms(segment: Segment, longest: int) -> Iterator[str]:
    """The terms of a segment: n-grams of its text and headings, its layout and place."""
    yield f"kind:{segment.kind}"
    yield f"depth:{len(segment.heading_path)}"
    yield f"first:{segment.start < 200}"
    sources = [("text", segment.text), *(("path", each) for each in segment.heading_path)]
    for name, text in sources:
        for size in range(1, longest + 1):
            for start in range(len(text) - size + 1):
                yield f"{name}:{text[start : start + size]}"


@dataclass(frozen=True, slots=True)
class _Classifier:
    """One linear classifier: shapes (classes, terms), (classes,) and the classes' names."""

    names: tuple[str, ...]
    coef: "np.ndarray[Any, np.dtype[np.float64]]"
    intercept: "np.ndarray[Any, np.dtype[np.float64]]"

    def predict(self, matrix: Any) -> list[str]:
        scores = matrix @ self.coef.T + self.intercept
        return [self.names[index] for index in np.asarray(scores).argmax(axis=1)]


class SvmModel:
    """Predicts role and topic of each segment."""

    def __init__(self, vectorizer: TfidfVectorizer, classifiers: dict[str, _Classifier]):
        self._vectorizer = vectorizer
        self._classifiers = classifiers

    @classmethod
    def fit(cls, examples: Sequence[Example], params: Params, seed: int) -> Self:
        """Trains both classifiers on one vocabulary.

        Args:
            examples: the training segments.
            params: `ngram` (longest n-gram), `min_count` (segments a term must occur in), `C`.
            seed: of the SVM's coordinate descent.
        """
        vectorizer = _vectorizer(int(params["ngram"]), min_df=int(params["min_count"]))
        matrix = vectorizer.fit_transform([each.segment for each in examples])
        classifiers = {}
        for task in ("role", "topic"):
            labels = [getattr(each.gold, task) for each in examples]
            rows = [index for index, label in enumerate(labels) if label is not None]
            svm = LinearSVC(C=float(params["C"]), class_weight="balanced", random_state=seed)
            svm.fit(matrix[rows], [labels[index] for index in rows])
            classifiers[task] = _Classifier(tuple(svm.classes_), svm.coef_, svm.intercept_)
        return cls(vectorizer, classifiers)

    @classmethod
    def load(cls, folder: Path, params: Params) -> Self:
        """Reads vocabulary and weights.

        Raises:
            InputError: a file is missing or damaged.
        """
        path = folder / _WEIGHTS
        try:
            arrays = load_file(path)
            stored = json.loads(read_text(folder / _VOCABULARY))
            vectorizer = _vectorizer(
                int(params["ngram"]),
                vocabulary={term: index for index, term in enumerate(stored["terms"])},
            )
            vectorizer.idf_ = arrays["idf"]
            classifiers = {
                task: _Classifier(
                    tuple(stored[task]), arrays[f"{task}.coef"], arrays[f"{task}.intercept"]
                )
                for task in ("role", "topic")
            }
        except (OSError, SafetensorError, KeyError, ValueError) as error:
            raise InputError(
                f"not the weights of this model ({error})",
                path=path,
                remedy="Train the model again",
            ) from None
        return cls(vectorizer, classifiers)

    def predict(self, segments: Sequence[Segment]) -> list[Prediction]:
        """Role and topic of each segment."""
        matrix = self._vectorizer.transform(segments)
        labels = {task: each.predict(matrix) for task, each in self._classifiers.items()}
        return [
            Prediction.model_validate({"id": segment.id, "role": role, "topic": topic})
            for segment, role, topic in zip(segments, labels["role"], labels["topic"], strict=True)
        ]

    def save(self, folder: Path) -> None:
        """Writes the vocabulary as JSON and the arrays as safetensors."""
        arrays = {"idf": self._vectorizer.idf_}
        for task, classifier in self._classifiers.items():
            arrays[f"{task}.coef"] = np.ascontiguousarray(classifier.coef)
            arrays[f"{task}.intercept"] = classifier.intercept
        write_bytes(folder / _WEIGHTS, save(arrays))
        content = {
            "terms": list(self._vectorizer.get_feature_names_out()),
            **{task: list(each.names) for task, each in self._classifiers.items()},
        }
        write_text(folder / _VOCABULARY, to_json(content) + "\n")


def _vectorizer(longest: int, **options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer=lambda segment: terms(segment, longest), sublinear_tf=True, **options
    )
