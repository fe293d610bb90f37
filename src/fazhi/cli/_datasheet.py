"""The generated parts of the datasheet: every figure that stands in it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from fazhi import __version__
from fazhi.annotation import guidelines_version, read_decisions
from fazhi.cli._agreement import measure
from fazhi.cli._counts import count_grids, rate_grid, report_count
from fazhi.cli._documents import sections
from fazhi.cli._draw import to_markdown
from fazhi.cli._grids import Grid, label_grids
from fazhi.cli._measures import agreement_grid
from fazhi.corpus import (
    ENTITY_LABELS,
    MADE_UP,
    ROLES,
    TOPICS,
    Example,
    Source,
    kinds_of,
    layer_folders,
    read_gold_card,
    read_layer_card,
    read_sources,
)
from fazhi.eval import SCORER, coverage_warning

_UNKNOWN = "unknown"
_RARE = 10
"""A label with fewer examples is called rare."""
_FEW = 3
"""A label with fewer examples in the test split is hardly scored."""
_AGREED = (
    "entities, exact F1",
    *(f"{label}, exact F1" for label in ENTITY_LABELS),
    "role, Cohen's kappa",
    "topic, Cohen's kappa",
    "indicator, same span",
    "value, same",
)
"""The rows of the table of agreement that the datasheet shows."""

Splits = Mapping[str, Sequence[Example]]


def datasheet_blocks(top: Path, splits: Splits, made_up: Sequence[Example]) -> dict[str, str]:
    """The generated parts by the names of their markers.

    Args:
        top: the top of the checkout.
        splits: the real examples of each split.
        made_up: the synthetic examples.
    """
    real = [example for examples in splits.values() for example in examples]
    reports = {name: report_count(examples) for name, examples in splits.items()}
    return {
        "versions": _versions(top / "annotation"),
        "sources": to_markdown(_source_grid(read_sources(top / "corpus" / "sources.toml"))),
        "counts": sections(count_grids(splits, {MADE_UP: made_up}), level=4),
        "test share": _share(splits["test"]),
        "rare": _rare(real, splits["test"]),
        "labels": sections(label_grids(), level=4),
        "layers": _layers(top / "annotation"),
        "agreement": _agreement(top / "annotation"),
        "synthetic": to_markdown(rate_grid({"train": splits["train"], MADE_UP: made_up})),
        "intervals": "\n".join(
            [
                f"- The test reports. {coverage_warning(reports['test'], 'segment')}.",
                f"- All reports. {coverage_warning(sum(reports.values()), 'document')}.",
            ]
        ),
    }


def _versions(annotation: Path) -> str:
    gold, guidelines = (
        read_gold_card(annotation).version,
        guidelines_version(annotation / "guidelines.md"),
    )
    return (
        f"This sheet describes fazhi {__version__} with gold {gold}, annotated under guidelines "
        f"{guidelines} and scored by {SCORER}."
    )


def _source_grid(sources: Sequence[Source]) -> Grid:
    header = ("report", "issuer", "jurisdiction", "code (GB/T 2260)", "level", "split", "year")
    rows = tuple(
        (
            each.id,
            *map(_known, (each.issuer, each.region, each.region_code, each.level)),
            each.split,
            str(each.year),
            *map(_known, (each.signed, each.published, each.source)),
        )
        for each in sources
    )
    return Grid("", (*header, "signed", "published", "found at"), rows, numeric=False)


def _known(value: str | date | None) -> str:
    return str(value or _UNKNOWN)


def _share(test: Sequence[Example]) -> str:
    """How much of the test split its largest report is."""
    report, segments = Counter(each.segment.report for each in test).most_common(1)[0]
    entities = {each.segment.id: len(each.gold.entities) for each in test}
    of_it = sum(entities[each.segment.id] for each in test if each.segment.report == report)
    return (
        f"The test reports are of unequal size: `{report}` has {segments} of {len(test)} segments "
        f"and {of_it} of {sum(entities.values())} entities, so that scores on the test split are "
        "mostly scores on this report."
    )


def _rare(examples: Sequence[Example], test: Sequence[Example]) -> str:
    """Which labels have few examples in the real reports and in the test split, or none."""
    found, tested = Counter(_labels(examples)), Counter(_labels(test))
    names = [
        *(f"{label}.{kind}" for label in ENTITY_LABELS for kind in kinds_of(label)),
        *(f"role {label.name}" for label in ROLES),
        *(f"topic {label.name}" for label in TOPICS),
    ]
    rare = ", ".join(f"{name} ({found[name]})" for name in names if 0 < found[name] < _RARE)
    absent = ", ".join(name for name in names if not found[name])
    few = ", ".join(f"{name} ({tested[name]})" for name in names if tested[name] < _FEW)
    return (
        f"Labels with fewer than {_RARE} examples in the real reports: {rare or 'none'}. "
        f"Without any: {absent or 'none'}. Fewer than {_FEW} in the test split: {few or 'none'}."
    )


def _labels(examples: Sequence[Example]) -> Iterator[str]:
    for each in examples:
        yield from (f"{entity.label}.{entity.kind}" for entity in each.gold.entities)
        yield f"role {each.gold.role}"
        if each.gold.topic:
            yield f"topic {each.gold.topic}"


def _layers(annotation: Path) -> str:
    """Who made each layer, and how many decisions led to the gold."""
    cards = [read_layer_card(folder) for folder in layer_folders(annotation).values()]
    rows = tuple((each.name, each.annotator, each.guidelines, each.method) for each in cards)
    header = ("layer", "annotator", "guidelines", "how it was made")
    decisions = read_decisions(annotation / "adjudication.jsonl")
    origins = Counter(each.origin for each in decisions)
    listed = ", ".join(f"{origin} {number}" for origin, number in origins.most_common())
    table = to_markdown(Grid("", header, rows, numeric=False))
    return f"{table}\n\nDecisions of the adjudication: {len(decisions)}, by origin: {listed}."


def _agreement(annotation: Path) -> str:
    measured, sentence = measure("a", "b", annotation)
    grid = agreement_grid(measured)
    rows = tuple(row for row in grid.rows if row[0] in _AGREED)
    return f"{sentence}\n\n{to_markdown(Grid('', grid.header, rows, caption=grid.caption))}"
