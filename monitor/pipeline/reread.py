"""Everything stored, read again by today's rules: what they find for the first time, and what only differs.

Nothing is fetched, and nothing is recorded unless it is asked for. An agreement that is found only now is
a change like any other, marked as found late; other quotations, scores and reasons for what was found
before are technical. What is no longer found stays: a quotation that was true once is not taken back by a
program.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from monitor.errors import MonitorError
from monitor.model import (
    Agreement,
    AuditEntry,
    Batch,
    Document,
    DocumentRead,
    Exchange,
    Finding,
    Item,
    ItemsRead,
    ReadJob,
    Reckoning,
    Sides,
    Source,
    SourceKind,
    Stage,
)
from monitor.pipeline.derive import detect, record
from monitor.pipeline.following import entry_document
from monitor.pipeline.parts import Parts
from monitor.sources import document_request

_log = logging.getLogger(__name__)

_LISTS = (SourceKind.REGISTER, SourceKind.PAGE)  # kinds that yield no item without its document
_A_BATCH = 500  # documents recorded in one transaction
_Claim = tuple[Sides, Stage]


@dataclass(frozen=True, slots=True)
class Late:
    """A finding that today's rules make and earlier ones did not, with the document that it quotes."""

    finding: Finding
    document: Document


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of it. Counts are of documents, but for those of findings, which say so.

    ``same_findings`` are found as before; ``requoted`` with another quotation, ``reweighed`` with another
    score or other reasons. ``retold``: texts that are read otherwise. ``unread`` says, a line a document,
    why one could not be read. ``agreements`` are those that no finding told of before. ``reckoned`` are
    numbers and lists of agreements that are read only now, with their documents.
    """

    bodies: int = 0
    documents: int = 0
    retold: int = 0
    same_findings: int = 0
    requoted: int = 0
    reweighed: int = 0
    found: tuple[Late, ...] = ()
    lost: tuple[Finding, ...] = ()
    reckoned: tuple[tuple[Reckoning, Document], ...] = ()
    agreements: tuple[Agreement, ...] = ()
    unread: tuple[str, ...] = ()
    recorded: int = 0


def reread(parts: Parts, *, record_as: str = "") -> Reread:
    """Read everything stored again; with ``record_as``, a person's name, record what is found only now.

    A body that is missing, or that today's readers refuse, is named and stops no other.

    Raises:
        StateError: the database cannot be read or written.
    """
    tally = _Tally()
    reckoned = frozenset(each.id for each in parts.store.reckonings())
    known = _Known(parts.store.documents_by_body(), parts.store.findings_by_document(), reckoned)
    for source, replies in _by_source(parts):
        _Again(parts, source, known, tally).run(replies)
    outcome = tally.outcome(_first_told(parts, tally.found))
    if record_as and outcome.found:
        outcome = replace(outcome, recorded=_record(parts, outcome.found, record_as))
    if record_as:
        _record_reckoned(parts, outcome.reckoned)
    if record_as:
        _note_understood(parts, tally.understood)
    return outcome


def _by_source(parts: Parts) -> Iterator[tuple[Source, list[Exchange]]]:
    """Yield sources with the first exchange that brought each of their bodies."""
    first: dict[str, dict[str, Exchange]] = {}
    for exchange in parts.store.stored_replies():
        if exchange.body_sha256 is not None:
            first.setdefault(exchange.source_id, {}).setdefault(exchange.body_sha256, _in_utc(exchange))
    for source in parts.sources:
        if source.id in first:
            yield source, list(first[source.id].values())


def _in_utc(exchange: Exchange) -> Exchange:
    """As the gate made it: the database gives time zones of its own, which no reading process may send."""
    slot, asked_at = exchange.slot.astimezone(UTC), exchange.asked_at.astimezone(UTC)
    return replace(exchange, slot=slot, asked_at=asked_at)


@dataclass(slots=True)
class _Tally:
    bodies: int = 0
    documents: int = 0
    retold: int = 0
    same: int = 0
    requoted: int = 0
    reweighed: int = 0
    found: list[Late] = field(default_factory=list)
    lost: list[Finding] = field(default_factory=list)
    reckoned: list[tuple[Reckoning, Document]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    understood: set[tuple[str, str]] = field(default_factory=set)

    def outcome(self, agreements: tuple[Agreement, ...]) -> Reread:
        return Reread(
            self.bodies,
            self.documents,
            self.retold,
            self.same,
            self.requoted,
            self.reweighed,
            tuple(self.found),
            tuple(self.lost),
            tuple(self.reckoned),
            agreements,
            tuple(self.unread),
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids of documents by the body that they were read from, of findings by document, and of reckonings."""

    documents: Mapping[str, Sequence[str]]
    findings: Mapping[str, Sequence[str]]
    reckoned: frozenset[str]


