"""One source's slot: ask, read, judge, follow new items to their documents, record it all at once."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.fetching import asked_to_rest
from monitor.health import judge, notice
from monitor.model import (
    GIVEN_UP_AFTER,
    AuditEntry,
    Batch,
    Document,
    Exchange,
    Item,
    ItemsRead,
    Notice,
    PageValidators,
    Poll,
    Source,
    SourceState,
    Validators,
    Verdict,
)
from monitor.pipeline.asking import Aim, Asked, ask
from monitor.pipeline.derive import Detected, detect, record
from monitor.pipeline.doubts import doubts
from monitor.pipeline.following import Gathered, gather, stored
from monitor.pipeline.noting import Tally, noting
from monitor.pipeline.page_again import AskedAgain, ask_pages_again
from monitor.pipeline.parts import Parts
from monitor.pipeline.watching import address_of_page, newer_papers, watch
from monitor.sources import config_sha256, may_be_unchanged, reaching_back_to

_log = logging.getLogger(__name__)

_FULL_FETCH_EVERY = timedelta(days=7)  # a server whose validators lie is found out within a week
_MOST_BAFFLING = 50  # documents that are remembered as such
_ITEMS_A_BATCH = 1000  # keeps each write transaction short while a whole register is read


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """What came of one source in one run. ``expected`` marks a source known to refuse machines.

    ``seen`` says what became of watched pages, ``notice`` what the operator is to know of the source.
    """

    source_id: str
    poll: Poll
    expected: bool = False
    changes: int = 0
    seen: tuple[str, ...] = ()
    notice: Notice | None = None

    @property
    def failed(self) -> bool:
        """Whether a source that was expected to answer did not."""
        return not self.poll.verdict.is_success and not self.expected


@dataclass(frozen=True, slots=True)
class Recorded:
    """Counts of new and edited items and of changes that follow, and what became of watched pages.

    ``poll`` is its row as recorded, with what is to be noted of it.
    """

    fresh: int
    changes: int
    seen: tuple[str, ...] = ()
    poll: Poll | None = None


def poll_source(parts: Parts, source: Source, slot: datetime, state: SourceState) -> SourceOutcome:
    """Poll one source for one slot and record everything that follows."""
    known = parts.store.item_versions(source.id)
    last = state.last_success.date() if state.last_success else None
    # After a pause, as far back as the pause was long.
    reaching = reaching_back_to(source, last, parts.clock.now().date())
    asked = ask(parts, reaching, slot, _usable_validators(parts, source), Aim(known))
    exchanges = tuple(stored(parts, reply) for reply in (*asked.replies, *asked.beyond))
    now = parts.clock.now()
    answered = [question.id for question in parts.store.questions(open_only=False) if question.answered]
    judgement = judge(
        reaching,
        asked.replies,
        asked.read,
        asked.error,
        state,
        known,
        slot,
        now,
        answered=answered,
        unchanged=asked.unchanged,
    )
    after, told = notice(source, state, judgement.state, now)
    batch = Batch(
        at=now,
        poll=judgement.poll,
        state=replace(after, rest_until=_rests_until(exchanges)),
        exchanges=exchanges,
        gaps=judgement.gaps,
        questions=judgement.questions,
        audit=_noted(told) + address_of_page(parts, source, judgement.poll, state, exchanges, now),
    )
    if not judgement.poll.verdict.is_success:
        forgotten = (source.id, source.url, Validators())
        parts.store.save(replace(batch, validators=(forgotten,)))
        return SourceOutcome(source.id, judgement.poll, judgement.expected_failure, notice=told)
    again = ask_pages_again(parts, source, state, slot)
    batch = replace(
        batch,
        exchanges=batch.exchanges + again.exchanges,
        state=replace(batch.state or after, pages_asked_at=again.at),
    )
    if asked.read is None or asked.unchanged:
        if not again.items:
            parts.store.save(batch)
            return SourceOutcome(source.id, judgement.poll, notice=told)
        recorded = record_items(parts, source, ItemsRead(()), known, batch, again=again)
    else:
        batch = replace(batch, validators=((source.id, source.url, _kept(source, asked, batch)),))
        recorded = record_items(parts, source, asked.read, known, batch, asked.listed_in, again)
    poll = recorded.poll or judgement.poll
    return SourceOutcome(source.id, poll, changes=recorded.changes, seen=recorded.seen, notice=told)


def _noted(told: Notice | None) -> tuple[AuditEntry, ...]:
    return (AuditEntry(told.at, "monitor", told.kind.value, told.source_id, told.words),) if told else ()


def _rests_until(exchanges: Iterable[Exchange]) -> datetime | None:
    """Until when the site wants to be left alone; by the last exchange that says so."""
    wished = [until for until in map(asked_to_rest, exchanges) if until is not None]
    return max(wished, default=None)


def record_items(
    parts: Parts,
    source: Source,
    read: ItemsRead,
    known: Mapping[str, str],
    batch: Batch,
    listed_in: Mapping[str, str] | None = None,
    again: AskedAgain | None = None,
) -> Recorded:
    """Record a reply's new and edited items with their documents.

    ``listed_in`` names the stored bytes that list each item, by its key; ``again`` are items whose pages
    are other ones now.
    Long registers are written in several transactions; ``batch``, with the poll's own row, comes
    with the last, so that a killed run asks again and finds the written items known.
    """
    fresh = [item for item in read.items if item.is_news(known.get(item.key))]
    listed = {item.key for item in fresh}
    again = again or AskedAgain()
    fresh += [item for item in again.items if item.key not in listed]
    ready = {document.item_key: document for document in read.documents}
    seen = watch(parts, source, read, known, batch.at)
    newer = newer_papers(parts, source, fresh, batch.at)
    batch = replace(batch, audit=batch.audit + seen.audit + newer)
    changes, tally = 0, Tally()
    baffling = dict(batch.state.baffling) if batch.state else {}
    chunks = [fresh[at : at + _ITEMS_A_BATCH] for at in range(0, len(fresh), _ITEMS_A_BATCH)] or [[]]
    for number, chunk in enumerate(chunks, 1):
        last = number == len(chunks)
        slot = batch.poll.slot if batch.poll else batch.at
        gathered = gather(parts, source, chunk, ready, slot, listed_in or {}, again.replies)
        gathered = gathered.without_stopgaps(known)
        detected = detect(parts, gathered.documents)
        detected = _given_up(gathered.documents, detected, baffling)
        tally = tally.plus(gathered, detected)
        noted = noting(_baffled(batch, baffling), source, tally)
        part = noted if last else Batch(at=batch.at)
        part = replace(
            part,
            items=part.items + _settled(gathered, detected),
            documents=part.documents + gathered.documents,
            exchanges=part.exchanges + gathered.exchanges,
            reckonings=part.reckonings + detected.reckonings,
            questions=part.questions + doubts(parts, detected, batch.at),
        )
        derived = record(parts, part, detected.findings, documents=gathered.documents)
        changes += len(derived.found)
    return Recorded(len(fresh), changes, seen.words, noted.poll)


def _given_up(documents: Iterable[Document], detected: Detected, baffling: dict[str, int]) -> Detected:
    """What is to be tried again: not what was tried often enough. Counts the tries in ``baffling``."""
    again = []
    for document in documents:
        if document.id not in detected.failed:
            baffling.pop(document.url, None)
            continue
        baffling[document.url] = baffling.get(document.url, 0) + 1
        again += [document.id] if baffling[document.url] < GIVEN_UP_AFTER else []
    return replace(detected, failed=tuple(again))


def _baffled(batch: Batch, baffling: Mapping[str, int]) -> Batch:
    if batch.state is None:
        return batch
    kept = tuple(baffling.items())[-_MOST_BAFFLING:]
    return replace(batch, state=replace(batch.state, baffling=kept))


def _kept(source: Source, asked: Asked, batch: Batch) -> Validators:
    """What to ask conditionally with next time; nothing where something else will be asked then."""
    if asked.went_back or not may_be_unchanged(source):
        return Validators()
    first, *others = batch.exchanges[: len(asked.replies)]
    further = tuple(
        PageValidators(each.url, each.header("etag"), each.header("last-modified"), each.body_sha256)
        for each in others
    )
    return Validators(
        etag=first.header("etag"),
        last_modified=first.header("last-modified"),
        body_sha256=first.body_sha256,
        config_sha256=config_sha256(source),
        full_fetch_at=batch.at,
        further=further,
    )


def _settled(gathered: Gathered, detected: Detected) -> tuple[Item, ...]:
    """The items that need no second look: their document was read and understood."""
    unread = {document.item_key for document in gathered.documents if document.id in detected.failed}
    return tuple(
        item for item in gathered.items if item.key not in gathered.failed_keys and item.key not in unread
    )


def _usable_validators(parts: Parts, source: Source) -> Validators | None:
    """What to ask conditionally with; None after a failure, an edited entry, or a week of 304s."""
    kept = parts.store.validators(source.id, source.url)
    if kept is None or kept.config_sha256 != config_sha256(source) or kept.full_fetch_at is None:
        return None
    return kept if parts.clock.now() - kept.full_fetch_at < _FULL_FETCH_EVERY else None


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
    after, told = notice(source, state, after, now)
    parts.store.save(Batch(at=now, poll=poll, state=after, audit=_noted(told)))
    return SourceOutcome(source.id, poll, notice=told)


def try_source(parts: Parts, source: Source, now: datetime) -> dict[str, object]:
    """Ask a source once and say what would be read; nothing is stored."""
    asked = ask(parts, source, now, None, Aim({}))
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
        "items": [
            f"{item.published.iso if item.published else '-'} {item.title or item.url}" for item in items[:20]
        ],
        "items_in_all": len(items),
    }
