"""What is asked at each address on the way of one fetch, and where a redirect may lead.

Credentials, cookies and validators belong to an origin (scheme, host, port) and stay with it.
Of a source's own headers only harmless ones go along to another.

Source: RFC 9110, sections 13.1 (validators) and 15.4 (redirects).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from monitor.fetching.decoding import ACCEPTED
from monitor.fetching.masking import masked
from monitor.fetching.stop import StopError
from monitor.fetching.targets import Target, parse_target
from monitor.model import Request, Transport

Headers = tuple[tuple[str, str], ...]

_REPEATED = frozenset({307, 308})  # these ask for the same method and body again
_READING = frozenset({"GET", "HEAD"})
_HARMLESS = frozenset({"accept", "accept-language", "user-agent"})
_OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "accept-encoding"})
_COOKIE = re.compile(r"\s*([^=;\s]+)=([^;]*)")
_MAX_COOKIE_BYTES = 8_000


@dataclass(frozen=True, slots=True)
class Hop:
    """One request on the way. ``headers`` are complete but for the cookies."""

    target: Target
    method: str
    headers: Headers
    body: bytes | None = None
    conditional: bool = False

    def ask_with(self, cookies: str) -> Headers:
        """Return the headers to send."""
        return (*self.headers, ("Cookie", cookies)) if cookies else self.headers


def first_hop(request: Request, user_agent: str) -> Hop:
    """Return what is asked first.

    Raises:
        StopError: the address cannot be fetched, or is not encrypted and that is not allowed.
    """
    try:
        target = parse_target(request.url)
    except ValueError as error:
        raise StopError(Transport.BAD_ADDRESS, f"{error}; correct the source's address") from None
    if target.scheme == "http" and not request.allow_http:
        raise StopError(
            Transport.BAD_ADDRESS,
            "the address is not encrypted; use https, or set allow_http for this source if it has no https",
        )
    own = tuple((name, value) for name, value in request.headers if name.lower() not in _OURS)
    validators = _validators(request)
    headers = (*_with_defaults(own, user_agent), ("Accept-Encoding", ACCEPTED), *validators)
    return Hop(target, request.method.upper(), headers, request.body, bool(validators))


def next_hop(hop: Hop, status: int, location: str, *, allow_http: bool) -> Hop:
    """Return what is asked where a redirect leads.

    Raises:
        StopError: it leads to where we do not follow.
    """
    target = _redirect_target(hop, location)
    if target.scheme == "http" and not allow_http:
        raise _no_further(location, "which is not encrypted")
    same_origin = target.origin == hop.target.origin
    repeats = status in _REPEATED or hop.method in _READING
    if repeats and hop.body is not None and target.host != hop.target.host:
        raise _no_further(location, "asking to send the query to another host")
    headers = hop.headers if same_origin else _harmless(hop.headers)
    if repeats:
        return replace(hop, target=target, headers=headers, conditional=hop.conditional and same_origin)
    bare = tuple((name, value) for name, value in headers if not name.lower().startswith("content-"))
    return Hop(target, "GET", bare)


class Cookies:
    """What sites set on the way of one fetch, given back to the same origin, forgotten after it.

    Some sites let nobody in who does not give back the cookie of their first redirect.
    """

    def __init__(self) -> None:
        self._by_origin: dict[tuple[str, str, int], dict[str, str]] = {}

    def keep(self, target: Target, set_cookie: Iterable[str]) -> None:
        """Take the Set-Cookie lines of a reply."""
        jar = self._by_origin.setdefault(target.origin, {})
        for line in set_cookie:
            if found := _COOKIE.match(line):
                jar[found[1]] = found[2].strip()

    def for_target(self, target: Target) -> str:
        """Return the Cookie header for a request, empty where there is nothing to give back."""
        jar = self._by_origin.get(target.origin, {})
        header = "; ".join(f"{name}={value}" for name, value in jar.items())
        return header if len(header) <= _MAX_COOKIE_BYTES else ""


def _with_defaults(own: Headers, user_agent: str) -> Headers:
    given = {name.lower() for name, _ in own}
    defaults = (("User-Agent", user_agent), ("Accept", "*/*"))
    return (*(each for each in defaults if each[0].lower() not in given), *own)


def _validators(request: Request) -> Headers:
    if request.method.upper() not in _READING:
        return ()
    named = (("If-None-Match", request.etag), ("If-Modified-Since", request.last_modified))
    return tuple((name, value) for name, value in named if value)


def _redirect_target(hop: Hop, location: str) -> Target:
    try:
        return parse_target(urljoin(hop.target.url, location.strip().replace(" ", "%20")))
    except ValueError as error:
        raise _no_further(location, f"where {error}") from None


def _harmless(headers: Headers) -> Headers:
    return tuple((name, value) for name, value in headers if name.lower() in _HARMLESS | {"accept-encoding"})


def _no_further(location: str, why: str) -> StopError:
    return StopError(
        Transport.REDIRECT,
        f"redirects to {masked(location)}, {why}; if the site has moved, correct the source's address",
    )
