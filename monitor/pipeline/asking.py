"""Ask a source for its list, page by page, and have it read: to the end, or back to what is known."""

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from monitor.errors import ExtractError
from monitor.health import check_source_reply, same_site
from monitor.model import (
    Document,
    Exchange,
    Item,
    ItemsRead,
    ReadJob,
    Reply,
    Request,
    Source,
    SourceKind,
    Transport,
    Validators,
)
from monitor.pipeline.parts import Parts
from monitor.sources import (
    MOST_PAGES,
    Progress,
    first_request,
    next_requests,
    request_again,
    stops_short,
)

_BACK_PAGES = 10  # at a poll, to find something known; a backfill goes further
_MOST_DEPTH = 3  # a list of sitemaps may name others


@dataclass(frozen=True, slots=True)
class Aim:
    """How far a source is read. ``known`` are the versions stored by key.

    A poll goes back until it meets something known; a backfill to the day ``since``.
    """

    known: Mapping[str, str]
    since: date | None = None

    @property
    def is_backfill(self) -> bool:
        """Whether more than what is new is asked for."""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """All that was asked of a source at one slot, and what was read of it.

    ``replies`` are judged; ``beyond`` only tell that there is no earlier page, or not now, or that this
    page has not changed but another has. ``went_back``: earlier pages were asked for than a poll must read.
    ``reached``: what was aimed at. ``at_end``: nothing earlier is listed. ``met_known``: below what was not
    known, something known was met. ``listed_in`` names the body that lists each item, by its key.
    """

    replies: tuple[Reply, ...]
    read: ItemsRead | None
    error: str = ""
    unchanged: bool = False
    beyond: tuple[Reply, ...] = ()
    went_back: bool = False
    reached: bool = True
    at_end: bool = False
    met_known: bool = False
    listed_in: Mapping[str, str] = field(default_factory=dict)


def ask(parts: Parts, source: Source, slot: datetime, validators: Validators | None, aim: Aim) -> Asked:
    """Return what a source answers.

    A failed page is a failed poll: half a register must never look like the whole. Earlier pages, asked
    for only to go back, may fail. Where no page has changed since ``validators`` were kept, none is read.
    """
    today = parts.clock.now().date()
    trail = _Trail(source, aim)
    if validators is not None:
        unchanged = _ask_again(parts, trail, slot, validators, today)
        if unchanged is not None:
            return unchanged
    waiting = deque([(trail.begin(first_request(source, None, today)), 1)])
    while waiting:
        request, depth = waiting.popleft()
        if trail.count == MOST_PAGES:
            return trail.failed(f"the source shows more than {MOST_PAGES} pages; narrow its address")
        reply = trail.at_hand(request) or parts.fetcher.fetch(request, slot=slot, number=trail.number())
        if trail.goes_back and check_source_reply(source, reply) is not None:
            return trail.ended(reply)
        trail.replies.append(reply)
        if reply.body is None or not is_fine(reply.exchange):
            return trail.failed("")
        if fault := _read(parts, trail, reply, reply.body):
            return trail.failed(fault)
        following = next_requests(
            source, trail.progress, today, back_pages=trail.back_pages, whole=aim.is_backfill
        )
        if depth < trail.most_depth:
            waiting.extend((each, depth + 1) for each in trail.new(following))
    return trail.done()


def _ask_again(parts: Parts, trail: "_Trail", slot: datetime, kept: Validators, today: date) -> Asked | None:
    """Ask for what was read at the last success; None where something has changed, and must be read."""
    source = trail.source
    pages = [(first_request(source, kept, today), kept.body_sha256)]
    pages += [(request_again(source, page, today), page.body_sha256) for page in kept.further]
    replies: list[Reply] = []
    for request, sha256 in pages:
        reply = parts.fetcher.fetch(request, slot=slot, number=trail.number())
        replies.append(reply)
        if reply.exchange.transport is Transport.NOT_MODIFIED:
            continue
        if reply.body is None or not is_fine(reply.exchange):
            return Asked(tuple(replies), None)
        if _sha256(reply.body) != sha256:
            trail.keep(replies)
            return None
    return Asked(tuple(replies), None, unchanged=True)


def _read(parts: Parts, trail: "_Trail", reply: Reply, body: bytes) -> str:
    """Take in what a reply holds; return what is wrong with it, or nothing."""
    try:
        return trail.take(parts.reader.read(ReadJob(trail.source, reply.exchange, body)), _sha256(body))
    except ExtractError as error:
        return str(error)


def is_fine(exchange: Exchange) -> bool:
    """Return whether a complete reply with status 200 came."""
    return exchange.transport is Transport.ANSWERED and exchange.status == 200


