"""Pages of the last days, asked for again once a day: many are edited while their list says the same.

A correction of a date, or a signing added to yesterday's statement, stands on the page alone. A few
pages a poll, conditionally, and only where a source has pages of its own: what a page says now is read as if
its list had named it anew. That a page is gone changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.health import check_document_reply
from monitor.model import Exchange, Item, Reply, Source, SourceKind, SourceState, Transport
from monitor.pipeline.following import stored
from monitor.pipeline.parts import Parts
from monitor.sources import document_request

_RECENT = timedelta(days=7)  # since a page was first read
_EVERY = timedelta(hours=20)  # a daily poll is minutes early or late
_MOST = 10  # pages a source, the latest first
_WITH_PAGES = frozenset({SourceKind.FEED, SourceKind.LISTING, SourceKind.SITEMAP, SourceKind.API})


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Items whose pages are other bytes now, with the replies by the items' keys; and what else was asked.

    ``at`` is when the pages were last asked for again, None where that begins with this poll.
    """

    at: datetime | None = None
    items: tuple[Item, ...] = ()
    replies: Mapping[str, Reply] = field(default_factory=dict)
    exchanges: tuple[Exchange, ...] = ()


def ask_pages_again(parts: Parts, source: Source, state: SourceState, slot: datetime) -> AskedAgain:
    """Return which pages of a source have been edited, as far as it is time to look."""
    now = parts.clock.now()
    if source.kind not in _WITH_PAGES or not source.follow:
        return AskedAgain()
    if state.pages_asked_at is None:
        return AskedAgain(now)
    if now - state.pages_asked_at < _EVERY:
        return AskedAgain(state.pages_asked_at)
    items: list[Item] = []
    replies: dict[str, Reply] = {}
    exchanges: list[Exchange] = []
    for number, (item, last) in enumerate(_recent(parts, source, now)):
        etag, modified = last.header("etag"), last.header("last-modified")
        request = replace(document_request(source, item), etag=etag, last_modified=modified)
        reply = parts.fetcher.fetch(request, slot=slot, number=number)
        if _is_edited(parts, reply, last):
            items.append(item)
            replies[item.key] = reply
        else:
            exchanges.append(stored(parts, reply))
    return AskedAgain(now, tuple(items), replies, tuple(exchanges))


def _recent(parts: Parts, source: Source, now: datetime) -> list[tuple[Item, Exchange]]:
    """The pages that were first read in the last days, each with the reply that it was last read from."""
    asked: dict[str, list[Exchange]] = {}
    for exchange in parts.store.exchanges(source.id, since=now - 2 * _RECENT):
        asked.setdefault(exchange.url, []).append(exchange)
    asked.pop(source.url, None)
    if not asked:
        return []
    pages = {document_request(source, item).url: item for item in parts.store.items(source.id) if item.url}
    found = [
        (pages[url], last)
        for url, each in asked.items()
        if url in pages and (last := _last_read(each, now)) is not None
    ]
    return sorted(found, key=lambda pair: pair[1].asked_at, reverse=True)[:_MOST]


def _last_read(exchanges: Sequence[Exchange], now: datetime) -> Exchange | None:
    """The last full reply; None where the page is no longer recent, or was asked for a moment ago."""
    times = [each.asked_at for each in exchanges]
    if now - min(times) > _RECENT or now - max(times) < _EVERY:
        return None
    return next((each for each in _latest_first(exchanges) if each.status == 200), None)


def _latest_first(exchanges: Iterable[Exchange]) -> list[Exchange]:
    return sorted(exchanges, key=lambda each: each.asked_at, reverse=True)


def _is_edited(parts: Parts, reply: Reply, last: Exchange) -> bool:
    if reply.body is None or reply.exchange.transport is not Transport.ANSWERED:
        return False
    return check_document_reply(reply) is None and stored(parts, reply).body_sha256 != last.body_sha256
