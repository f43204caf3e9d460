"""A source: something that is polled, and for whom it speaks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.party import PartyCode


class SourceKind(StrEnum):
    """How a source is read; one reader a kind in ``reading/``."""

    FEED = "feed"
    REGISTER = "register"
    API = "api"
    SITEMAP = "sitemap"
    LISTING = "listing"
    PAGE = "page"
    INBOX = "inbox"


class Reach(StrEnum):
    """Whether a machine can be expected to be answered."""

    OPEN = "open"
    DEPENDS = "depends"  # on the address or the day
    WALLED = "walled"  # refuses machines; counts as failed only when that changes
    MANUAL = "manual"  # never polled; a person looks


class Robots(StrEnum):
    """Whether the site's robots.txt decides on what is asked."""

    OBEY = "obey"
    IGNORE = "ignore"  # the publisher has agreed; the entry's note says so


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a good reply looks like; a breach makes the poll suspect."""

    min_items: int = 1
    max_drop: float = 0.3
    requires: tuple[str, ...] = ()


class PagingIn(StrEnum):
    """Where a page's offset is asked for."""

    QUERY = "query"
    BODY = "body"  # a JSON body: ``offset`` and ``size_name`` are its keys, ``a.b`` for one within another


class PagingBy(StrEnum):
    """What the parameter that asks for a page counts."""

    ROWS = "rows"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Paging:
    """How further pages are asked for: by a parameter, until the stated total is reached.

    ``total`` is a JMESPath expression in the reply; ``size`` is rows a page. ``first`` is the number
    of the first row or page, 0 or 1. ``pages`` stops earlier: for a long register sorted newest first.
    Where nothing states a total (``total`` is empty: feeds), earlier pages are asked for only to go back
    to what is known.
    """

    offset: str
    size: int
    total: str
    size_name: str = ""
    place: PagingIn = PagingIn.QUERY
    first: int = 0
    pages: int | None = None
    by: PagingBy = PagingBy.ROWS


class DateOrder(StrEnum):
    """How a register writes days in figures."""

    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a page that lists news keeps what; CSS selectors, those below ``item`` from the item.

    An empty ``link`` is the item itself or its first link, an empty ``title`` the link's own text.
    ``pages`` are read at every poll, more only to go back to what is known.
    """

    item: str
    link: str = ""
    title: str = ""
    date: str = ""
    summary: str = ""
    next: str = ""
    pages: int = 1


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """Where a document that is JSON keeps what; JMESPath expressions.

    ``url`` is the address of an item's JSON made from the item's own, ``{url}``, ``{path}``; empty where
    the item's address, or the row, gives it. ``withdrawn`` finds something where a notice of withdrawal
    stands.
    """

    title: str
    text: str
    url: str = ""
    published: str = ""
    attachments: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of sources.yaml. ``voice`` is None for press; pairs keep the file's order.

    ``days``: only what is at most so many days old is asked for or read. ``hosts`` are further hosts of
    the publisher. ``paths`` and ``maps`` choose among a sitemap's addresses; ``folder`` and ``senders``
    are an inbox's.
    """

    id: str
    kind: SourceKind
    publisher: str
    url: str
    lang: str
    official: bool = True
    voice: PartyCode | None = None
    licence: str = ""
    quote_words: int | None = None
    reach: Reach = Reach.OPEN
    enabled: bool = True
    every_s: int = 3600
    timezone: str = "UTC"
    method: str = "GET"
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    allow_http: bool = False
    ca_file: str | None = None
    robots: Robots = Robots.OBEY
    cookies_from: str | None = None
    verified: date | None = None
    citations: tuple[str, ...] = ()
    follow: bool = True
    main: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    rows: str | None = None
    date_order: DateOrder = DateOrder.ISO
    paging: Paging | None = None
    hosts: tuple[str, ...] = ()
    document: JsonDocument | None = None
    days: int | None = None
    paths: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    listing: Listing | None = None
    folder: str = ""
    senders: tuple[str, ...] = ()
    expect: Expectation = Expectation()
    note: str = ""

    def field(self, name: str) -> str | None:
        """Return the expression of a mapped field, or None."""
        return dict(self.fields).get(name)