@dataclass(slots=True)
class _Trail:
    """What has been read so far of one source."""

    source: Source
    aim: Aim
    replies: list[Reply] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    listed_in: dict[str, str] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    flags: dict[str, None] = field(default_factory=dict)
    listed: int = 0
    last: ItemsRead | None = None
    asked: set[tuple[str, bytes | None]] = field(default_factory=set)
    ready: dict[str, Reply] = field(default_factory=dict)
    in_vain: tuple[Reply, ...] = ()
    sent: int = 0
    new_seen: bool = False
    met_known: bool = False
    reached: bool = False

    @property
    def count(self) -> int:
        return len(self.replies)

    def number(self) -> int:
        """The number of the next request of this poll."""
        self.sent += 1
        return self.sent - 1

    def keep(self, replies: list[Reply]) -> None:
        """Take in what came when it was asked whether anything has changed."""
        self.ready = {each.exchange.url: each for each in replies if each.body is not None}
        self.in_vain = tuple(each for each in replies if each.body is None)

    def at_hand(self, request: Request) -> Reply | None:
        """What came for a request already; it is given once."""
        return self.ready.pop(request.url, None) if request.body is None else None

    @property
    def back_pages(self) -> int:
        return MOST_PAGES if self.aim.is_backfill else _BACK_PAGES

    @property
    def most_depth(self) -> int:
        """How far from the first page further ones may be named."""
        return _MOST_DEPTH if self.source.kind is SourceKind.SITEMAP else MOST_PAGES + 1

    def begin(self, request: Request) -> Request:
        """Note the first request, and return it."""
        self.asked.add((request.url, request.body))
        return request

    @property
    def goes_back(self) -> bool:
        """Whether the page that is asked for now is an earlier one than a poll must read."""
        return self._is_earlier(self.count + 1)

    def _is_earlier(self, page: int) -> bool:
        must = self.source.listing.pages if self.source.listing else 1
        return self.source.kind in (SourceKind.FEED, SourceKind.LISTING) and page > must

    @property
    def progress(self) -> Progress:
        last = self.last
        return Progress(
            pages=self.count,
            listed=self.listed,
            total=last.total if last else None,
            more=last.more if last else (),
            reached=self.reached,
            empty=last is not None and not (last.items or last.listed),
        )

    def take(self, read: object, body_sha256: str) -> str:
        """Add what a page holds; return what is wrong with it, or nothing."""
        assert isinstance(read, ItemsRead)  # noqa: S101 - a job without item reads items
        fresh = [item for item in read.items if item.key not in self.items]
        pages = self.source.paging is not None and bool(self.source.paging.total)
        if pages and self.count > 1 and read.items and not fresh:
            return f"page {self.count} repeats earlier rows: the site does not understand `paging.offset`"
        if self._is_earlier(self.count) and not fresh:
            self.last = ItemsRead(())  # beyond its last page a site shows none, or the last one again
            return ""
        self.items |= {item.key: item for item in fresh}
        self.listed_in |= {item.key: body_sha256 for item in fresh}
        kept = {item.key for item in fresh}
        self.documents += [each for each in read.documents if each.item_key in kept]
        self.flags |= dict.fromkeys(read.flags)
        self.listed += len(read.items) if read.listed is None else read.listed
        self.last = read
        self._look_for_known(fresh)
        if stops_short(self.source, self.progress, whole=self.aim.is_backfill):
            return f"page {self.count} is empty: {self.listed} rows came, the source says {read.total}"
        return ""

    def new(self, requests: tuple[Request, ...]) -> Iterator[Request]:
        """Yield the requests that were not made yet, on hosts of the publisher."""
        for request in requests:
            mark = (request.url, request.body)
            if mark not in self.asked and is_publishers(self.source, request.url):
                self.asked.add(mark)
                yield request

    def failed(self, error: str) -> Asked:
        return Asked(tuple(self.replies), None, error, beyond=self.in_vain)

    def ended(self, reply: Reply) -> Asked:
        """What was read before an earlier page did not come; the list ends where there is none."""
        return self._asked((reply,), at_end=reply.exchange.status in (400, 404, 410))

    def done(self) -> Asked:
        """What was read; a list without further pages has been read to its end."""
        source, last = self.source, self.last or ItemsRead(())
        if source.kind is SourceKind.FEED or (source.paging is not None and source.listing is not None):
            return self._asked((), at_end=source.paging is not None and self.progress.empty)
        return self._asked((), at_end=source.listing is None or not last.more)

    def _asked(self, beyond: tuple[Reply, ...], *, at_end: bool) -> Asked:
        last = self.last or ItemsRead(())
        read = ItemsRead(
            tuple(self.items.values()),
            tuple(self.documents),
            total=last.total,
            listed=self.listed,
            flags=tuple(self.flags),
        )
        return Asked(
            tuple(self.replies),
            read,
            beyond=(*self.in_vain, *beyond),
            went_back=bool(beyond) or self._is_earlier(self.count),
            reached=self.reached,
            at_end=at_end,
            met_known=self.met_known,
            listed_in=self.listed_in,
        )

    def _look_for_known(self, fresh: list[Item]) -> None:
        known, since = self.aim.known, self.aim.since
        for item in fresh:
            is_known = any(key in known for key in item.keys)
            if since is None:
                self.reached |= is_known or not known
            elif item.published is not None and item.published.last < since:
                self.reached = True
            self.met_known |= is_known and self.new_seen
            self.new_seen |= not is_known


def is_publishers(source: Source, url: str) -> bool:
    """Return whether an address is on the site of the source's publisher, or on a host that it names."""
    host = url.partition("://")[2].partition("/")[0].lower()
    return same_site(source.url, url) or host in source.hosts or host.partition(":")[0] in source.hosts


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
