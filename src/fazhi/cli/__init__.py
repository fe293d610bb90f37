"""The command line. The only package that knows all the others; imports them when needed."""

import sys

import typer

from fazhi import errors
from fazhi.cli import _annotation, _app, _corpus, _model, _reproduce

__all__ = ["app", "main"]

_COMMANDS = (_annotation, _corpus, _model, _reproduce)  # importing them adds their commands

app = _app.app


def main() -> None:
    """Runs the command line: an error is one line on stderr and exit code 2."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.Abort:
        _fail("interrupted. Nothing half-written is left")
    except typer.TyperException as error:
        _fail(f"{error.format_message().rstrip('.')}. See: fazhi --help")
    except errors.FazhiError as error:
        if _app.debug_is_on():
            raise
        _fail(str(error))
    except Exception as error:
        if _app.debug_is_on():
            raise
        _fail(f"{type(error).__name__}: {error}. This is a bug; fazhi --debug shows where")


def _fail(reason: str) -> None:
    print(f"Error: {reason}", file=sys.stderr)
    sys.exit(2)
