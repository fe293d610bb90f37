"""The verdict on a submission as one HTML page that loads nothing else.

The templates escape every text. A policy in the page allows only its own style and script, by
their hashes, so that what a submission smuggles in is not run.
"""

import unicodedata
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from fazhi.corpus import ENTITIES, ENTITY_LABELS, Example
from fazhi.errors import MissingExtra
from fazhi.eval._figures import figures
from fazhi.eval._page_charts import (
    Confusion,
    entity_confusion,
    error_rows,
    role_confusion,
    topic_confusion,
)
from fazhi.eval._page_marks import ERROR_NAMES, ERROR_SIGNS
from fazhi.eval._page_segments import ANY, SegmentView, segment_views
from fazhi.eval._page_tables import figure_table, more_tables, percent, type_table
from fazhi.eval._result import Result
from fazhi.eval._score import Scores
from fazhi.eval._tally import Tally, tally
from fazhi.predictions import Prediction

if TYPE_CHECKING:
    from jinja2 import Environment

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def report_page(
    result: Result,
    examples: Sequence[Example],
    predictions: Sequence[Prediction],
    note: str,
) -> str:
    """The verdict as an HTML page: scores, errors, and every segment.

    Args:
        result: the scores of these predictions, and where they come from.
        examples: the segments with their gold.
        predictions: one per example, in the same order.
        note: a sentence that says what the intervals are.

    Returns:
        The page. The same arguments give the same page, to the byte.

    Raises:
        MissingExtra: the extra `report` is not installed.
    """
    environment = _environment()
    pairs = list(zip(examples, predictions, strict=True))
    counted = tally(pairs)
    segments, entities = segment_views(counted, pairs), result.scores.entities
    return environment.get_template("page.html").render(
        result=result,
        hashes={name: _hash(environment, name) for name in ("page.css", "page.js")},
        figures=figure_table(figures(counted), result.intervals),
        note=note if result.intervals else "",
        types=type_table(entities) if entities else None,
        errors_of_entities=error_rows(entities.errors) if entities else (),
        confusions=tuple(_confusions(counted, result.scores)),
        more=tuple(more_tables(entities)) if entities else (),
        segments=segments,
        reports=counted.documents,
        legend=ENTITIES if entities else (),
        labels=ENTITY_LABELS if entities else (),
        kinds_of_error=_filters(counted, segments),
    )


def check_page_tools() -> None:
    """Checks that a page can be made, before the work that it shows is done.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    _environment()


def _environment() -> "Environment":
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("report", "jinja2") from None
    environment = Environment(
        loader=PackageLoader("fazhi.eval"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    return environment


def _visible(value: object) -> object:
    """Text in which characters without a glyph, such as those that turn its direction, are named.

    A lone surrogate, which no file can hold, is one of them.
    """
    if type(value) is not str or value.isprintable():
        return value
    return "".join(
        f"⟨U+{ord(each):04X}⟩" if unicodedata.category(each) in _UNSEEN else each for each in value
    )


def _hash(environment: "Environment", name: str) -> str:
    """The hash by which a content security policy allows a style or script."""
    content = environment.get_template(name).render().encode("utf-8")
    return f"sha256-{b64encode(sha256(content).digest()).decode('ascii')}"


def _confusions(counted: Tally, scores: Scores) -> Iterator[Confusion]:
    if scores.entities:
        yield entity_confusion(scores.entities)
    if counted.role is not None and scores.role:
        yield role_confusion(counted.role, scores.role)
    if counted.topic is not None and scores.topic:
        yield topic_confusion(counted.topic, scores.topic)


def _filters(counted: Tally, segments: Sequence[SegmentView]) -> dict[str, str]:
    """The errors that can be asked for: a token, and its words with the number of segments."""
    found = {ANY: "any error"}
    if counted.entities:
        found |= {error: f"{ERROR_SIGNS[error]} {name}" for error, name in ERROR_NAMES.items()}
    found |= {
        task: f"{task} wrong" for task in ("role", "topic") if getattr(counted, task) is not None
    }
    if counted.facts is not None or counted.facts_on_gold is not None:
        found |= {part: f"{part} wrong" for part in ("indicator", "value")}
    numbers = Counter(token for segment in segments for token in segment.tokens)
    return {token: f"{words} ({numbers[token]})" for token, words in found.items()}
