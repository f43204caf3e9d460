"""What to ask a source: the first request, further pages, and when validators are worth keeping."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from monitor.model import Paging, PagingIn, Request, Source, SourceKind, Validators

_ACCEPT: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.FEED: "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
        SourceKind.REGISTER: "application/json, */*;q=0.5",
    }
)
# What changes neither the question nor what its answer means.
_REMARKS = frozenset(
    ["note", "citations", "verified", "every_s", "reach", "enabled", "licence", "quote_words", "expect"]
)


def first_request(source: Source, validators: Validators | None) -> Request:
    """Return what to ask a source at the beginning of a poll.

    The address is sent as it is written in the file, ``>=`` and all. Validators are used for GET
    without paging alone: nobody promises that page two is unchanged because page one is.
    """
    request = page_request(source, 0)
    if validators is None or source.method != "GET" or source.paging is not None:
        return request
    return dataclasses.replace(request, etag=validators.etag, last_modified=validators.last_modified)


def page_request(source: Source, offset: int) -> Request:
    """Return the request for the rows after the first ``offset`` ones.

    Raises:
        ValueError: ``offset`` is not 0, and the source has no paging.
    """
    url, body = source.url, source.body
    if source.paging is None and offset:
        raise ValueError(f"{source.id} has no paging")
    if source.paging is not None and source.paging.place is PagingIn.QUERY:
        url = _paged_url(url, source.paging, offset)
    if source.paging is not None and source.paging.place is PagingIn.BODY:
        body = _paged_body(body or "{}", source.paging, offset)
    return Request(
        source_id=source.id,
        url=url,
        method=source.method,
        body=None if body is None else body.encode(),
        headers=_headers(source),
        allow_http=source.allow_http,
        ca_file=source.ca_file,
    )


def has_next_page(source: Source, rows: int, total: int | None) -> bool:
    """Return whether a poll that has read ``rows`` rows goes on: to the total, or so many pages."""
    paging = source.paging
    if paging is None or rows >= (total or 0):
        return False
    return paging.pages is None or rows < paging.pages * paging.size


def config_sha256(source: Source) -> str:
    """Return a hash of what decides on the question and on the meaning of its answer.

    Validators that were stored under another hash are not used: an edited entry is read anew.
    """
    values = {key: value for key, value in dataclasses.asdict(source).items() if key not in _REMARKS}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _headers(source: Source) -> tuple[tuple[str, str], ...]:
    given = {name.lower() for name, _ in source.headers}
    defaults = [("Accept", _ACCEPT[source.kind])]
    if source.body is not None:
        defaults.append(("Content-Type", "application/json"))
    return (*((name, value) for name, value in defaults if name.lower() not in given), *source.headers)


def _paged_url(url: str, paging: Paging, offset: int) -> str:
    address, _, query = url.partition("?")
    pieces = [piece for piece in query.split("&") if piece]
    for name, value in _parameters(paging, offset):
        piece = f"{name}={value}"
        at = [i for i, each in enumerate(pieces) if unquote(each.partition("=")[0]) == name]
        if at:
            pieces[at[0]] = piece
        else:
            pieces.append(piece)
    return f"{address}?{'&'.join(pieces)}"


def _paged_body(text: str, paging: Paging, offset: int) -> str:
    body = json.loads(text)
    for name, value in _parameters(paging, offset):
        *parents, last = name.split(".")
        place: Any = body
        for parent in parents:
            place = place[parent]
        place[last] = value
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _parameters(paging: Paging, offset: int) -> tuple[tuple[str, int], ...]:
    asked = (paging.offset, paging.first + offset)
    return (asked, (paging.size_name, paging.size)) if paging.size_name else (asked,)
