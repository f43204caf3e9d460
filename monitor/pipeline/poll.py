"""One source's slot: ask, read, judge, follow new items to their documents, record it all at once."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.errors import ExtractError, MonitorError
from monitor.health import check_document_reply, judge
from monitor.model import (
    Batch,
    Document,
    Exchange,
    Item,
    ItemsRead,
    Passage,
    PassageKind,
    Poll,
    ReadJob,
    Reply,
    Request,
    Source,
    SourceState,
    Transport,
    Validators,
    Verdict,
    document_id,
)
from monitor.pipeline.derive import Derived, derive
from monitor.pipeline.parts import Parts
from monitor.sources import config_sha256, first_request, has_next_page, page_request

_log = logging.getLogger(__name__)

_FULL_FETCH_EVERY = timedelta(days=7)  # a server whose validators lie is found out within a week
_MOST_PAGES = 500
_ITEMS_A_BATCH = 1000  # keeps each write transaction short while a whole register is read
_DOCUMENT_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """What came of one source in one run. ``expected`` marks a source known to refuse machines."""

    source_id: str
    poll: Poll
    expected: bool = False
    changes: int = 0

    @property
    def failed(self) -> bool:
        """Whether a source that was expected to answer did not."""
        return not self.poll.verdict.is_success and not self.expected


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that was asked of a source at one slot, and what was read of it."""

    replies: tuple[Reply, ...]
    read: ItemsRead | None
    error: str = ""
    unchanged: bool = False


def poll_source(parts: Parts, source: Source, slot: datetime, state: SourceState) -> SourceOutcome:
    """Poll one source for one slot and record everything that follows."""
    validators = _usable_validators(parts, source)
    asked = _ask(parts, source, slot, validators)
    exchanges = tuple(_stored(parts, reply) for reply in asked.replies)
    known = parts.store.item_versions(source.id)
    now = parts.clock.now()
    answered = [question.id for question in parts.store.questions(open_only=False) if question.answered]
    judgement = judge(
        source, asked.replies, asked.read, asked.error, state, known, slot, now, answered=answered
    )
    batch = Batch(
        at=now,
        poll=judgement.poll,
        state=judgement.state,
        exchanges=exchanges,
        gaps=judgement.gaps,
        questions=judgement.questions,
    )
    if not judgement.poll.verdict.is_success:
        forgotten = (source.id, source.url, Validators())
        parts.store.save(replace(batch, validators=(forgotten,)))
        return SourceOutcome(source.id, judgement.poll, judgement.expected_failure)
    if asked.read is None or asked.unchanged:
        parts.store.save(batch)
        return SourceOutcome(source.id, judgement.poll)
    return _record_items(parts, source, asked.read, known, batch)


def record_items(
    parts: Parts, source: Source, read: ItemsRead, known: Mapping[str, str], batch: Batch
) -> tuple[int, int]:
    """Record a reply's new and edited items with their documents; return (items, changes) counts.

    Long registers are written in several transactions; ``batch``, with the poll's own row, comes
    with the last, so that a killed run asks again and finds the written items known.
    """
    fresh = [item for item in read.items if known.get(item.key) != item.version]
    ready = {document.item_key: document for document in read.documents}
    changes = 0
    chunks = [fresh[at : at + _ITEMS_A_BATCH] for at in range(0, len(fresh), _ITEMS_A_BATCH)] or [[]]
    incomplete = False
    for number, chunk in enumerate(chunks, 1):
        last = number == len(chunks)
        gathered = _gather(parts, source, chunk, ready, batch)
        incomplete |= gathered.incomplete
        derived = derive(parts, gathered.documents, batch.at)
        incomplete |= bool(derived.failed)
        part = batch if last else Batch(at=batch.at)
        if last and incomplete:
            part = _noting_incomplete(part, source)
        part = replace(
            part,
            items=part.items + _settled(gathered, derived),
            documents=part.documents + gathered.documents,
            exchanges=part.exchanges + gathered.exchanges,
            validators=part.validators + gathered.validators,
        )
        parts.store.save(derived.into(part))
        changes += len(derived.pending and {row.change_id for row in derived.pending})
    return len(fresh), changes


