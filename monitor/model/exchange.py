"""One request and its reply, as they happened."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Transport(StrEnum):
    """What became of a request, before anybody judges the content."""

    ANSWERED = "answered"  # a complete reply with a final status came
    NOT_MODIFIED = "not-modified"
    BAD_ADDRESS = "bad-address"  # not http(s), malformed, or with credentials in it
    UNRESOLVED = "unresolved"
    REFUSED_ADDRESS = "refused-address"  # not globally routable
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    BAD_ENCODING = "bad-encoding"
    TRUNCATED = "truncated"
    REDIRECT = "redirect"  # too many, a loop, or to where we do not follow
    BAD_REPLY = "bad-reply"  # not HTTP, or headers without bound
    RESTING = "resting"  # not asked: the site wants to be left alone for now
    ROBOTS = "robots"  # not asked: the site's robots.txt keeps machines away from the address


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask. ``etag`` and ``last_modified`` are echoed byte for byte (RFC 9110, section 13.1).

    ``cookies_from`` is a page whose anonymous cookies the address wants to see.
    """

    source_id: str
    url: str
    method: str = "GET"
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    allow_http: bool = False
    ca_file: str | None = None
    max_bytes: int = 10_000_000
    cookies_from: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its reply; the body is stored apart, under its SHA-256.

    ``redirects`` are the addresses that sent us on, in order; ``final_url`` is the one that answered
    last, equal to ``url`` without redirects. ``tries`` is how often it was sent.
    """

    source_id: str
    slot: datetime
    number: int
    method: str
    url: str
    asked_at: datetime
    took_s: float
    transport: Transport
    detail: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    final_url: str = ""
    redirects: tuple[str, ...] = ()
    body_sha256: str | None = None
    body_bytes: int = 0
    tries: int = 1

    def header(self, name: str) -> str | None:
        """Return the first value of a reply header, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Reply:
    """An exchange with its body; ``body`` is None unless a complete reply came."""

    exchange: Exchange
    body: bytes | None


@dataclass(frozen=True, slots=True)
class PageValidators:
    """The same of a further page that was asked for at its address."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a version by, and the body it belongs to.

    ``further`` are the pages that were read after the first: a source is unchanged if all of them are.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    config_sha256: str = ""
    full_fetch_at: datetime | None = None
    further: tuple[PageValidators, ...] = ()
