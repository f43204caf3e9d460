"""Look at an address that nobody has entered yet: what it offers to be polled, and what each offer shows."""

from dataclasses import dataclass, replace

from monitor.errors import ExtractError, FetchError
from monitor.fetching import masked
from monitor.health import check_source_reply
from monitor.model import (
    DateOrder,
    Discovered,
    ItemsRead,
    ReadJob,
    Source,
    SourceKind,
)
from monitor.pipeline.parts import Parts
from monitor.pipeline.poll import try_source
from monitor.sources import paper_request

_MOST_TRIED = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A source that could be polled, by the kind it would have, with what it shows now."""

    source: Source
    title: str
    tried: dict[str, object]

    @property
    def works(self) -> bool:
        """Whether it gives items now."""
        return bool(self.tried["items_in_all"])


def look_at(
    parts: Parts, url: str, lang: str, paths: tuple[str, ...] = (), *, allow_http: bool = False
) -> tuple[Offer, ...]:
    """Return what ``url`` offers: itself as a list, the feeds that it names, its list of news as selectors.

    A page that offers none of these can be watched itself, for edits of its text.

    Args:
        parts: With the gate to the web, and the reader.
        url: Where a person found the news.
        lang: The language to read days in, where the page does not say.
        paths: Which pages of a sitemap are wanted.
        allow_http: Whether a site without https may be asked.

    Raises:
        FetchError: the address gives no usable answer.
        ExtractError: it cannot be read at all.
    """
    probe = Source(
        "new-source", SourceKind.PAGE, publisher=url, url=url, lang=lang or "en", allow_http=allow_http
    )
    now = parts.clock.now()
    reply = parts.fetcher.fetch(paper_request(probe, url), slot=now, number=0)
    objection = check_source_reply(probe, reply)
    if objection is not None or reply.body is None:
        reason = objection.reason.code if objection else "no-body"
        detail = objection.detail.removeprefix(f"{probe.id}: ") if objection else "no body came"
        raise FetchError(masked(url), reason, detail)  # what was typed may hold a password
    read = parts.reader.read(ReadJob(probe, reply.exchange, reply.body, look=True))
    if not isinstance(read, ItemsRead) or read.found is None:
        raise ExtractError(url, "nothing could be read from it")
    named = replace(probe, lang=lang or read.found.lang or "en")
    return tuple(
        Offer(source, title, try_source(parts, source, now))
        for source, title in _sources(named, read.found, paths or ("*",))
    )


def _sources(probe: Source, found: Discovered, paths: tuple[str, ...]) -> list[tuple[Source, str]]:
    if found.kind is SourceKind.SITEMAP:
        return [(replace(probe, kind=found.kind, paths=paths, days=30), found.title)]
    if found.kind is not None:
        return [(replace(probe, kind=found.kind), found.title)]
    feeds = [
        (replace(probe, kind=SourceKind.FEED, url=url), title or found.title)
        for url, title in found.feeds[:_MOST_TRIED]
    ]
    if found.listing is None:
        return feeds or [(probe, found.title)]
    listing = replace(probe, kind=SourceKind.LISTING, listing=found.listing, date_order=DateOrder.DMY)
    return [*feeds, (listing, found.title)]
