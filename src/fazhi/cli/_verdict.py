"""The tables of a verdict, as plain rows."""

from collections.abc import Iterator, Mapping

from fazhi.cli._grids import Grid, ends, percent
from fazhi.eval import EntityScore, EntityScores, Result, Scores, coverage_warning

_DASH = "-"
ERRORS = {"label": "LE", "boundary": "BE", "both": "LBE", "missed": "FN", "spurious": "FP"}
"""The errors as Ortmann abbreviates them."""
ERRORS_CAPTION = (
    "each error once (Ortmann 2022): label, boundary or both wrong (LE, BE, LBE), "
    "missed (FN), spurious (FP)"
)


def verdict_grids(result: Result) -> list[Grid]:
    """What was scored: the official figures first, then what goes wrong and where."""
    run, scores = result.run, result.scores
    grids = [_official(f"{run.system} on {run.protocol}", result)]
    if scores.entities:
        grids += [_types(scores.entities), _parts(scores.entities), _other(scores.entities)]
    labels = _labels(scores)
    return [*grids, labels] if labels else grids


def _official(title: str, result: Result) -> Grid:
    rows = tuple(
        (name, percent(value), _ends(result, key), str(support))
        for name, key, value, support in _figures(result.scores)
    )
    header = ("official", "%", "95%", "of")
    return Grid(title, header, rows, caption="of: gold entities, segments or facts")


def _figures(scores: Scores) -> Iterator[tuple[str, str, float, int]]:
    """Name, key of the interval, value and support of the official figures and of each type."""
    if scores.entities:
        micro = scores.entities.micro
        yield "entities, strict micro-F1", "entities", micro.f1, micro.support
        for label, each in scores.entities.per_type.items():
            yield f"{label}, F1", label, each.f1, each.support
    for task, section in (("role", scores.role), ("topic", scores.topic)):
        if section:
            yield f"{task}, macro-F1", task, section.macro_f1, section.support
    for suffix, facts in (("", scores.facts), (" on gold", scores.facts_on_gold)):
        if facts:
            indicator, value = f"indicator{suffix}", f"value{suffix}"
            yield f"{indicator}, token-F1", indicator, facts.indicator_f1, facts.support
            yield f"{value}, accuracy", value, facts.value_accuracy, facts.support


def _ends(result: Result, key: str) -> str:
    found = result.intervals.get(key)
    if found is None or found.low == found.high:  # nothing varies, which is no certainty
        return _DASH
    return ends(found)


def _types(entities: EntityScores) -> Grid:
    rows = [
        (label, *_score_cells(score), *(str(entities.errors[label][name]) for name in ERRORS))
        for label, score in entities.per_type.items()
    ]
    totals = [sum(row[name] for row in entities.errors.values()) for name in ERRORS]
    rows.append(("all", *_score_cells(entities.micro), *map(str, totals)))
    header = ("type", "P", "R", "F1", "gold", *ERRORS.values())
    return Grid("Entities by type", header, tuple(rows), caption=ERRORS_CAPTION)


def _score_cells(score: EntityScore) -> tuple[str, ...]:
    return (
        percent(score.precision),
        percent(score.recall),
        percent(score.f1),
        str(score.support),
    )


def _parts(entities: EntityScores) -> Grid:
    parts: Mapping[str, EntityScore] = {**entities.per_report, **entities.parts}
    rows = [(name, *_score_cells(score)) for name, score in parts.items()]
    rows += [
        (name, _DASH, percent(each.recall), _DASH, str(each.support))
        for name, each in entities.per_kind.items()
    ]
    header = ("part", "P", "R", "F1", "gold")
    return Grid("Entities by report, length, novelty and kind", header, tuple(rows))


def _other(entities: EntityScores) -> Grid:
    joint, calibration = entities.joint, entities.calibration
    rows = {
        "macro-F1 over types": entities.macro_f1,
        "F1, ends right, type free": entities.same_span_f1,
        "F1, type right, one character shared": entities.same_type_f1,
        "F1, a wrong pair as half of two errors": entities.fair_f1,
        "F1, role and topic of the segment right, too": joint.f1 if joint else None,
        "expected calibration error": calibration.expected_error if calibration else None,
        "Brier score": calibration.brier if calibration else None,
    }
    cells = tuple((name, percent(value)) for name, value in rows.items() if value is not None)
    return Grid("Entities by other measures", ("measure", "%"), cells)


def _labels(scores: Scores) -> Grid | None:
    rows = tuple(
        (f"{task} {label}", percent(value))
        for task, section in (("role", scores.role), ("topic", scores.topic))
        if section
        for label, value in section.per_label.items()
    )
    return Grid("F1 of roles and topics", ("label", "F1"), rows) if rows else None


def interval_note(result: Result) -> str:
    """What was put right, what the intervals are of, and how far they can be trusted."""
    return " ".join([*_handled(result), *_trust(result)])


def _handled(result: Result) -> list[str]:
    found = result.run.handling
    counts = found and {
        "segments without a line were scored as empty": found.missing,
        f"entities or facts were left out (overlaps: {found.overlaps}, repair: {found.repair})": (
            found.left_out
        ),
        f"illegal transitions were repaired ({found.repair})": found.illegal,
        "segments were tagged in part": found.truncated,
    }
    return [f"{number} {what}." for what, number in (counts or {}).items() if number]


def _trust(result: Result) -> list[str]:
    found = next(iter(result.intervals.values()), None)
    if found is None:
        return ["No interval can be given: there are too few segments."]
    of = (
        f"over {found.documents} reports"
        if found.unit == "document"
        else f"over segments within {found.documents} reports, and say nothing of other reports"
    )
    warning = coverage_warning(found.documents, found.unit)
    return [f"Intervals are {of}. {warning}."]
