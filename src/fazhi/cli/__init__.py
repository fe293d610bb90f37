"""The command line. The only package that knows all the others; imports them when needed."""

import errno
import gc
import io
import os
import signal
import sys

import typer

from fazhi import errors
from fazhi.cli import (
    _add,
    _agreement,
    _annotation,
    _app,
    _compare,
    _corpus,
    _docs,
    _errata,
    _eval,
    _figures,
    _leaderboard,
    _model,
    _predict,
    _pretrain,
    _pull,
    _push,
    _reproduce,
    _serve,
    _studio,
    _submit,
    _synthesize,
    _synthetic,
)

__all__ = ["app", "main"]

_COMMANDS = (
    _annotation,
    _agreement,
    _serve,
    _studio,
    _pull,
    _corpus,
    _add,
    _synthesize,
    _errata,
    _synthetic,
    _push,
    _compare,
    _eval,
    _model,
    _predict,
    _reproduce,
    _pretrain,
    _submit,
    _leaderboard,
    _docs,
    _figures,
)  # importing them adds their commands

app = _app.app

_INTERRUPTED = 130


def main() -> None:
    """Runs the command line: an error is one line on stderr and exit code 2."""
    # what is imported stays, and a short command spends a twentieth of its time on looking for
    # garbage among it
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # so that programs that were started, and files that were begun, go as with Ctrl-C
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = app(standalone_mode=False, prog_name="fazhi") or 0
        if code == _INTERRUPTED:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
        _leave(code)
    except (typer.Abort, KeyboardInterrupt):
        _fail("interrupted; nothing half-written is left", code=_INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _leave(0)
    except typer.TyperException as error:
        reason = error.format_message().rstrip(".?")
        if not reason:  # the help was printed, for want of a command
            _leave(0)
        context = getattr(error, "ctx", None)
        _fail(f"{reason}. See: {context.command_path if context else 'fazhi'} --help")
    except Exception as error:
        if _app.debug_is_on():
            raise
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            _fail("there is no space left on the device, and the output is cut. Make some space")
        is_bug = not isinstance(error, errors.FazhiError)
        hint = ". This is a bug; fazhi --debug shows where"
        _fail(f"{type(error).__name__}: {error}{hint}" if is_bug else str(error))


def _fail(reason: str, code: int = 2) -> None:
    print(f"Error: {reason}", file=sys.stderr)
    _leave(code)


def _leave(code: int) -> None:
    # pyarrow 26 sometimes aborts while the interpreter shuts down, after all work is done
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
