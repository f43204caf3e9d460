"""Addresses and headers of entries: well formed, and without secrets (RELIABILITY bar K1)."""

import json
import re
from urllib.parse import unquote, urlsplit

_MOST_CHARACTERS = 4_000
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_SECRET_HEADER = re.compile(r"auth|cookie|token|secret|passw|credential|session|api-?key", re.IGNORECASE)
_SECRET_NAME = re.compile(
    r"(?:(?:access|auth|api|client|session)[-_]?)?(?:key|token|secret)|passw(?:or)?d|pwd|auth|sig(?:nature)?"
    r"|session(?:id)?|jsessionid|credentials?",
    re.IGNORECASE,
)
_OURS = frozenset(
    [
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "range",
        "te",
        "transfer-encoding",
    ]
)
_NO_SECRETS = "secrets never stand in this file; a source that needs one is not polled"


def checked_url(text: str) -> str:
    """Return an address as written.

    Raises:
        ValueError: it is not an http(s) address with a host, or there is a secret in it.
    """
    if len(text) > _MOST_CHARACTERS:
        raise ValueError(f"longer than {_MOST_CHARACTERS} characters")
    if _CONTROL.search(text):
        raise ValueError("has a space, backslash or control character in it; write it percent-encoded")
    if "@" in re.split("[/?#]", text.partition("://")[2], maxsplit=1)[0]:
        raise ValueError(f"has a user name or password in it; {_NO_SECRETS}")
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError as error:  # its message may quote what must not be printed
        raise ValueError("is no address: its host, port or brackets are malformed") from error
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError("must be an https:// address with a host")
    if parts.fragment:
        raise ValueError("has a fragment (#...), which no server ever sees; remove it")
    for name in _query_names(parts.query):
        if _SECRET_NAME.fullmatch(name):
            raise ValueError(f"has {name!r} in its query; {_NO_SECRETS}")
    return text


def header_fault(name: str, value: str) -> str | None:
    """Return what is wrong with a header: none at all, a secret, or one that the monitor sets itself."""
    if not _HEADER_NAME.match(name):
        return "is no header name"
    if _SECRET_HEADER.search(name):
        return _NO_SECRETS
    if name.lower() in _OURS:
        return "the monitor sets it itself; remove it"
    if not value.isprintable() or not value.isascii() or value != value.strip():
        return "its value must be plain ASCII without line breaks or spaces around it"
    return None


def checked_body(text: str) -> str:
    """Return a JSON body as written.

    Raises:
        ValueError: it is not JSON, or there is a secret in it.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValueError(f"must be JSON: {error}") from error
    for name in _names_in(value):
        if _SECRET_NAME.fullmatch(name):
            raise ValueError(f"has {name!r} in it; {_NO_SECRETS}")
    return text


def _query_names(query: str) -> list[str]:
    return [unquote(piece.partition("=")[0]) for piece in query.split("&") if piece]


def _names_in(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(name for each in value.values() for name in _names_in(each))]
    if isinstance(value, list):
        return [name for each in value for name in _names_in(each)]
    return []
