"""A web server on this machine that serves what the web may hold, well-behaved or not."""

import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

Answer = Callable[["Request"], None]
"""Sends the answer to a request."""


class Request(BaseHTTPRequestHandler):
    """A request that is being answered by the route of its path."""

    server: "_Server"
    body = b""

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_GET(self) -> None:
        site = self.server.site
        site.requests.append(self)
        with suppress(OSError):  # the client has hung up
            site.routes.get(self.path, answer(b"", 404))(self)
        site.answered.release()

    def send(self, data: bytes) -> None:
        """Sends some of the body and counts it."""
        self.wfile.write(data)
        self.server.site.sent += len(data)

    def head(self, status: int = 200, **headers: str) -> None:
        """Sends the status and the headers, with - for each _ in a header's name."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    site: "WebServer"


class WebServer:
    """Answers each path as its route says, and 404 elsewhere; a context manager.

    Where a proxy is set in the environment, NO_PROXY must name 127.0.0.1.
    """

    def __init__(self, routes: dict[str, Answer]):
        self.routes = routes
        self.requests: list[Request] = []
        """The requests so far."""
        self.sent = 0
        """How many bytes of bodies have been handed to the network."""
        self.answered = threading.Semaphore(0)
        """Is released when an answer has been sent, or the client has hung up."""
        self.closing = threading.Event()

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), Request)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"


def answer(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An ordinary answer."""

    def send(request: Request) -> None:
        request.head(status, **{"Content_Length": str(len(body)), **headers})
        request.send(body)

    return send


def page(body: bytes, content_type: str = "text/html") -> Answer:
    """A page with a content type."""
    return answer(body, Content_Type=content_type)


def redirect(location: str, status: int = 302) -> Answer:
    """A redirect."""
    return answer(b"", status, Location=location)


def in_turn(*answers: Answer) -> Answer:
    """The first answer to the first request, and so on; the last one is given ever after."""
    waiting = list(answers)
    return lambda request: (waiting.pop(0) if len(waiting) > 1 else waiting[0])(request)


def long(size: int, status: int = 200, **headers: str) -> Answer:
    """A body of that many bytes that is made while it is sent, without a Content-Length."""

    def send(request: Request) -> None:
        request.head(status, **headers)
        for _ in range(size // 65_536):
            request.send(b"\xe6\xb3\x95" * 21_845 + b"\n")

    return send


def trickle(head: bytes = b"HTTP/1.0 200 OK\r\n\r\n", drop: bytes = b"a") -> Answer:
    """A few bytes at once, and then one more now and then for ever."""

    def send(request: Request) -> None:
        request.wfile.write(head)
        while not request.server.site.closing.wait(0.05):
            request.wfile.write(drop)

    return send


def hang_up(request: Request) -> None:
    """Ends the connection without an answer."""
    request.close_connection = True