class _Again:
    """Reads one source's bodies again."""

    def __init__(self, parts: Parts, source: Source, known: _Known, tally: _Tally) -> None:
        self._parts = parts
        self._source = source
        self._known = known
        self._tally = tally
        self._items = {item.key: item for item in parts.store.items(source.id)}

    def run(self, replies: Iterable[Exchange]) -> None:
        """Read every document that was read from these replies again."""
        for exchange in replies:
            ids = self._known.documents.get(exchange.body_sha256 or "", ())
            if not ids:
                continue
            try:
                body = self._parts.evidence.get(exchange.body_sha256 or "")
            except MonitorError as error:
                self._tally.unread.append(f"{exchange.url}: {error}")
                continue
            self._tally.bodies += 1
            reading = _Reading(self._parts, self._source, exchange, body, self._items)
            for document in self._parts.store.documents(ids):
                self._document(document, reading)

    def _document(self, before: Document, reading: "_Reading") -> None:
        try:
            now = reading.again(before)
        except MonitorError as error:
            self._tally.unread.append(f"{before.url}: {error}")
            return
        if now is None:
            self._tally.unread.append(f"{before.url}: its bytes no longer hold it by today's rules")
            return
        self._tally.documents += 1
        self._tally.retold += now.id != before.id
        self._compare(before, now)

    def _compare(self, before: Document, now: Document) -> None:
        ids = self._known.findings.get(before.id, ())
        stored = {_claim(each): each for each in self._parts.store.findings(ids=ids)}
        detected = detect(self._parts, [now])
        if not detected.failed:
            self._tally.understood.add((now.source_id, now.url))
        for finding in detected.findings:
            earlier = stored.pop(_claim(finding), None)
            if earlier is None:
                self._tally.found.append(Late(finding, now))
            elif earlier.quote != finding.quote:
                self._tally.requoted += 1
            elif (earlier.score, earlier.reasons) != (finding.score, finding.reasons):
                self._tally.reweighed += 1
            else:
                self._tally.same += 1
        self._tally.lost += stored.values()
        fresh = (each for each in detected.reckonings if each.id not in self._known.reckoned)
        self._tally.reckoned += [(each, now) for each in fresh]


def _claim(finding: Finding) -> _Claim:
    return finding.sides, finding.stage


