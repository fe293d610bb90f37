"""A Label Studio server for tests: what it needs, how it is run, and a relay that breaks off."""

import http.client
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from commands import FAZHI, TOP, need
from fazhi.annotation import Credentials, Item, Server, read_credentials, task_data, to_result
from fazhi.corpus import Example


def studio_environment() -> Path:
    """The Python environment of Label Studio."""
    folder = Path(os.environ.get("FAZHI_STUDIO") or TOP / ".venv-studio").absolute()
    program = folder / "bin" / "label-studio"
    remedy = f"Make it: fazhi annotation serve --prepare --environment {folder}"
    need(program.exists(), str(program), remedy)
    return folder


@dataclass(frozen=True)
class Studio:
    """A running server."""

    environment: Path
    template: Path
    """A data folder of a server that was started once and is stopped; make copies of it."""
    credentials: Credentials

    def server(self, url: str | None = None) -> Server:
        """A connection to it, or to a relay before it."""
        return Server(url or self.credentials.url, self.credentials.api_key)

    def api(self) -> httpx.Client:
        """A connection that uses the interface without the SDK."""
        client = httpx.Client(base_url=self.credentials.url, trust_env=False, timeout=60)
        reply = client.post("/api/token/refresh/", json={"refresh": self.credentials.api_key})
        client.headers["Authorization"] = f"Bearer {reply.json()['access']}"
        return client

    def browser(self) -> httpx.Client:
        """A connection as of a browser that has opened the first page."""
        client = httpx.Client(base_url=self.credentials.url, trust_env=False, timeout=60)
        client.get("/user/login/")
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        return client

    def session(self) -> httpx.Client:
        """A connection that has logged in as a browser does."""
        client = self.browser()
        form = {
            "email": self.credentials.email,
            "password": self.credentials.password,
        }
        assert client.post("/user/login/", data=form).status_code == 302
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        return client


def items_of(examples: Iterable[Example]) -> list[Item]:
    """What is pushed for annotated segments."""
    return [Item(task_data(each.segment, "报告"), to_result(each.gold)) for each in examples]


def bare(items: Iterable[Item]) -> list[Item]:
    """The same tasks without annotations."""
    return [Item(each.data) for each in items]


def tasks_of(server: Server, title: str) -> list[dict[str, Any]]:
    """All tasks of a project, which is made if it is missing."""
    (project,) = (each for each in server.projects() if each.title == title)
    return server.tasks(project)


def uids(tasks: Iterable[dict[str, Any]]) -> list[str]:
    """The uids of tasks, repetitions included."""
    return sorted(each["data"]["uid"] for each in tasks)


class Served:
    """`fazhi annotation serve` in a process of its own, until the block is left."""

    def __init__(self, environment: Path, folder: Path, port: int = 0):
        self.folder = folder
        self._command = [
            *(FAZHI, "annotation", "serve", "--environment", environment),
            *("--data", folder, "--port", str(port)),
        ]

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self._command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.printed = ""
        while "Stop it" not in self.printed:
            line = self.process.stdout.readline()
            if not line:
                pytest.fail(f"the server did not start: {self.printed}{self.process.stderr.read()}")
            self.printed += line
        self.credentials = read_credentials(self.folder)
        self.port = int(self.credentials.url.rpartition(":")[2])
        return self

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Sends a signal; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """The exit code, once the process has ended by itself."""
        printed, self.errors = self.process.communicate(timeout=60)
        self.printed += printed
        return self.process.returncode

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()


def processes_of(folder: Path) -> list[int]:
    """The processes of the server that keeps its data in a folder."""
    mark = f"LABEL_STUDIO_BASE_DATA_DIR={folder / 'data'}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found


def listening(process: int) -> list[str]:
    """The addresses, in the kernel's hexadecimal, at which a process takes connections."""
    sockets = set()
    for path in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            sockets.add(str(path.readlink()))
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/{process}/net/{name}").read_text("ascii").splitlines()[1:]
    ]
    # column 1 is the local address, 3 the state (0A: listens), 9 the inode of the socket
    return [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets]


class Relay:
    """Hands requests on to a server, and breaks off where it is told to; a context manager."""

    def __init__(self, url: str):
        self.upstream = url.removeprefix("http://")
        self.before: Callable[[str], bool] = lambda _: False
        """Whether to break off before a request, `POST /path`, is handed on."""
        self.after: Callable[[str], bool] = lambda _: False
        """Whether to break off when the server has answered it."""
        self.handed_on: Callable[[str], None] = lambda _: None
        """Is told when a request has been handed on and the answer is awaited."""

    def __enter__(self) -> Self:
        relay = self

        class Handler(_Handler):
            relay = self

        self._listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._listener.daemon_threads = True
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._listener.server_port}"
        return relay

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()


class _Handler(BaseHTTPRequestHandler):
    relay: Relay

    def handle_any(self) -> None:
        relay, name = self.relay, f"{self.command} {self.path.partition('?')[0]}"
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if relay.before(name):
            return
        upstream = http.client.HTTPConnection(relay.upstream, timeout=60)
        with suppress(OSError, http.client.HTTPException):
            upstream.request(self.command, self.path, body, dict(self.headers))
            relay.handed_on(name)
            reply = upstream.getresponse()
            content = reply.read()
            if not relay.after(name):
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.headers.get("Content-Type", ""))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
        upstream.close()

    do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Says nothing."""
