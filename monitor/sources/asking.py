"""What to ask a source: the first request, its items' documents, and when validators are worth keeping."""

import dataclasses
import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from monitor.model import Item, PageValidators, Request, Source, SourceKind, Validators
from monitor.sources.paging import Progress, following_pages, page_request, request_at
from monitor.sources.templates import day_gaps, fill_days, fill_twin

_DOCUMENT_BYTES = 50_000_000
_JSON = "application/json, */*;q=0.5"
_HTML = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_ACCEPT: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.FEED: "application/atom+xml, application/rss+xml, application/feed+json,"
        " application/xml;q=0.9, */*;q=0.5",
        SourceKind.REGISTER: _JSON,
        SourceKind.API: _JSON,
        SourceKind.SITEMAP: "application/xml, text/xml, */*;q=0.5",
        SourceKind.LISTING: _HTML,
        SourceKind.PAGE: _HTML,
    }
)
# What changes neither the question nor what its answer means.
_REMARKS = frozenset(
    [
        "note",
        "citations",
        "verified",
        "every_s",
        "reach",
        "enabled",
        "licence",
        "quote_words",
        "expect",
        "robots",
    ]
)
_DECISIVE = tuple(field.name for field in dataclasses.fields(Source) if field.name not in _REMARKS)
_LONGEST_BACK = 3_650  # days


def first_request(source: Source, validators: Validators | None, today: date) -> Request:
    """Return what to ask a source at the beginning of a poll.

    The address is sent as it is written in the file, ``>=`` and all, with its days filled in.
    """
    request = _in_full(source, page_request(source, 0, 0), today)
    if validators is None or not may_be_unchanged(source):
        return request
    return dataclasses.replace(request, etag=validators.etag, last_modified=validators.last_modified)


def request_again(source: Source, page: PageValidators, today: date) -> Request:
    """Return what to ask for a further page that was read before.

    Nobody promises that page two is unchanged because page one is: each is asked.
    """
    request = _in_full(source, request_at(source, page.url), today)
    return dataclasses.replace(request, etag=page.etag, last_modified=page.last_modified)


def next_requests(
    source: Source, progress: Progress, today: date, *, back_pages: int, whole: bool = False
) -> tuple[Request, ...]:
    """Return the requests for the pages that follow; empty when enough has been read.

    Args:
        source: Its entry.
        progress: What has been read so far.
        today: The day on which the poll began.
        back_pages: How many pages may be read in all to go back to what is known.
        whole: Read a register that is capped at some pages to its end.
    """
    following = following_pages(source, progress, back_pages=back_pages, whole=whole)
    return tuple(_in_full(source, request, today) for request in following)


def document_request(source: Source, item: Item) -> Request:
    """Return what to ask for an item's document.

    Raises:
        ValueError: the item has no address.
    """
    if item.url is None:
        raise ValueError(f"{item.key} has no address")
    url = item.read_at or item.url
    if source.document and source.document.url and not item.read_at:
        url = fill_twin(source.document.url, item.url)
    return paper_request(source, url)


def paper_request(source: Source, url: str) -> Request:
    """Return what to ask for a paper of the source's at some address."""
    return Request(
        source.id,
        url,
        allow_http=source.allow_http,
        ca_file=source.ca_file,
        max_bytes=_DOCUMENT_BYTES,
        cookies_from=source.cookies_from,
    )


def reaching_back_to(source: Source, since: date | None, today: date) -> Source:
    """Return the source asked, or read, back to ``since``, where it has a window at all; never less far."""
    if source.days is None or since is None:
        return source
    days = min((today - since + timedelta(days=1)).days, _LONGEST_BACK)
    return dataclasses.replace(source, days=max(source.days, days))


def may_be_unchanged(source: Source) -> bool:
    """Return whether the same is asked at every poll, by address alone, and so may be unchanged."""
    return source.method == "GET" and not day_gaps(source.url)


def config_sha256(source: Source) -> str:
    """Return a hash of what decides on the question and on the meaning of its answer.

    Validators that were stored under another hash are not used: an edited entry is read anew.
    """
    return hashlib.sha256(repr([getattr(source, name) for name in _DECISIVE]).encode()).hexdigest()


def _in_full(source: Source, request: Request, today: date) -> Request:
    since = today - timedelta(days=source.days or 0)
    url = fill_days(request.url, since=since, today=today) if source.days else request.url
    return dataclasses.replace(request, url=url, headers=_headers(source))


def _headers(source: Source) -> tuple[tuple[str, str], ...]:
    given = {name.lower() for name, _ in source.headers}
    accept = _ACCEPT.get(source.kind)
    defaults = [("Accept", accept)] if accept else []
    if source.body is not None:
        defaults.append(("Content-Type", "application/json"))
    return (*((name, value) for name, value in defaults if name.lower() not in given), *source.headers)
