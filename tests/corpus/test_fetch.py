"""Downloading: patient with a slow server, brief with one that refuses, bounded with a bad one."""

import gzip
import socket
import sys

import pytest
import stamina

import webserver as web
from documents import as_docx, as_page, as_pdf, as_text
from fazhi._version import __version__
from fazhi.corpus._fetch import fetch
from fazhi.errors import InputError, MissingExtra

PAGE = as_page().encode()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Retries at once, as many as there would be; and no proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


@pytest.fixture
def serve():
    """Starts a server with the given routes."""
    servers = []

    def start(routes):
        servers.append(web.WebServer(routes))
        return servers[-1].__enter__()

    yield start
    for each in servers:
        each.__exit__()


def refusal(address: str, **bounds) -> str:
    with pytest.raises(InputError) as caught:
        fetch(address, **bounds)
    return str(caught.value)


class TestDocument:
    def test_a_page_as_it_is(self, serve):
        site = serve({"/a.html": web.page(PAGE, "text/html; charset=GBK")})
        document = fetch(site.url("/a.html"))
        assert document.data == PAGE
        assert document.media == "html"
        assert document.charset == "gbk"
        assert document.origin == site.url("/a.html")

    def test_no_charset_is_none(self, serve):
        site = serve({"/": web.page(PAGE)})
        assert fetch(site.url("/")).charset is None

    @pytest.mark.parametrize(
        ("body", "content_type", "media"),
        [
            (as_pdf(), "text/html", "pdf"),
            (as_docx(), "application/octet-stream", "docx"),
            (PAGE, "text/plain", "html"),
            (as_text().encode(), "text/plain", "text"),
            (as_text().encode(), "Text/HTML; charset=utf-8", "html"),
        ],
    )
    def test_the_content_goes_before_the_content_type(self, serve, body, content_type, media):
        site = serve({"/": web.page(body, content_type)})
        assert fetch(site.url("/")).media == media

    def test_a_page_in_place_of_a_pdf_is_a_page(self, serve):
        site = serve({"/a.pdf": web.page(PAGE, "application/pdf")})
        assert fetch(site.url("/a.pdf")).media == "html"

    def test_a_compressed_page_is_unpacked(self, serve):
        site = serve({"/": web.answer(gzip.compress(PAGE), Content_Encoding="gzip")})
        assert fetch(site.url("/")).data == PAGE

    def test_the_user_agent_says_who_asks(self, serve):
        site = serve({"/": web.page(PAGE)})
        fetch(site.url("/"))
        assert site.requests[0].headers["User-Agent"] == f"fazhi/{__version__}"

    def test_a_password_and_a_fragment_are_not_part_of_the_origin(self, serve):
        site = serve({"/": web.page(PAGE)})
        address = site.url("/#top").replace("http://", "http://me:secret@")
        assert fetch(address).origin == site.url("/")

    def test_an_image_is_refused_by_name(self, serve):
        site = serve({"/a": web.page(b"\x89PNG\r\n\x1a\n", "image/png")})
        assert f"{site.url('/a')}: it is an image (PNG)" in refusal(site.url("/a"))

    def test_an_empty_page(self, serve):
        site = serve({"/": web.page(b"")})
        assert "the server sends an empty page" in refusal(site.url("/"))


class TestRedirects:
    def test_the_origin_is_where_they_lead_to(self, serve):
        site = serve(
            {"/1": web.redirect("/2", 301), "/2": web.redirect("/3"), "/3": web.page(PAGE)}
        )
        document = fetch(site.url("/1"))
        assert document.data == PAGE
        assert document.origin == site.url("/3")

    def test_a_loop_is_left(self, serve):
        site = serve({"/a": web.redirect("/b"), "/b": web.redirect("/a")})
        assert "redirects more than 5 times" in refusal(site.url("/a"))
        # the address itself and five redirects, and no second attempt
        assert len(site.requests) == 6

    def test_five_are_followed(self, serve):
        routes = {f"/{step}": web.redirect(f"/{step + 1}") for step in range(5)}
        site = serve({**routes, "/5": web.page(PAGE)})
        assert fetch(site.url("/0")).origin == site.url("/5")

    @pytest.mark.parametrize("target", ["file://127.0.0.1/etc/hostname", "ftp://127.0.0.1/a"])
    def test_only_to_the_web(self, serve, target):
        site = serve({"/": web.redirect(target)})
        message = refusal(site.url("/"))
        assert f"{site.url('/')}: it leads to {target}, which is no http or https" in message
        assert len(site.requests) == 1

    def test_to_nowhere(self, serve):
        site = serve({"/": web.answer(b"", 302)})
        assert "the server answers 302" in refusal(site.url("/"))

    def test_the_body_of_a_redirect_is_not_read(self, serve):
        site = serve({"/": web.long(200_000_000, 302, Location="/a"), "/a": web.page(PAGE)})
        assert fetch(site.url("/")).data == PAGE
        assert site.answered.acquire(timeout=10)
        assert site.sent < 50_000_000


