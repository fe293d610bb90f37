"""The learning curve: what more training text is worth, from the published results."""

import re
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from fazhi.baselines import REAL, Mixture, Protocol, find_recipe
from fazhi.cli._picture import BLUE, FAINT, GREEN, ORANGE, PINK, RED, SKY, Picture
from fazhi.cli._published import TITLES, mixtures_of
from fazhi.cli._runs import training_folds
from fazhi.eval import Result, headline, read_result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PROTOCOL: Protocol = "dev"
"""The protocol that choices are made by, and so the one that mixtures are published of."""

_APART = 1.3
"""How many times the last size a size must be for a mark of its own."""
_LEAST = 3
"""Points that make a curve."""
_STYLES = tuple(zip((BLUE, ORANGE, GREEN, PINK, RED, SKY), "os^DvP", strict=True))
_SCORES = ("entities micro-F1", "role macro-F1", "topic macro-F1")
_ALT = (
    "Curves: F1 of each system against the characters of text that it learned from, with their "
    "segments, on a logarithmic scale: the real reports alone at the left end, then with more and "
    "more made-up ones, which are never scored. The tables of training data have the figures."
)


def curve_picture(path: Path, baselines: Path) -> Picture | None:
    """The learning curves of all systems of which enough is published; None if there are none."""
    systems: list[dict[str, Any]] = [
        {"name": name, "points": points}
        for recipe, mixtures in mixtures_of(baselines, PROTOCOL).items()
        for name, found in _families(recipe, mixtures).items()
        if len(points := _points(recipe, found, baselines)) >= _LEAST
    ]
    scores = [
        score
        for score in _SCORES
        if any(score in point["scores"] for each in systems for point in each["points"])
    ]
    if not systems:
        return None
    data = {"title": TITLES[PROTOCOL], "scores": scores, "systems": systems}
    return Picture(path, _ALT, (9.0, 4.6), data, _draw)


def _families(
    recipe: str, mixtures: Mapping[str, Sequence[Path]]
) -> dict[str, dict[str, Sequence[Path]]]:
    """Mixtures that differ in the amount alone: `real` and what adds more of one source to it."""
    families: dict[str, dict[str, Sequence[Path]]] = {}
    for data, results in mixtures.items():
        if family := _family(Mixture.parse(data)):
            families.setdefault(f"{recipe}, {family}", {})[data] = results
    alone = {REAL: mixtures[REAL]} if REAL in mixtures else {}
    return {name: {**alone, **found} for name, found in families.items()}


def _family(mixture: Mixture) -> str | None:
    """How a mixture adds one source to `real`: beside it, or before it; None if it does not.

    A segment that is learned from several times is no more text; such mixtures are in none.
    """
    first, last = mixture.first or Mixture(()), mixture
    parts = (*first.parts, *last.parts)
    added = [part.source for part in parts if part.source != REAL]
    if len(added) != 1 or len(parts) != 2 or any(part.times > 1 for part in parts) or first.first:
        return None
    if not mixture.first:
        return f"{REAL}+{added[0]}"
    return f"{added[0]}-then-{REAL}" if last.parts[0].source == REAL else None


def _points(
    recipe: str, mixtures: Mapping[str, Sequence[Path]], baselines: Path
) -> list[dict[str, Any]]:
    """The points of a curve, from the least text to the most."""
    points = []
    for data, paths in mixtures.items():
        results = [read_result(path) for path in paths]
        figures = [headline(each.scores) for each in results]
        points.append(
            {
                "data": data,
                **_sizes(recipe, results, baselines),
                "scores": {
                    score: [round(100 * each[score], 2) for each in figures]
                    for score in _SCORES
                    if all(score in each for each in figures)
                },
            }
        )
    return sorted(points, key=lambda point: point["characters"])


def _sizes(recipe: str, results: Sequence[Result], baselines: Path) -> dict[str, int]:
    """Characters and segments that a system learned from; the mean over seeds and folds."""
    is_drawn = Mixture.parse(results[0].run.data or REAL).is_drawn
    different = results if is_drawn else results[:1]
    texts = [text for each in different for text in _texts(recipe, each, baselines)]
    return {
        "characters": round(fmean(sum(map(len, each)) for each in texts)),
        "segments": round(fmean(map(len, texts))),
    }


def _texts(recipe: str, result: Result, baselines: Path) -> list[list[str]]:
    """The segments that a published system learned from in each fold."""
    known = {"data": result.run.data, "seed": result.run.seed}
    changes = {name: value for name, value in known.items() if value is not None}
    folds = training_folds(find_recipe(recipe, baselines).model_copy(update=changes), PROTOCOL)
    return [[each.segment.text for each in (*fold.first, *fold.final)] for fold in folds]


def _draw(figure: "Figure", data: Mapping[str, Any]) -> None:
    panels = figure.subplots(1, len(data["scores"]), squeeze=False)[0]
    for axes, score in zip(panels, data["scores"], strict=True):
        for system, style in zip(data["systems"], cycle(_STYLES), strict=False):
            _draw_system(axes, system, score, style)
        axes.set_title(f"{score} (%)")
        axes.set_xscale("log")
        axes.grid(visible=True, axis="y")
        axes.set_ylim(top=min(axes.get_ylim()[1], 100.5))
        _name_sizes(axes, data["systems"], score)
    below = (
        "characters of training text, and segments; mean over the folds. Bars: standard deviation "
        f"over seeds\n{data['title']}"
    )
    figure.supxlabel(below, fontsize=9)
    handles = {
        label: handle
        for axes in panels
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
    }
    figure.legend(handles.values(), handles, loc="outside upper left", ncols=2)


def _draw_system(
    axes: "Axes", system: Mapping[str, Any], score: str, style: tuple[str, str]
) -> None:
    """A curve: the mean over the seeds, with the standard deviation where there are several."""
    points = [point for point in system["points"] if score in point["scores"]]
    if not points:
        return
    values = [point["scores"][score] for point in points]
    axes.errorbar(
        [point["characters"] for point in points],
        [fmean(each) for each in values],
        yerr=[stdev(each) if len(each) > 1 else 0 for each in values],
        color=style[0],
        marker=style[1],
        markersize=6,
        linewidth=1.8,
        capsize=3,
        label=_shown(system["name"]),
    )


def _shown(name: str) -> str:
    made_up = r"\1 (made up; never scored)"
    beside = re.sub(r"real\+(\w+)", rf"real and {made_up}", name)
    return re.sub(r"(\w+)-then-real", rf"{made_up}, then real", beside)


def _name_sizes(axes: "Axes", systems: Sequence[Mapping[str, Any]], score: str) -> None:
    """Marks the sizes that there are, in thousands, instead of powers of ten; not all of many."""
    found = {
        point["characters"]: point["segments"]
        for system in systems
        for point in system["points"]
        if score in point["scores"]
    }
    shown: list[int] = []
    for size in sorted(found):
        if not shown or size > _APART * shown[-1]:
            shown.append(size)
    axes.set_xticks(shown, [f"{size / 1000:.0f}k\n{found[size]}" for size in shown])
    axes.set_xticks([], minor=True)
    axes.tick_params(axis="x", colors=FAINT)
