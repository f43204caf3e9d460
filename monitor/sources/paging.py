"""Which page to ask for next: to the stated total, or back to what is known."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from monitor.model import Paging, PagingBy, PagingIn, Request, Source, SourceKind

MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a source's pages has come.

    ``more`` are pages that the replies name and that were not asked for yet. ``reached``: what is known
    already, or the day to go back to, has been seen; ``empty``: the last page listed nothing.
    """

    pages: int
    listed: int
    total: int | None = None
    more: tuple[str, ...] = ()
    reached: bool = True
    empty: bool = False


def following_pages(
    source: Source, progress: Progress, *, back_pages: int, whole: bool = False
) -> tuple[Request, ...]:
    """Return the requests for the pages that follow, without headers; empty when enough has been read."""
    if source.kind is SourceKind.SITEMAP:
        return tuple(request_at(source, url) for url in progress.more)
    going_back = not progress.reached and progress.pages < back_pages
    wanted = going_back or progress.pages < (source.listing.pages if source.listing else 0)
    if progress.more:
        return tuple(request_at(source, url) for url in progress.more[:1] if wanted)
    if source.paging is None:
        return ()
    if source.paging.total:
        wanted = _is_below_total(source.paging, progress, whole=whole)
    return (page_request(source, progress.listed, progress.pages),) if wanted and not progress.empty else ()


def may_go_back(source: Source) -> bool:
    """Return whether a source can be asked for more than what it shows first."""
    if source.kind is SourceKind.SITEMAP or source.days is not None:
        return True
    return bool(source.paging or (source.listing and source.listing.next))


def stops_short(source: Source, progress: Progress, *, whole: bool = False) -> bool:
    """Return whether a page was empty although the source says that there is more."""
    paging = source.paging
    return bool(paging and paging.total and progress.empty and _is_below_total(paging, progress, whole=whole))


def page_request(source: Source, rows: int, pages: int) -> Request:
    """Return the request for what follows ``rows`` rows on ``pages`` pages, without headers.

    Raises:
        ValueError: it is not the first page, and the source has no paging.
    """
    url, body = source.url, source.body
    paging = source.paging
    if paging is None and pages:
        raise ValueError(f"{source.id} has no paging")
    if source.kind is SourceKind.INBOX:
        url = f"inbox:{source.folder}"
    if paging is not None and (paging.total or pages):
        number = paging.first + (pages if paging.by is PagingBy.PAGES else rows)
        if paging.place is PagingIn.QUERY:
            url = _paged_url(url, paging, number)
        else:
            body = _paged_body(body or "{}", paging, number)
    return request_at(source, url, None if body is None else body.encode())


def request_at(source: Source, url: str, body: bytes | None = None) -> Request:
    """Return the request for one address of a source, without headers."""
    return Request(
        source_id=source.id,
        url=url,
        method=source.method,
        body=body,
        allow_http=source.allow_http,
        ca_file=source.ca_file,
        cookies_from=source.cookies_from,
    )


def _is_below_total(paging: Paging, progress: Progress, *, whole: bool) -> bool:
    if progress.listed >= (progress.total or 0):
        return False
    return whole or paging.pages is None or progress.pages < paging.pages


def _paged_url(url: str, paging: Paging, number: int) -> str:
    address, _, query = url.partition("?")
    pieces = [piece for piece in query.split("&") if piece]
    for name, value in _parameters(paging, number):
        piece = f"{name}={value}"
        at = [i for i, each in enumerate(pieces) if unquote(each.partition("=")[0]) == name]
        if at:
            pieces[at[0]] = piece
        else:
            pieces.append(piece)
    return f"{address}?{'&'.join(pieces)}"


def _paged_body(text: str, paging: Paging, number: int) -> str:
    body = json.loads(text)
    for name, value in _parameters(paging, number):
        *parents, last = name.split(".")
        place: Any = body
        for parent in parents:
            place = place[parent]
        place[last] = value
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _parameters(paging: Paging, number: int) -> tuple[tuple[str, int], ...]:
    asked = (paging.offset, number)
    return (asked, (paging.size_name, paging.size)) if paging.size_name else (asked,)
