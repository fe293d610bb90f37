"""The root command and what all commands share."""

from pathlib import Path
from typing import Annotated

import typer

from fazhi import __version__
from fazhi.errors import InputError

app = typer.Typer(
    name="fazhi",
    help="Corpus, baselines and scorer for reports on rule-of-law government (法治).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

_state = {"debug": False}


def debug_is_on() -> bool:
    """Whether a traceback was asked for."""
    return _state["debug"]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fazhi {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    debug: Annotated[bool, typer.Option(help="Show a traceback when something fails.")] = False,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", help="Print the version.", callback=_print_version)
    ] = False,
) -> None:
    _state["debug"] = debug


def need_checkout(action: str) -> Path:
    """The top of the checkout, for commands that change or read the sources.

    Raises:
        InputError: the package is installed without a checkout.
    """
    from fazhi._paths import checkout

    top = checkout()
    if top is None:
        raise InputError(
            f"cannot {action}: that changes or checks the sources, and this is no checkout",
            path=Path(__file__).parent.parent,
            remedy="Clone the repository and use the fazhi that make baseline installs there",
        )
    return top
