"""`fazhi pretrain`: an encoder from public texts."""

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi.cli._app import app, need_checkout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fazhi.baselines import LogLine, Place, PretrainingRecipe


@app.command("pretrain")
def pretrain(
    name: Annotated[str, typer.Argument(metavar="RECIPE", help="Name, or a .toml file.")],
    sources: Annotated[
        Path | None,
        typer.Option(help="Folder with the files of texts; what it lacks is downloaded."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the training.", show_default="runs/RECIPE")
    ] = None,
    every: Annotated[
        float, typer.Option(min=0, help="Seconds between two writings of the state.")
    ] = 300.0,
    publish: Annotated[
        bool, typer.Option("--publish", help="Make the encoder the published one at the end.")
    ] = False,
) -> None:
    """Train an encoder, or go on where its training was broken off.

    Example: fazhi pretrain bert-mini --sources texts --out runs/bert-mini
    """
    from fazhi import baselines
    from fazhi._paths import room
    from fazhi.corpus import read_reports

    top = need_checkout("publish an encoder") if publish else None
    recipe = baselines.find_pretraining_recipe(name, room("baselines"))
    out = out or Path("runs") / recipe.name
    sources = sources or out / "sources"

    def say(text: str) -> None:
        typer.echo(f"{recipe.name}: {text}", err=True)

    lists = Path(name).parent if name.endswith(".toml") else room("baselines") / "pretraining"
    baselines.fetch_sources(recipe, sources, lists, say=say)
    reports, watch = read_reports(room("corpus")), _Progress(recipe).show
    encoder = baselines.pretrain(recipe, sources, out, reports, seconds=every, say=say, watch=watch)
    typer.echo(f"{recipe.name}: {encoder} (the encoder), {out} (its training)")
    if top:
        ablation = top / "baselines" / "pretraining" / "ablation.json"
        baselines.publish_encoder(out, top / "baselines" / "encoder", ablation)
        typer.echo(f"{recipe.name}: published in {top / 'baselines' / 'encoder'}")


class _Progress:
    """A line that is renewed on a terminal, and now and then written elsewhere."""

    def __init__(self, recipe: "PretrainingRecipe") -> None:
        self._recipe = recipe
        self._on_terminal = sys.stderr.isatty()
        self._pause = 0.5 if self._on_terminal else 30.0
        self._shown = monotonic()
        self._first: tuple[float, int] | None = None

    def show(self, place: "Place", log: "Sequence[LogLine]") -> None:
        """Says how far the training has come, if it has not just been said."""
        now = monotonic()
        self._first = self._first or (now, place.tokens)
        done = place.tokens >= self._recipe.training.tokens
        if now - self._shown < self._pause and not done:
            return
        self._shown = now
        line = self._line(place, log, now)
        sys.stderr.write(f"\r\x1b[K{line}" if self._on_terminal else f"{line}\n")
        if self._on_terminal and done:
            sys.stderr.write("\n")
        sys.stderr.flush()

    def _line(self, place: "Place", log: "Sequence[LogLine]", now: float) -> str:
        began, tokens = self._first or (now, 0)
        budget = self._recipe.training.tokens
        rate = (place.tokens - tokens) / max(now - began, 1e-9)
        left = (budget - place.tokens) / 60 / rate if rate else float("inf")
        held_out = log[-1].held_out if log else {}
        measured = "".join(f", {name} {loss:.3f}" for name, loss in held_out.items())
        return (
            f"{self._recipe.name}: {place.tokens / 1e6:.2f} of {budget / 1e6:g}M tokens, "
            f"loss {place.loss or 0:.3f}{measured}; {rate:,.0f} tokens/s, {left:.0f} min left"
        )
