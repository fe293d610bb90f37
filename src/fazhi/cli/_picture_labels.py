"""The picture of how many labels each split has."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.cli._counts import Groups, count_grids
from fazhi.cli._picture import BLUE, FAINT, GREEN, GREY, LIGHT, ORANGE, Picture
from fazhi.corpus import KINDS, MADE_UP, ROLES, SPLITS, TOPICS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = dict(zip(SPLITS, (BLUE, ORANGE, GREEN), strict=True))
_ALT = (
    "Bars: how many entities of each kind, and segments of each role and topic, the splits train, "
    "validation and test have, and beside them, on scales of its own, the split synthetic, which "
    "is made up and never scored. The figures are those of the tables below."
)


def label_picture(path: Path, groups: Groups, made_up: Groups) -> Picture:
    """The label distribution by split.

    Args:
        path: its file.
        groups: the examples of each split of the benchmark.
        made_up: those of the split that is never scored.
    """
    _, entities, _, roles, topics = count_grids(groups, made_up)
    kinds = {f"{label}.{kind.name}": kind for label, each in KINDS.items() for kind in each}
    panels = [
        _panel("Entities by kind", entities.rows, {name: kinds[name].chinese for name in kinds}),
        _panel("Segments by role", roles.rows, {each.name: each.chinese for each in ROLES}),
        _panel("Segments by topic", topics.rows, {each.name: each.chinese for each in TOPICS}),
    ]
    return Picture(path, _ALT, (9.0, 10.6), {"panels": panels}, _draw)


def _panel(title: str, rows: Sequence[Sequence[str]], chinese: Mapping[str, str]) -> dict[str, Any]:
    """A panel from the rows of a table of counts; the total is left out."""
    return {
        "title": title,
        "bars": [
            {
                "name": name,
                "chinese": chinese[name],
                **dict(zip(SPLITS, map(int, counts), strict=False)),
                "synthetic": int(counts[-1]),
            }
            for name, *counts in rows
            if name in chinese
        ],
    }


def _draw(figure: "Figure", data: Mapping[str, Any]) -> None:
    panels = data["panels"]
    axes = figure.subplots(
        len(panels),
        2,
        gridspec_kw={
            "height_ratios": [len(panel["bars"]) + 1.5 for panel in panels],
            "width_ratios": [5, 3],
        },
    )
    for (left, right), panel in zip(axes, panels, strict=True):
        _draw_real(left, panel)
        _draw_made_up(right, panel)
    axes[0][1].set_title(MADE_UP, color=FAINT, fontweight="normal")
    figure.legend(*axes[0][0].get_legend_handles_labels(), loc="outside upper left", ncols=3)


def _draw_real(axes: "Axes", panel: Mapping[str, Any]) -> None:
    bars = panel["bars"]
    rows, ends = range(len(bars)), [0] * len(bars)
    for split, colour in _COLOURS.items():
        counts = [bar[split] for bar in bars]
        axes.barh(rows, counts, left=ends, height=0.72, color=colour, label=split)
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    _label(axes, ends)
    axes.set_yticks(rows, [f"{bar['name']}  {bar['chinese']}" for bar in bars])
    axes.set_title(panel["title"])


def _draw_made_up(axes: "Axes", panel: Mapping[str, Any]) -> None:
    counts = [bar["synthetic"] for bar in panel["bars"]]
    axes.barh(range(len(counts)), counts, height=0.72, color="white", edgecolor=GREY, hatch="/////")
    _label(axes, counts)
    axes.set_yticks([])


def _label(axes: "Axes", counts: Sequence[int]) -> None:
    """Writes each count behind its bar, which makes a scale needless."""
    most = max(counts)
    for row, count in enumerate(counts):
        axes.text(count + most * 0.015, row, str(count), va="center", fontsize=8.5)
    axes.set_xlim(0, most * 1.12)
    axes.set_ylim(len(counts) - 0.4, -0.6)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_color(LIGHT)
