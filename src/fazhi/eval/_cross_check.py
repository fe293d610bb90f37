"""The same predictions through the field's own tools: any difference is an error of ours."""

from collections.abc import Iterator, Sequence

from fazhi._names import listed
from fazhi.corpus import Example, spans_to_tags
from fazhi.errors import MismatchError
from fazhi.eval._score import Scores, SectionScore
from fazhi.eval._tally import Pairs
from fazhi.predictions import Prediction

_NONE = "(none)"


def cross_check(
    scores: Scores, examples: Sequence[Example], predictions: Sequence[Prediction]
) -> list[str]:
    """Compares scores with seqeval (mode="strict", scheme=IOB2) and scikit-learn, digit for digit.

    Returns:
        What was compared.

    Raises:
        MismatchError: a figure differs; lists every one that does.
    """
    pairs = list(zip(examples, predictions, strict=True))
    figures = [*_seqeval(scores, pairs)]
    for task, section in (("role", scores.role), ("topic", scores.topic)):
        if section:
            figures += _sklearn(task, section, pairs)
    problems = [
        f"{name}: {ours!r} here, {theirs!r} there"
        for name, ours, theirs in figures
        if ours != theirs
    ]
    if problems:
        raise MismatchError(
            f"{len(problems)} figures differ from those of the field's tools. This is a bug of "
            f"the scorer; report it with the predictions:{listed(problems)}"
        )
    return [name for name, _, _ in figures]


Figures = Iterator[tuple[str, float, float]]
"""Names, with our figure and theirs."""


def _seqeval(scores: Scores, pairs: Pairs) -> Figures:
    from seqeval.metrics.v1 import precision_recall_fscore_support
    from seqeval.scheme import IOB2

    if scores.entities is None:
        return
    sides = [
        [spans_to_tags(example.gold.entities, len(example.segment.text)) for example, _ in pairs],
        [spans_to_tags(said.entities or (), len(each.segment.text)) for each, said in pairs],
    ]
    options = {"mode": "strict", "scheme": IOB2, "zero_division": 0}
    micro = precision_recall_fscore_support(*sides, average="micro", **options)
    rows = {"entities": (scores.entities.micro, micro)}
    present = sorted({tag[2:] for side in sides for tags in side for tag in tags if tag != "O"})
    if present:
        columns = precision_recall_fscore_support(*sides, average=None, **options)
        theirs = zip(*columns, strict=True)
        rows |= {
            name: (scores.entities.per_type[name], row)
            for name, row in zip(present, theirs, strict=True)
        }
    for name, (ours, values) in rows.items():
        mine = (ours.precision, ours.recall, ours.f1)
        for part, left, right in zip(("precision", "recall", "F1"), mine, values, strict=False):
            yield f"{name} {part} (seqeval)", left, float(right)


def _sklearn(task: str, section: SectionScore, pairs: Pairs) -> Figures:
    import numpy as np
    from sklearn.metrics import f1_score

    due = [
        (getattr(example.gold, task), getattr(said, task) or _NONE)
        for example, said in pairs
        if getattr(example.gold, task) is not None
    ]
    gold, predicted = [label for label, _ in due], [label for _, label in due]
    labels = list(section.per_label)
    values = f1_score(gold, predicted, labels=labels, average=None, zero_division=0)
    yield f"{task} macro-F1 (scikit-learn)", section.macro_f1, float(np.mean(values))
    for label, value in zip(labels, values, strict=True):
        yield f"{task} {label} F1 (scikit-learn)", section.per_label[label], float(value)
