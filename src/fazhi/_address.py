"""Addresses that users give, which may hold what must not be shown."""

from urllib.parse import urlsplit


def is_address(text: str) -> bool:
    """Whether a text is meant as a web address."""
    return text.lower().startswith(("http://", "https://"))


def without_login(address: str) -> str:
    """An address without the user name and password that it may hold, fit to be shown."""
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else address


def host_of(address: str) -> str | None:
    """The host of an address; None if it is no web address."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises where it is no number
    except ValueError:
        return None
    return parts.hostname if is_address(address) else None
