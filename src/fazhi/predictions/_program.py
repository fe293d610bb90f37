"""Predictions of a program, in whatever language it is written."""

import io
import os
import selectors
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from fazhi._files import to_jsonl
from fazhi.corpus import Segment
from fazhi.errors import InputError
from fazhi.predictions._jsonl import check_lines
from fazhi.predictions._problems import shown
from fazhi.predictions._reading import Policy, Reading
from fazhi.predictions._requests import requests
from fazhi.predictions._source import MAX_BYTES, numbered_lines, too_large

_CHUNK = 1 << 16
_KEPT_OF_STDERR = 1 << 12
_TICK = 0.1
"""Seconds between two looks at whether the program has ended."""


def from_program(
    command: str, segments: Sequence[Segment], policy: Policy | None, seconds: float
) -> Reading:
    """Has a program predict, and reads its output like a JSON Lines file.

    The program gets JSON Lines on its standard input (id, report, kind, text, heading_path),
    and writes lines in the prediction format. No shell is involved. When it ends, or its time
    is over, what it started in its process group ends with it.

    Args:
        command: the program and its arguments, quoted as for a shell.
        segments: the segments that are to be predicted.
        policy: what is put right; nothing by default.
        seconds: how long it may take.

    Raises:
        InputError: it cannot be started, ends with an error, takes too long, or writes
            nothing, too much, or what is not UTF-8.
    """
    output = _run(command, to_jsonl(requests(segments)).encode(), seconds)
    if not output:
        raise InputError(
            "wrote nothing", path=command, remedy="Write predictions to the standard output"
        )
    return check_lines(numbered_lines(io.BytesIO(output), command), segments, policy or Policy())


def _run(command: str, given: bytes, seconds: float) -> bytes:
    """What a program writes to its standard output."""
    with _started(command, given) as program:
        output, complaint = _listen(program, command, seconds)
    if program.returncode:
        last = (complaint.decode(errors="replace").strip().splitlines() or ["(nothing)"])[-1]
        raise InputError(
            f"{_ending(program.returncode)}; the last line of its standard error is {shown(last)}",
            path=command,
            remedy="Run the program on its own to see why",
        )
    return output


def _ending(code: int) -> str:
    if code > 0:
        return f"ended with exit code {code}"
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-code).name}"
    return f"was ended by signal {-code}"


@contextmanager
def _started(command: str, given: bytes) -> Iterator["subprocess.Popen[bytes]"]:
    """A program in a process group of its own, which is killed in the end."""
    with tempfile.TemporaryFile() as stdin:  # a file cannot block, however little is read of it
        stdin.write(given)
        stdin.seek(0)
        program = _start(command, stdin)
    try:
        yield program
    finally:
        _kill(program)
        program.wait()
        for stream in (program.stdout, program.stderr):
            assert stream
            stream.close()


def _start(command: str, stdin: IO[bytes]) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603
            shlex.split(command) or [command],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot be started ({getattr(error, 'strerror', None) or error})",
            path=command,
            remedy="Give a program that you may run, and its arguments, quoted as for a shell",
        ) from None


def _kill(program: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):  # it has ended, and all that it started
        os.killpg(program.pid, signal.SIGKILL)


def _listen(
    program: "subprocess.Popen[bytes]", command: str, seconds: float
) -> tuple[bytes, bytes]:
    """The output of a program until it ends, and the last of its standard error.

    Raises:
        InputError: it takes too long or writes too much.
    """
    output, complaint = bytearray(), bytearray()
    deadline = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for stream, kept in ((program.stdout, output), (program.stderr, complaint)):
            assert stream
            selector.register(stream, selectors.EVENT_READ, kept)
        while _take_chunks(program, selector):
            del complaint[:-_KEPT_OF_STDERR]
            if len(output) > MAX_BYTES:
                raise too_large(command)
            if time.monotonic() > deadline:
                raise InputError(
                    f"takes longer than {seconds:g} seconds",
                    path=command,
                    remedy="Give it more time, or see what it waits for",
                )
    return bytes(output), bytes(complaint)


def _take_chunks(program: "subprocess.Popen[bytes]", selector: selectors.BaseSelector) -> bool:
    """Reads what there is to read; False once the program has ended and all is read."""
    ended = program.poll() is not None  # what it leaves running may hold its output open for ever
    ready = selector.select(0 if ended else _TICK)
    for key, _ in ready:
        chunk = os.read(key.fd, _CHUNK)
        key.data.extend(chunk)
        if not chunk:
            selector.unregister(key.fileobj)
    return bool(ready) or not ended
