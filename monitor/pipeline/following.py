"""From items to their documents, and from an official page to the agreement's own text beside it."""

import logging
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Self
from urllib.parse import unquote

from monitor.errors import ExtractError, MonitorError
from monitor.health import check_document_reply, same_site
from monitor.model import (
    Attachment,
    Document,
    Exchange,
    Item,
    ItemsRead,
    Passage,
    PassageKind,
    ReadJob,
    Reply,
    Request,
    Source,
    Transport,
    document_id,
)
from monitor.pipeline.asking import is_publishers
from monitor.pipeline.parts import Parts
from monitor.reading import agreement_texts, paper_title
from monitor.sources import document_request, paper_request

_log = logging.getLogger(__name__)

_MAY_COME = timedelta(days=3)  # from an item's date to the appearance of its page
_ENTRY_ONLY = "entry-only"
_MOST_PAPERS = 2  # beside one announcement; a page that is only the door to its PDF counts
_PASSING = frozenset({Transport.TIMEOUT, Transport.CONNECTION, Transport.TRUNCATED, Transport.UNRESOLVED})


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents of some items, with all that was asked for them.

    ``failed_keys`` are items that are asked for again at the next poll; ``refused`` says what never
    will be read, and why. ``pages`` were read in the network, of which ``shapeless`` without the text
    that the source's selector names.
    """

    items: tuple[Item, ...]
    documents: tuple[Document, ...]
    exchanges: tuple[Exchange, ...]
    failed_keys: frozenset[str]
    refused: tuple[str, ...] = ()
    pages: int = 0
    shapeless: int = 0

    def without_stopgaps(self, known: Container[str]) -> Self:
        """Leave out what only a list says of known items whose pages failed: they are asked for again.

        A list's few words must not stand in for a page that was read before.
        """
        failed = {key for key in self.failed_keys if key in known}
        kept = tuple(each for each in self.documents if not (_is_stopgap(each) and each.item_key in failed))
        return replace(self, documents=kept)


def _is_stopgap(document: Document) -> bool:
    return _ENTRY_ONLY in document.flags


def gather(
    parts: Parts,
    source: Source,
    items: Sequence[Item],
    ready: Mapping[str, Document],
    slot: datetime,
    listed_in: Mapping[str, str],
    at_hand: Mapping[str, Reply] = MappingProxyType({}),
) -> Gathered:
    """Return the documents of ``items``: those at hand, those at their pages, and papers beside them.

    A document that cannot be read stops no other. Where a page is gone, or is not to be asked for,
    what the list says of the item stands for it; ``listed_in`` names the list's bytes, by item. ``at_hand``
    are pages that came already, by item.
    """
    errand = _Errand(parts, source, slot, listed_in, at_hand)
    for item in items:
        errand.run(item, ready.get(item.key))
    return errand.gathered()


def entry_document(
    source: Source, item: Item, now: datetime, body_sha256: str | None = None
) -> Document | None:
    """Return what the entry itself says as a document: its title and summary are published words too.

    None for an item that its list gives no words. ``body_sha256`` names the bytes of that list.
    """
    if not item.title:
        return None
    passages = [Passage(PassageKind.TITLE, item.title)]
    passages += [Passage(PassageKind.PARAGRAPH, line) for line in item.summary.split("\n") if line.strip()]
    url = item.url or source.url
    return Document(
        id=document_id(source.id, url, item.title, tuple(passages)),
        source_id=source.id,
        url=url,
        title=item.title,
        lang=item.lang or source.lang,
        passages=tuple(passages),
        retrieved=now,
        published=item.published,
        voice=source.voice,
        official=source.official,
        publisher=source.publisher,
        item_key=item.key,
        body_sha256=body_sha256,
        flags=(_ENTRY_ONLY,),
    )


def stored(parts: Parts, reply: Reply) -> Exchange:
    """Store the body before any row cites it; return the exchange that does."""
    if reply.body is None:
        return reply.exchange
    return replace(reply.exchange, body_sha256=parts.evidence.put(reply.body), body_bytes=len(reply.body))


@dataclass(slots=True)
class _Errand:
    """Fetches and reads, and keeps what came of it."""

    parts: Parts
    source: Source
    slot: datetime
    listed_in: Mapping[str, str]
    at_hand: Mapping[str, Reply]
    items: list[Item] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    pages: int = 0
    shapeless: int = 0

    def run(self, item: Item, ready: Document | None) -> None:
        """Get an item's document and what stands beside it."""
        document = ready
        if document is None and self.source.follow and item.url:
            document = self._page(item)
        if document is not None and self.source.follow:
            self._papers(item, document)
        if document is None:
            listed_in = self.listed_in.get(item.key)
            document = entry_document(self.source, item, self.parts.clock.now(), listed_in)
        if document is None:
            self.items.append(item)
            return
        self.items.append(item if item.title else replace(item, title=document.title))
        self.documents.append(document)

    def gathered(self) -> Gathered:
        """Return all of it."""
        return Gathered(
            tuple(self.items),
            tuple(self.documents),
            tuple(self.exchanges),
            frozenset(self.failed),
            tuple(self.refused),
            self.pages,
            self.shapeless,
        )

    def _page(self, item: Item) -> Document | None:
        if (reply := self.at_hand.get(item.key)) is not None:
            self.exchanges.append(stored(self.parts, reply))
        else:
            reply = self._fetch(document_request(self.source, item))
        outcome = self._read(ReadJob(self.source, reply.exchange, reply.body or b"", item), reply)
        if outcome.document is None:
            if not outcome.refused and not self._is_gone(item, reply.exchange):
                self.failed.add(item.key)
            return None
        self.pages += 1
        self.shapeless += "main-selector-missed" in outcome.document.flags
        return outcome.document

    def _is_gone(self, item: Item, exchange: Exchange) -> bool:
        """Whether a page is not worth asking for again: lists name pages before they are there."""
        if exchange.status != 404 or item.published is None:
            return exchange.status in (404, 410)
        return abs(self.parts.clock.now().date() - item.published.first) > _MAY_COME

    def _papers(self, item: Item, document: Document) -> None:
        """Read the papers that may be the agreement's own text, and what a page of such a paper links to."""
        waiting = list(agreement_texts(document))
        asked = {document.url, item.url}
        left = _MOST_PAPERS
        while waiting and left:
            paper = waiting.pop(0)
            if paper.url in asked or not self._is_publishers(item, paper):
                continue
            asked.add(paper.url)
            left -= 1
            found = self._paper(item, document, paper)
            if found is not None:
                self.documents.append(found)
                waiting = [*agreement_texts(found), *waiting]

    def _is_publishers(self, item: Item, paper: Attachment) -> bool:
        """Whether a paper is on the publisher's site, where its pages or its list are."""
        at_page = bool(item.url) and same_site(item.url or "", paper.url)
        return at_page or is_publishers(self.source, paper.url)

    def _paper(self, item: Item, beside: Document, paper: Attachment) -> Document | None:
        reply = self._fetch(paper_request(self.source, paper.url))
        day = item.published or beside.published
        named = replace(item, title=paper_title(paper), url=paper.url, read_at=None, published=day)
        source = replace(self.source, main=None)  # that selector is made for news pages
        outcome = self._read(ReadJob(source, reply.exchange, reply.body or b"", named), reply)
        if outcome.document is None and _is_passing(reply.exchange):
            self.failed.add(item.key)
        return outcome.document

    def _fetch(self, request: Request) -> Reply:
        reply = self.parts.fetcher.fetch(request, slot=self.slot, number=len(self.exchanges))
        self.exchanges.append(stored(self.parts, reply))
        return reply

    def _read(self, job: ReadJob, reply: Reply) -> "_Outcome":
        objection = check_document_reply(reply)
        if objection is not None or reply.body is None:
            detail = objection.detail if objection else "no body came"
            _log.warning("%s: %s: %s", self.source.id, job.exchange.url, detail)
            return _Outcome()
        try:
            read = self.parts.reader.read(job)
        except MonitorError as error:
            _log.warning("%s", error)
            refused = isinstance(error, ExtractError) and error.permanent
            if refused:
                name = unquote(job.exchange.url.rpartition("/")[2]) or job.exchange.url
                self.refused.append(f"{name}: {str(error).removeprefix(f'{self.source.id}: ')}")
            return _Outcome(refused=refused)
        return _Outcome(read.document if not isinstance(read, ItemsRead) else None)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A document, or none; ``refused``: and never will be, so that asking again is of no use."""

    document: Document | None = None
    refused: bool = False


def _is_passing(exchange: Exchange) -> bool:
    return exchange.transport in _PASSING or (exchange.status or 0) >= 500
