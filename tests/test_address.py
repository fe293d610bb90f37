"""Addresses are shown without what they may hold of a log-in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi._address import host_of, is_address, without_login

WORDS = st.text(st.sampled_from("abcxyz0189-_.~!$&'()*+,;=:%"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://example.org/a@b", "http://example.org/a@b"),
        ("http://me:secret@example.org:80/a", "http://example.org:80/a"),
        ("http://me@example.org", "http://example.org"),
        ("http://me:s@cret@example.org/", "http://example.org/"),
        ("report.pdf", "report.pdf"),
    ],
)
def test_what_is_shown(address, shown):
    assert without_login(address) == shown


@given(WORDS, WORDS, st.sampled_from(["", "/", "/a/b.html", "/a@b"]))
def test_a_password_is_never_shown(name, password, path):
    shown = without_login(f"https://{name}:{password}@example.org{path}")
    assert shown == f"https://example.org{path}"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1"),
        ("HTTPS://Example.org/a", "example.org"),
        ("http://[::1]:8080", "::1"),
        ("http://[::1", None),
        ("http://example.org:port", None),
        ("ftp://example.org", None),
        ("example.org", None),
    ],
)
def test_the_host(address, host):
    assert host_of(address) == host


def test_a_path_is_no_address():
    assert not is_address("http.pdf")
    assert is_address("HTTP://example.org")
