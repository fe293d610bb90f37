"""A private Label Studio server on this machine: its start and its stop.

The server listens on the loopback interface alone, sends no telemetry, and keeps everything in
one folder, which also holds its credentials.
"""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from fazhi._files import to_toml, write_private
from fazhi._record import Record, read_toml_record
from fazhi.annotation._session import api_key, is_up
from fazhi.errors import InputError, ServerError

_EMAIL = "annotator@localhost.localdomain"
_START_SECONDS = 300.0
_STOP_SECONDS = 15.0


class Credentials(Record):
    """How to reach a local server; kept in a file that only its owner can read."""

    url: str
    """Its address."""
    email: str
    """The name to log in with."""
    password: str = Field(repr=False)
    """The password to log in with."""
    api_key: str = Field(repr=False)
    """The key for `push`, `pull` and `status`."""


def default_folder() -> Path:
    """Where a local server keeps its data unless told otherwise, after the XDG convention."""
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "fazhi" / "label-studio"


def credentials_file(folder: Path) -> Path:
    """The file of a local server's credentials."""
    return folder / "credentials.toml"


def read_credentials(folder: Path) -> Credentials:
    """The credentials of the local server that keeps its data in a folder.

    Raises:
        InputError: there are none.
    """
    return read_toml_record(Credentials, credentials_file(folder))


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running server."""

    credentials: Credentials
    """How to reach it."""
    process: "subprocess.Popen[bytes]"
    """Its process, the leader of a process group of its own."""
    log: Path
    """What it has printed."""


@contextmanager
def local_server(program: Path, folder: Path, port: int = 0) -> Iterator[LocalServer]:
    """Runs a server until the block is left, and stops it cleanly.

    Args:
        program: the Label Studio program.
        folder: the server's data and credentials; made where it is missing.
        port: the port; 0 takes a free one.

    Raises:
        ServerError: the port is taken, a server runs on the folder already, or the server does
            not come up.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    with _alone(folder):
        yield from _run(program, folder, port)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the folder for this process: two servers would share one database."""
    with (folder / "lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ServerError(
                f"a server runs on {folder} already. Use it, stop it, or give another folder"
            ) from None
        yield


def _run(program: Path, folder: Path, port: int) -> Iterator[LocalServer]:
    chosen = _free_port(port)
    _keep_secret(folder / "data" / ".env")
    known = read_credentials(folder) if credentials_file(folder).exists() else None
    password = known.password if known else secrets.token_urlsafe(18)
    url = f"http://127.0.0.1:{chosen}"
    log = folder / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603
            [
                *(str(program), "start", "--no-browser"),
                *("--internal-host", "127.0.0.1", "--port", str(chosen)),
            ],
            env=_environment(folder, password),
            stdout=stream,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            umask=0o077,
        )
    try:
        _wait(url, process, log)
        key = api_key(url, _EMAIL, password, known.api_key if known else None)
        credentials = Credentials(url=url, email=_EMAIL, password=password, api_key=key)
        write_private(credentials_file(folder), to_toml(credentials.model_dump()))
        yield LocalServer(credentials, process, log)
    finally:
        _stop(process)


def _keep_secret(path: Path) -> None:
    """Makes what the server signs its keys with, unless it is there.

    The server would draw one itself; one that begins with $, as every fiftieth does, it cannot
    read back, and would refuse all its keys after a restart.
    """
    if not path.exists():
        write_private(path, f"SECRET_KEY={secrets.token_urlsafe(50)}\n")


def _free_port(port: int) -> int:
    # Label Studio itself would silently take the next one
    with socket.socket() as probe:
        # as the server itself does: connections that linger from the last run do no harm
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ServerError(
                f"port {port} of 127.0.0.1 cannot be used ({error.strerror}). Choose another"
            ) from None
        chosen: int = probe.getsockname()[1]
        return chosen


def _environment(folder: Path, password: str) -> dict[str, str]:
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("LABEL_STUDIO", "DJANGO"))
    }
    return inherited | {
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "LABEL_STUDIO_USERNAME": _EMAIL,
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "fflag_feat_utc_210_prediction_validation_15082025": "true",
    }


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerError(f"Label Studio stopped while it started. See {log}")
        if is_up(url):
            return
        time.sleep(0.3)
    raise ServerError(f"Label Studio did not come up in {_START_SECONDS:.0f} s. See {log}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    # not SIGINT, which what runs in a shell's background ignores
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def check_folder(folder: Path, checkout: Path | None) -> None:
    """Refuses a data folder inside the repository, where its key could be committed.

    Raises:
        InputError: it is inside, or is no folder.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("is no folder", path=folder, remedy="Give a folder with --data")
    if checkout and folder.resolve().is_relative_to(checkout.resolve()):
        raise InputError(
            "is inside the repository, and would hold a key",
            path=folder,
            remedy="Give a folder elsewhere with --data",
        )