def _record_items(
    parts: Parts, source: Source, read: ItemsRead, known: Mapping[str, str], batch: Batch
) -> SourceOutcome:
    first = batch.exchanges[0]
    kept = Validators(
        etag=first.header("etag"),
        last_modified=first.header("last-modified"),
        body_sha256=first.body_sha256,
        config_sha256=config_sha256(source),
        full_fetch_at=batch.at,
    )
    # A source that pages, or whose first page alone is unchanged, cannot be asked conditionally.
    if source.paging is None:
        batch = replace(batch, validators=((source.id, source.url, kept),))
    _, changes = record_items(parts, source, read, known, batch)
    assert batch.poll is not None  # noqa: S101 - poll_source has set it
    return SourceOutcome(source.id, batch.poll, changes=changes)


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The documents of some items. An item whose document failed is asked for again at the next poll."""

    items: tuple[Item, ...]
    documents: tuple[Document, ...]
    exchanges: tuple[Exchange, ...]
    validators: tuple[tuple[str, str, Validators], ...]
    failed_keys: frozenset[str]

    @property
    def incomplete(self) -> bool:
        return bool(self.failed_keys)


def _gather(
    parts: Parts, source: Source, items: Sequence[Item], ready: Mapping[str, Document], batch: Batch
) -> _Gathered:
    documents: list[Document] = []
    exchanges: list[Exchange] = []
    failed: set[str] = set()
    slot = batch.poll.slot if batch.poll else batch.at
    for item in items:
        document = ready.get(item.key)
        if document is None and source.follow and item.url:
            number = len(batch.exchanges) + len(exchanges)
            reply = parts.fetcher.fetch(_document_request(source, item.url), slot=slot, number=number)
            exchanges.append(_stored(parts, reply))
            document = _read_document(parts, source, item, reply)
            if document is None and not _is_gone(reply.exchange):
                failed.add(item.key)
        documents.append(document or entry_document(source, item, batch.at))
    return _Gathered(tuple(items), tuple(documents), tuple(exchanges), (), frozenset(failed))


def _settled(gathered: _Gathered, derived: Derived) -> tuple[Item, ...]:
    """The items that need no second look: their document was read and understood."""
    unread = {document.item_key for document in gathered.documents if document.id in derived.failed}
    return tuple(
        item for item in gathered.items if item.key not in gathered.failed_keys and item.key not in unread
    )


def _noting_incomplete(batch: Batch, source: Source) -> Batch:
    """Say that some documents could not be read, and ask for the whole list again next time."""
    assert batch.poll is not None  # noqa: S101 - only the last part of a poll comes here
    detail = "some items' documents could not be read; they are asked for again at the next poll"
    poll = replace(batch.poll, reason="documents-missing", detail=detail)
    state = replace(batch.state, last_reason=poll.reason, last_detail=detail) if batch.state else None
    return replace(batch, poll=poll, state=state, validators=((source.id, source.url, Validators()),))


def entry_document(source: Source, item: Item, now: datetime) -> Document:
    """Return what the entry itself says as a document: its title and summary are published words too."""
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
        flags=("entry-only",),
    )


def _ask(parts: Parts, source: Source, slot: datetime, validators: Validators | None) -> _Asked:
    request = first_request(source, validators)
    replies: list[Reply] = []
    items: list[Item] = []
    documents: list[Document] = []
    error = ""
    for number in range(_MOST_PAGES):
        reply = parts.fetcher.fetch(request, slot=slot, number=number)
        replies.append(reply)
        if reply.body is None or not _is_fine(reply.exchange):
            break
        if validators and hashlib.sha256(reply.body).hexdigest() == validators.body_sha256:
            return _Asked(tuple(replies), None, unchanged=True)
        try:
            read = parts.reader.read(ReadJob(source, reply.exchange, reply.body))
        except ExtractError as fault:
            error = str(fault)
            break
        assert isinstance(read, ItemsRead)  # noqa: S101 - a job without item reads items
        items += read.items
        documents += read.documents
        if not read.items or not has_next_page(source, len(items), read.total):
            return _Asked(tuple(replies), replace(read, items=tuple(items), documents=tuple(documents)))
        request = page_request(source, len(items))
    else:
        error = f"the source shows more than {_MOST_PAGES} pages; narrow its address"
    # A failed page is a failed poll: half a register must never look like the whole.
    return _Asked(tuple(replies), None, error)


def _is_fine(exchange: Exchange) -> bool:
    return exchange.transport is Transport.ANSWERED and exchange.status == 200


def _is_gone(exchange: Exchange) -> bool:
    return exchange.status in (404, 410)


def _usable_validators(parts: Parts, source: Source) -> Validators | None:
    """What to ask conditionally with; None after a failure, an edited entry, or a week of 304s."""
    kept = parts.store.validators(source.id, source.url)
    if kept is None or kept.config_sha256 != config_sha256(source) or kept.full_fetch_at is None:
        return None
    return kept if parts.clock.now() - kept.full_fetch_at < _FULL_FETCH_EVERY else None


def _stored(parts: Parts, reply: Reply) -> Exchange:
    """Store the body before any row cites it."""
    if reply.body is None:
        return reply.exchange
    return replace(reply.exchange, body_sha256=parts.evidence.put(reply.body), body_bytes=len(reply.body))


def _document_request(source: Source, url: str) -> Request:
    return Request(
        source.id, url, allow_http=source.allow_http, ca_file=source.ca_file, max_bytes=_DOCUMENT_BYTES
    )


def _read_document(parts: Parts, source: Source, item: Item, reply: Reply) -> Document | None:
    objection = check_document_reply(reply)
    if objection is not None or reply.body is None:
        detail = objection.detail if objection else "no body came"
        _log.warning("%s: %s: %s", source.id, item.url, detail)
        return None
    try:
        read = parts.reader.read(ReadJob(source, reply.exchange, reply.body, item))
    except MonitorError as error:
        _log.warning("%s", error)
        return None
    return read.document if not isinstance(read, ItemsRead) else None


def record_crash(
    parts: Parts, source: Source, slot: datetime, state: SourceState, error: Exception
) -> SourceOutcome:
    """Record that a poll ended in a fault of ours."""
    now = parts.clock.now()
    detail = f"unexpected {type(error).__name__}; the log has the details"
    poll = Poll(source.id, slot, now, Verdict.ERROR, "unexpected", detail)
    after = replace(
        state,
        last_slot=slot,
        last_verdict=poll.verdict,
        last_reason=poll.reason,
        last_detail=detail,
        failures=state.failures + 1,
        failing_since=state.failing_since or now,
    )
    parts.store.save(Batch(at=now, poll=poll, state=after))
    return SourceOutcome(source.id, poll)


def try_source(parts: Parts, source: Source, now: datetime) -> dict[str, object]:
    """Ask a source once and say what would be read; nothing is stored."""
    asked = _ask(parts, source, now, None)
    exchanges = tuple(reply.exchange for reply in asked.replies)
    state = SourceState(source.id)
    judgement = judge(source, asked.replies, asked.read, asked.error, state, {}, now, now)
    items = asked.read.items if asked.read else ()
    return {
        "source": source.id,
        "verdict": judgement.poll.verdict.value,
        "reason": judgement.poll.reason,
        "detail": judgement.poll.detail,
        "requests": [
            f"{each.method} {each.url}: {each.status or each.transport.value}" for each in exchanges
        ],
        "items": [f"{item.published.iso if item.published else '-'} {item.title}" for item in items[:20]],
        "items_in_all": len(items),
    }