@dataclass(slots=True)
class _Reading:
    """One stored body with what is needed to read it as it was read."""

    parts: Parts
    source: Source
    exchange: Exchange
    body: bytes
    items: Mapping[str, Item]
    _listed: ItemsRead | None = None

    def again(self, before: Document) -> Document | None:
        """Return the document as it is read today, None where the body does not hold it any more.

        Raises:
            ExtractError: the body cannot be read.
        """
        if self._is_of_list(before):
            return self._from_list(before)
        item = self.items.get(before.item_key) or _stand_in(before)
        if not self._is_page_of(item):  # a paper beside the item's page
            item = replace(item, title=before.title, url=before.url, read_at=None, published=before.published)
        read = self.parts.reader.read(ReadJob(self.source, self.exchange, self.body, item))
        assert isinstance(read, DocumentRead)  # noqa: S101 - a job with an item reads its document
        return read.document

    def _is_of_list(self, before: Document) -> bool:
        if before.item_key.startswith("file:"):
            return False  # a page or mail that a person saved
        if before.row is not None or "entry-only" in before.flags or self.source.kind in _LISTS:
            return True
        if before.url in (self.exchange.url, self.exchange.final_url):
            return False
        item = self.items.get(before.item_key)
        return item is not None and not self._is_page_of(item)

    def _is_page_of(self, item: Item) -> bool:
        return item.url is not None and self.exchange.url in (
            item.url,
            item.read_at,
            document_request(self.source, item).url,
        )

    def _from_list(self, before: Document) -> Document | None:
        if self._listed is None:
            read = self.parts.reader.read(ReadJob(self.source, self.exchange, self.body))
            assert isinstance(read, ItemsRead)  # noqa: S101 - a job without item reads items
            self._listed = read
        of_item = [each for each in self._listed.documents if each.item_key == before.item_key]
        if of_item and "entry-only" not in before.flags:
            return of_item[0]
        item = next((each for each in self._listed.items if each.key == before.item_key), None)
        if item is None:
            return None
        return entry_document(self.source, item, before.retrieved, before.body_sha256)


def _stand_in(document: Document) -> Item:
    """An item for a document whose own is not stored: what it is called, and where it was."""
    key = document.item_key or document.url
    return Item(
        document.source_id, (key,), document.title, "", url=document.url, published=document.published
    )


def _first_told(parts: Parts, found: Sequence[Late]) -> tuple[Agreement, ...]:
    """The agreements that would come of these findings and of none before."""
    from monitor.ledger import group

    sides = {late.finding.sides for late in found}
    if not sides:
        return ()
    known = {finding.id: finding for finding in parts.store.findings(sides=sides)}
    stored = parts.store.agreements(sides=sides)
    told = {finding_id for agreement in stored for finding_id in agreement.findings}
    known |= {late.finding.id: late.finding for late in found}
    grouping = group(known.values(), stored, parts.store.decisions())
    return tuple(each for each in grouping.changed if not told & set(each.findings))


def _record(parts: Parts, found: Sequence[Late], by: str) -> int:
    """Record what was found only now, with all that follows from it."""
    now = parts.clock.now()
    for at in range(0, len(found), _A_BATCH):
        _record_some(parts, found[at : at + _A_BATCH], by, now)
    return len(found)


def _record_reckoned(parts: Parts, reckoned: Sequence[tuple[Reckoning, Document]]) -> None:
    """Record numbers and lists that are read only now; nothing follows from them but what reports say."""
    for at in range(0, len(reckoned), _A_BATCH):
        some = reckoned[at : at + _A_BATCH]
        documents = tuple({document.id: document for _, document in some}.values())
        said = tuple(reckoning for reckoning, _ in some)
        parts.store.save(Batch(at=parts.clock.now(), documents=documents, reckonings=said))


def _note_understood(parts: Parts, understood: Collection[tuple[str, str]]) -> None:
    """Forget that detection failed on documents that it no longer fails on."""
    for state in parts.store.source_states().values():
        left = tuple(each for each in state.baffling if (state.source_id, each[0]) not in understood)
        if left != state.baffling:
            parts.store.save(Batch(at=parts.clock.now(), state=replace(state, baffling=left)))


def _record_some(parts: Parts, found: Sequence[Late], by: str, now: datetime) -> None:
    documents = tuple({late.document.id: late.document for late in found}.values())
    entry = AuditEntry(now, by, "reread", "documents", f"{len(found)} findings in {len(documents)} documents")
    findings = tuple(late.finding for late in found)
    record(parts, Batch(at=now, documents=documents, audit=(entry,)), findings, documents=documents)
