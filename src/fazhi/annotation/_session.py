"""The key of a fresh local server: made in a browser-like session, as the server demands."""

from types import ModuleType
from typing import TYPE_CHECKING

from fazhi.errors import MissingExtra, ServerError

if TYPE_CHECKING:
    from httpx import Client


def is_up(url: str) -> bool:
    """Whether the server answers that it is well.

    Raises:
        MissingExtra: the client of the extra `annotate` is not installed.
    """
    httpx = _client_library()
    try:
        return bool(httpx.get(f"{url}/health", timeout=5, trust_env=False).status_code == 200)
    except httpx.HTTPError:
        return False


def _client_library() -> ModuleType:
    try:
        import httpx
    except ImportError:
        raise MissingExtra("annotate", "label-studio-sdk") from None
    return httpx


def api_key(url: str, email: str, password: str, known: str | None) -> str:
    """A key for the interface of a local server.

    Args:
        url: the server's address.
        email: the name to log in with.
        password: the password to log in with.
        known: the key that was made at an earlier start; the server shows a key only once.

    Raises:
        MissingExtra: the client of the extra `annotate` is not installed.
        ServerError: the log-in is refused, a key that is not known exists already, or the server
            breaks off.
    """
    httpx = _client_library()
    try:
        with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
            _log_in(client, url, email, password)
            return known or _new_key(client, url)
    except httpx.HTTPError as error:
        reason = type(error).__name__
        raise ServerError(f"{url}: the log-in broke off ({reason}). Start it again") from None


def _log_in(client: "Client", url: str, email: str, password: str) -> None:
    client.get("/user/login/")
    form = {
        "email": email,
        "password": password,
        "csrfmiddlewaretoken": client.cookies.get("csrftoken", ""),
    }
    reply = client.post("/user/login/", data=form, headers={"Referer": url})
    if reply.status_code != 302:
        raise ServerError(f"{url}: the log-in of {email} is refused. Use a fresh data folder")


def _new_key(client: "Client", url: str) -> str:
    token = client.cookies.get("csrftoken") or ""
    reply = client.post("/api/token/", headers={"X-CSRFToken": token, "Referer": url})
    if reply.status_code != 201:
        raise ServerError(f"{url}: no key was made ({reply.status_code}). Use a fresh data folder")
    key: str = reply.json()["token"]
    return key
