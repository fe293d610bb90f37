"""The command line. The only package that knows all the others; imports them when needed."""

import sys

from fazhi.cli import _annotation, _corpus, _model, _reproduce
from fazhi.cli._app import app, debug_is_on
from fazhi.errors import FazhiError

__all__ = ["app", "main"]

_COMMANDS = (_annotation, _corpus, _model, _reproduce)  # importing them adds their commands


def main() -> None:
    """Runs the command line: an error is one line on stderr and exit code 2."""
    try:
        app()
    except Exception as error:
        if debug_is_on():
            raise
        reason = str(error)
        if not isinstance(error, FazhiError):
            reason = f"{type(error).__name__}: {error}. This is a bug; --debug shows where"
        print(f"Error: {reason}", file=sys.stderr)
        sys.exit(2)
