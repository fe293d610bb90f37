"""A document from the web: with patience for a slow server, and within bounds for a bad one."""

import logging
from typing import TYPE_CHECKING

from fazhi._address import without_login
from fazhi._version import __version__
from fazhi.corpus._document import Document, Media, media_of, needs_collect
from fazhi.errors import InputError

if TYPE_CHECKING:
    from httpx2 import URL, AsyncClient, Response

_ATTEMPTS = 3
_REDIRECTS = 5
_SILENCE = 20.0
# stamina announces each further attempt, and Python prints what no handler takes
_UNHEARD = logging.NullHandler()
_BY_HAND = "Save the page with a browser and give the file"
_BY_CONTENT_TYPE: dict[str, Media] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def fetch(address: str, *, limit: int = 20_000_000, seconds: float = 90.0) -> Document:
    """Downloads a document.

    Redirects are followed, a few times and only to http and https. A server that is busy, fails
    or does not answer is asked again; one that refuses is not.

    Args:
        address: an http or https address.
        limit: the most bytes that the document may have once it is decompressed; what is longer
            is not read to its end.
        seconds: the most time that everything together may take.

    Raises:
        InputError: the address is none, the server refuses, cannot be reached or sends too much,
            or what it sends holds no text.
        MissingExtra: httpx2 or stamina is not installed.
    """
    with needs_collect("httpx2"):
        import httpx2

    import asyncio  # a hundredth of a second that no other command needs

    logging.getLogger("stamina").addHandler(_UNHEARD)
    try:
        return asyncio.run(_within(address, limit, seconds))
    except TimeoutError:
        problem = f"the server has not sent it within {seconds:g} seconds"
    except httpx2.InvalidURL as error:
        problem = f"it is no web address ({error})"
    except httpx2.HTTPStatusError as error:
        problem = f"the server answers {error.response.status_code}"
    except httpx2.TimeoutException:
        problem = "the server does not answer"
    except httpx2.HTTPError as error:
        problem = f"it cannot be downloaded ({str(error) or type(error).__name__})"
    raise InputError(problem, path=without_login(address), remedy=f"Check the address. {_BY_HAND}")


async def _within(address: str, limit: int, seconds: float) -> Document:
    import asyncio

    import httpx2

    headers = {"User-Agent": f"fazhi/{__version__}"}
    timeout = httpx2.Timeout(min(_SILENCE, seconds))
    async with (
        asyncio.timeout(seconds),
        httpx2.AsyncClient(headers=headers, timeout=timeout) as client,
    ):
        _check(httpx2.URL(address), address, "it is")
        return await _download(client, address, limit)


async def _download(client: "AsyncClient", address: str, limit: int) -> Document:
    with needs_collect("stamina"):
        import stamina

    retry = stamina.AsyncRetryingCaller(attempts=_ATTEMPTS, timeout=None)
    response, data = await retry(_is_passing, _follow, client, address, limit)
    origin = without_login(str(response.url.copy_with(fragment=None)))
    if not data:
        raise InputError("the server sends an empty page", path=origin, remedy=_BY_HAND)
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    media = media_of(data, _BY_CONTENT_TYPE.get(content_type), origin)
    return Document(data, media, response.charset_encoding, origin)


def _is_passing(error: Exception) -> bool:
    """Whether an error may be gone when one asks again."""
    import httpx2

    if isinstance(error, httpx2.HTTPStatusError):
        return error.response.status_code == 429 or error.response.status_code >= 500
    return isinstance(error, httpx2.TransportError)


async def _follow(client: "AsyncClient", address: str, limit: int) -> tuple["Response", bytes]:
    """The last response of a chain of redirects, and its body."""
    import httpx2

    url = httpx2.URL(address)
    for _ in range(_REDIRECTS + 1):
        # httpx2 would read the body of each redirect to its end if it followed them itself
        async with client.stream("GET", url, follow_redirects=False) as response:
            if response.next_request is None:
                response.raise_for_status()
                return response, await _read(response, limit)
            url = response.next_request.url
        _check(url, address, f"it leads to {without_login(str(url))}, which is")
    raise InputError(
        f"the server redirects more than {_REDIRECTS} times",
        path=without_login(address),
        remedy=_BY_HAND,
    )


def _check(url: "URL", address: str, what: str) -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(
            f"{what} no http or https address", path=without_login(address), remedy="Give one"
        )


async def _read(response: "Response", limit: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise InputError(
                f"the document has more than {limit:,} bytes",
                path=without_login(str(response.url)),
                remedy="Give the address of the report itself, or a smaller file",
            )
    return bytes(body)