class TestAttempts:
    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_a_server_that_recovers(self, serve, status):
        site = serve({"/": web.in_turn(web.answer(b"", status), web.page(PAGE))})
        assert fetch(site.url("/")).data == PAGE
        assert len(site.requests) == 2

    def test_a_server_that_does_not(self, serve):
        site = serve({"/": web.answer(b"", 503)})
        assert f"{site.url('/')}: the server answers 503" in refusal(site.url("/"))
        assert len(site.requests) == 3

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_a_server_that_refuses_is_asked_once(self, serve, status):
        site = serve({"/": web.answer(PAGE, status)})
        assert f"the server answers {status}. " in refusal(site.url("/"))
        assert len(site.requests) == 1

    def test_a_connection_that_breaks(self, serve):
        site = serve({"/": web.in_turn(web.hang_up, web.hang_up, web.page(PAGE))})
        assert fetch(site.url("/")).data == PAGE

    def test_a_body_that_breaks_off(self, serve):
        broken = web.answer(PAGE[:100], Content_Length=str(len(PAGE)))
        site = serve({"/": web.in_turn(broken, web.page(PAGE))})
        assert fetch(site.url("/")).data == PAGE

    def test_a_server_that_is_not_there(self):
        with socket.socket() as taken:
            # bound but not listening: whoever connects is refused
            taken.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
            assert f"{address}: it cannot be downloaded (" in refusal(address)

    def test_a_password_is_not_shown(self, serve):
        site = serve({"/": web.answer(b"", 404)})
        address = site.url("/").replace("http://", "http://me:hunter2@")
        assert refusal(address).startswith(f"{site.url('/')}: the server answers 404")

    def test_a_body_that_cannot_be_unpacked_is_not_asked_for_again(self, serve):
        site = serve({"/": web.answer(b"no gzip", Content_Encoding="gzip")})
        assert "it cannot be downloaded (" in refusal(site.url("/"))
        assert len(site.requests) == 1


class TestBounds:
    def test_a_body_that_is_too_long_is_left(self, serve):
        site = serve({"/": web.long(200_000_000)})
        assert "more than 1,000,000 bytes" in refusal(site.url("/"), limit=1_000_000)
        assert site.answered.acquire(timeout=10)
        # what is beyond the limit had been in the buffers of the network
        assert site.sent < 50_000_000
        assert len(site.requests) == 1

    def test_so_is_one_that_is_short_until_it_is_unpacked(self, serve):
        site = serve({"/": web.answer(gzip.compress(b"a" * 2_000_000), Content_Encoding="gzip")})
        assert "more than 1,000,000 bytes" in refusal(site.url("/"), limit=1_000_000)

    def test_the_limit_itself_is_allowed(self, serve):
        site = serve({"/": web.page(PAGE)})
        assert fetch(site.url("/"), limit=len(PAGE)).data == PAGE
        assert "more than" in refusal(site.url("/"), limit=len(PAGE) - 1)

    @pytest.mark.parametrize(
        "held",
        [web.trickle(), web.trickle(b"HTTP/1.0 200 OK\r\nX-Never-Ends: "), web.trickle(b"", b"")],
        ids=["in the body", "in the headers", "in silence"],
    )
    def test_a_server_that_never_finishes(self, serve, held):
        site = serve({"/": held})
        assert "has not sent it within 0.5 seconds" in refusal(site.url("/"), seconds=0.5)


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        ["", "report.html", "file:///etc/hostname", "ftp://a.example/", "http://", "http:///a"],
    )
    def test_what_is_no_web_address(self, address):
        assert "it is no http or https address" in refusal(address)

    @pytest.mark.parametrize(
        "address", ["http://a.example:port/", "http://[::1/", "http://a\x00b/"]
    )
    def test_what_is_malformed(self, address):
        assert "it is no web address" in refusal(address)


@pytest.mark.parametrize("module", ["httpx2", "stamina"])
def test_a_missing_package_is_named(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=f"'{module}'"):
        fetch("http://127.0.0.1:9/")
