"""The table of agreement, as plain rows."""

from collections.abc import Iterator, Mapping
from itertools import chain

from fazhi._resample import FEWEST_DOCUMENTS
from fazhi.annotation import Agreement, Figure, SpanAgreement
from fazhi.cli._grids import Grid, ends, percent


def agreement_grid(measured: Mapping[str, Agreement]) -> Grid:
    """The figures of an agreement on several sets of reports, side by side."""
    first = next(iter(measured.values()))
    header = ["", f"{first.left}, {first.right}"]
    for name, each in measured.items():
        header += [name, "95%"] if _has_intervals(each) else [name]
    rows = tuple(
        (name, _counted(figure), *chain(*(_cells(each, name) for each in measured.values())))
        for name, figure in _figures(first)
    )
    caption = (
        f"In %. The second column: what was counted in either layer, on {len(first.reports)} "
        "reports. Intervals: expanded percentile bootstrap over reports, of which fewer than "
        f"{FEWEST_DOCUMENTS} are too few."
    )
    return Grid(
        f"Agreement of {first.left} and {first.right}", tuple(header), rows, caption=caption
    )


def _figures(found: Agreement) -> Iterator[tuple[str, Figure]]:
    yield from _spans("entities", found.entities.pooled)
    yield "entities, F1 of boundaries", found.entities.boundary
    for label, figures in found.entities.per_type.items():
        yield from _spans(label, figures)
    for name, labels in (("role", found.role), ("topic", found.topic)):
        yield f"{name}, observed", labels.observed
        yield f"{name}, Cohen's kappa", labels.kappa
        yield f"{name}, Krippendorff's alpha", labels.alpha
    yield "indicator, same span", found.facts.indicator
    yield "indicator, F1 of characters", found.facts.characters
    yield "value, same", found.facts.value


def _spans(name: str, figures: SpanAgreement) -> Iterator[tuple[str, Figure]]:
    yield f"{name}, exact F1", figures.exact
    yield f"{name}, exact F1 with kind", figures.kind
    yield f"{name}, overlap F1", figures.overlap


def _counted(figure: Figure) -> str:
    return f"{figure.left}, {figure.right}"


def _has_intervals(found: Agreement) -> bool:
    return len(found.reports) >= FEWEST_DOCUMENTS


def _cells(found: Agreement, name: str) -> list[str]:
    """The figure of this name, and its interval where reports are enough for one."""
    figure = dict(_figures(found))[name]
    value = "–" if figure.value is None else percent(figure.value)
    if not _has_intervals(found):
        return [value]
    return [value, ends(figure.interval) if figure.interval else "–"]
