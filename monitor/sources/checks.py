"""What the keys of an entry must say together; every fault is found, whatever else is wrong.

The checks read the entry as it stands in the file, since the model of an entry that has one fault is
never built; what is missing or of a wrong type is left to the model.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.model import PagingIn, Reach, Robots
from monitor.sources.addresses import header_fault
from monitor.sources.templates import day_gaps, gap_fault

_WITH_DAYS = ("api", "listing")  # a sitemap has them too, to choose among what it lists

Fault = tuple[tuple[str, ...], str]
"""Keys down to the faulty one, and what is wrong."""


def faults_between(entry: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong between the keys of one entry."""
    for check in (_scheme, _voice, _licence, _note, _method, _paging, _headers, _gaps):
        yield from check(entry)


def same_address(entry: Mapping[str, Any]) -> str | None:
    """Return what two enabled entries must not share: the address with what is sent to it."""
    if not isinstance(entry.get("url"), str) or entry.get("enabled", True) is not True:
        return None
    return json.dumps([entry["url"], entry.get("method", "GET"), entry.get("body")], default=str)


def _scheme(entry: Mapping[str, Any]) -> Iterator[Fault]:
    url = entry.get("url")
    if isinstance(url, str) and url.startswith("http://") and entry.get("allow_http") is not True:
        yield ("url",), "is not https; write the https address, or `allow_http: true` if the site has none"


def _voice(entry: Mapping[str, Any]) -> Iterator[Fault]:
    official, voice = entry.get("official", True), entry.get("voice")
    if official is False and voice is not None:
        yield ("voice",), "press speaks for no party: remove it, or set `official: true`"
    if official is True and voice is None:
        yield ("voice",), "is missing: an official source speaks for a party; press has `official: false`"


def _licence(entry: Mapping[str, Any]) -> Iterator[Fault]:
    polled = entry.get("official", True) is True and entry.get("enabled", True) is True
    if polled and not entry.get("licence"):
        yield ("licence",), "is missing: say on what terms it may be quoted, or that this is not established"


def _note(entry: Mapping[str, Any]) -> Iterator[Fault]:
    reach = entry.get("reach")
    if reach in (Reach.WALLED, Reach.MANUAL) and not entry.get("note"):
        yield ("note",), f"is missing: with `reach: {reach}` say what refuses, or where a person looks"
    if entry.get("robots") == Robots.IGNORE and not entry.get("note"):
        yield ("note",), "is missing: with `robots: ignore` say who of the publisher agreed, and when"


def _method(entry: Mapping[str, Any]) -> Iterator[Fault]:
    method, body = entry.get("method", "GET"), entry.get("body")
    if body is not None and method == "GET":
        yield ("method",), "must be POST where there is a body"
    if body is None and method == "POST":
        yield ("body",), "is missing: POST sends JSON"


def _paging(entry: Mapping[str, Any]) -> Iterator[Fault]:
    paging = entry.get("paging")
    if not isinstance(paging, Mapping) or paging.get("place") != PagingIn.BODY:
        return
    body = _json(entry.get("body"))
    if not isinstance(body, Mapping):
        yield ("paging", "place"), "is body, so `body` must be a JSON object"
        return
    for key in ("offset", "size_name"):
        path = paging.get(key)
        if isinstance(path, str) and path and not _has(body, path):
            yield ("paging", key), f"the body has no {path!r}; name a key that stands in it"


def _headers(entry: Mapping[str, Any]) -> Iterator[Fault]:
    headers = entry.get("headers")
    for name, value in headers.items() if isinstance(headers, Mapping) else ():
        fault = header_fault(name, value) if isinstance(name, str) and isinstance(value, str) else None
        if fault is not None:
            yield ("headers", name), fault


def _gaps(entry: Mapping[str, Any]) -> Iterator[Fault]:
    url = entry.get("url")
    gaps = day_gaps(url) if isinstance(url, str) else ()
    for fault in filter(None, map(gap_fault, gaps)):
        yield ("url",), fault
    may = entry.get("kind") in _WITH_DAYS
    if gaps and not (may and isinstance(entry.get("days"), int)):
        told = "say how many `days` back it lies" if may else f"only {' and '.join(_WITH_DAYS)} have `days`"
        yield ("url",), f"has {{{gaps[0]}}} in it; {told}"
    if may and not gaps and isinstance(entry.get("days"), int):
        yield ("days",), "is used where the address has {since} in it; write it there, or remove this"


def _json(body: object) -> object:
    if not isinstance(body, str):
        return body
    try:
        return json.loads(body)
    except ValueError:
        return None


def _has(body: Mapping[str, Any], path: str) -> bool:
    found: Any = body
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return False
        found = found[name]
    return True
