"""The store's questions, answered from the tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import RowMapping, Select, or_, select, union

from monitor.model import (
    Agreement,
    AuditEntry,
    Batch,
    Change,
    Decision,
    Delivery,
    DeliveryStatus,
    Document,
    Exchange,
    Finding,
    Gap,
    Item,
    Life,
    ManualLook,
    PartyCode,
    Pending,
    Poll,
    Question,
    Reckoning,
    Report,
    ReportKind,
    Sides,
    SourceState,
    Told,
    Validators,
)
from monitor.store import rows, tables, writing
from monitor.store.checking import faults_of
from monitor.store.database import Database
from monitor.store.exporting import export_lines
from monitor.store.rows import Shelf, instant, sides_key

if TYPE_CHECKING:
    from monitor.store.cycle import CycleStore

T = TypeVar("T")
_ToTry = (DeliveryStatus.WAITING.value, DeliveryStatus.RETRY.value)


class SqlStore:
    """:class:`monitor.ports.Store` on SQLite or PostgreSQL; see :func:`monitor.store.open_store`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give up the connections; the last to do so leaves an SQLite database as one file."""
        self.database.close()

    # --- writing

    def save(self, batch: Batch) -> None:
        """Record a poll, an ingest, a manual look or a decision with all that follows from it."""
        writing.save_batch(self.database, batch)

    def revision(self) -> int:
        """Return a number that grows with whatever is recorded of agreements, changes and decisions."""
        with self.database.reading() as connection:
            return writing.revision(connection)

    def save_report(
        self,
        report: Report,
        deliveries: Iterable[Delivery],
        told: Iterable[Pending],
        audit: Iterable[AuditEntry],
    ) -> None:
        """Record a report with its bytes, one row a delivery, and tick off what it tells."""
        writing.save_report(self.database, report, deliveries, told, audit)

    def save_outcome(self, delivery: Delivery, audit: Iterable[AuditEntry]) -> None:
        """Record what came of one attempt at a delivery."""
        writing.save_outcome(self.database, delivery, audit)

    def cycle(self) -> "AbstractContextManager[CycleStore]":
        """Give the store as one polling cycle sees it; see :mod:`monitor.store.cycle`."""
        from monitor.store.cycle import cycle  # which builds on this class

        return cycle(self.database)

    # --- sources

    def source_states(self) -> Mapping[str, SourceState]:
        """Return what is known of every source that was ever polled or ingested, by id."""
        return {
            state.source_id: state for state in self._all(rows.SOURCE_STATES, select(tables.SOURCE_STATES))
        }

    def polls(self, source_id: str, *, limit: int = 50) -> tuple[Poll, ...]:
        """Return the latest polls of a source, newest first."""
        table = tables.POLLS
        query = select(table).where(table.c.source_id == source_id).order_by(table.c.slot.desc()).limit(limit)
        return self._all(rows.POLLS, query)

    def exchanges(
        self, source_id: str, *, slot: datetime | None = None, since: datetime | None = None
    ) -> tuple[Exchange, ...]:
        """Return the exchanges of a source, oldest first; of one slot, or of slots since one, if given."""
        table = tables.EXCHANGES
        query = select(table).where(table.c.source_id == source_id).order_by(table.c.slot, table.c.seq)
        if slot is not None:
            query = query.where(table.c.slot == instant(slot))
        if since is not None:
            query = query.where(table.c.slot >= instant(since))
        return self._all(rows.EXCHANGES, query)

    def validators(self, source_id: str, url: str) -> Validators | None:
        """Return what to ask conditionally with."""
        table = tables.VALIDATORS
        query = select(table).where(table.c.source_id == source_id, table.c.url == url)
        return next(iter(self._all(rows.VALIDATORS, query)), None)

    def all_validators(self) -> Mapping[tuple[str, str], Validators]:
        """Return what to ask every address conditionally with, by source and address."""
        shelf = rows.VALIDATORS
        query = select(tables.VALIDATORS)
        pairs = self._read(query, lambda row: ((row["source_id"], row["url"]), shelf.value(row)))
        return dict(pairs)

    def item_versions(self, source_id: str) -> Mapping[str, str]:
        """Return the version last stored under every identity key of a source's items.

        Where items share a weaker key, the item whose strongest key it is wins.
        """
        items, keys = tables.ITEMS, tables.ITEM_KEYS
        query = (
            select(keys.c.key, items.c.version)
            .join(items, (items.c.source_id == keys.c.source_id) & (items.c.item_key == keys.c.item_key))
            .where(keys.c.source_id == source_id)
            .order_by(keys.c.key == keys.c.item_key, keys.c.item_key)
        )
        with self.database.reading() as connection:
            return {row.key: row.version for row in connection.execute(query)}

    def items(self, source_id: str) -> tuple[Item, ...]:
        """Return the items of a source at the version last stored, ordered by key."""
        table = tables.ITEMS
        return self._all(
            rows.ITEMS, select(table).where(table.c.source_id == source_id).order_by(table.c.item_key)
        )

    def stored_replies(self) -> Iterator[Exchange]:
        """Yield every exchange whose body is stored, in the order of recording."""
        table = tables.EXCHANGES
        query = select(table).where(table.c.body_sha256.is_not(None)).order_by(table.c.seq)
        with self.database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=500)).mappings():
                yield rows.EXCHANGES.value(row)

    def gaps(self, *, open_only: bool = True) -> tuple[Gap, ...]:
        """Return stretches of time in which items may have passed unseen, oldest first."""
        table = tables.GAPS
        every = self._all(rows.GAPS, select(table).order_by(table.c.since, table.c.source_id))
        return tuple(gap for gap in every if not (open_only and gap.closed))

    def questions(self, *, open_only: bool = True) -> tuple[Question, ...]:
        """Return what a person is asked, oldest first."""
        every = self._all(rows.QUESTIONS, select(tables.QUESTIONS))
        wanted = (question for question in every if not (open_only and question.answered))
        return tuple(sorted(wanted, key=lambda question: (question.asked_at, question.id)))

    def looks(self) -> tuple[ManualLook, ...]:
        """Return manual looks, newest first."""
        table = tables.LOOKS
        query = select(table).order_by(table.c.at.desc(), table.c.source_id, table.c.by)
        return self._all(rows.LOOKS, query)

    # --- what was found

    def documents(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """Return documents by id, in no particular order; unknown ids are left out."""
        table = tables.DOCUMENTS
        return self._in_chunks(ids, lambda some: select(table).where(table.c.id.in_(some)), rows.document_of)

    def findings(
        self, *, ids: Iterable[str] | None = None, sides: Iterable[Sides] | None = None
    ) -> tuple[Finding, ...]:
        """Return findings by id or by sides, ordered by id; all where neither is given."""
        table = tables.FINDINGS
        if ids is not None:
            found = self._in_chunks(
                ids, lambda some: select(table).where(table.c.id.in_(some)), rows.FINDINGS.value
            )
            wanted = None if sides is None else {sides_key(each) for each in sides}
            found = tuple(each for each in found if wanted is None or sides_key(each.sides) in wanted)
        elif sides is not None:
            keys = (sides_key(each) for each in sides)
            found = self._in_chunks(
                keys, lambda some: select(table).where(table.c.sides.in_(some)), rows.FINDINGS.value
            )
        else:
            found = self._all(rows.FINDINGS, select(table))
        return tuple(sorted(found, key=lambda each: each.id))

    def agreements(
        self, *, party: PartyCode | None = None, sides: Iterable[Sides] | None = None
    ) -> tuple[Agreement, ...]:
        """Return agreements, all or those of a party or of some sides, ordered by id."""
        table = tables.AGREEMENTS
        query = select(table)
        if party is not None:
            query = query.where(or_(table.c.side_a == party, table.c.side_b == party))
        if sides is None:
            found = self._all(rows.AGREEMENTS, query)
        else:
            keys = (sides_key(each) for each in sides)
            found = self._in_chunks(
                keys, lambda some: query.where(table.c.sides.in_(some)), rows.AGREEMENTS.value
            )
        return tuple(sorted(found, key=lambda each: each.id))

    def agreement(self, agreement_id: str) -> Agreement | None:
        """Return an agreement by its id or an alias of it."""
        table, aliases = tables.AGREEMENTS, tables.ALIASES
        alias = select(aliases.c.agreement_id).where(aliases.c.alias == agreement_id).scalar_subquery()
        query = select(table).where(or_(table.c.id == agreement_id, table.c.id == alias))
        return next(iter(self._all(rows.AGREEMENTS, query)), None)

    def reckonings(self) -> tuple[Reckoning, ...]:
        """Return how many agreements documents count, and whom they list, ordered by id."""
        return self._all(rows.RECKONINGS, select(tables.RECKONINGS).order_by(tables.RECKONINGS.c.id))

    def first_seen(self, finding_ids: Iterable[str]) -> Mapping[str, datetime]:
        """Return when each finding was first recorded."""
        table = tables.FINDINGS
        query = select(table.c.id, table.c.first_seen)
        pairs = self._in_chunks(
            finding_ids,
            lambda some: query.where(table.c.id.in_(some)),
            lambda row: (row["id"], rows.from_instant(row["first_seen"])),
        )
        return dict(pairs)

    def documents_by_body(self) -> Mapping[str, tuple[str, ...]]:
        """Return the ids of the documents that were read from each stored body, by its hash."""
        table = tables.DOCUMENTS
        query = select(table.c.body_sha256, table.c.id).where(table.c.body_sha256.is_not(None))
        found: dict[str, list[str]] = {}
        with self.database.reading() as connection:
            for row in connection.execute(query.order_by(table.c.id)):
                found.setdefault(row.body_sha256, []).append(row.id)
        return {sha256: tuple(ids) for sha256, ids in found.items()}

    def findings_by_document(self) -> Mapping[str, tuple[str, ...]]:
        """Return the ids of the findings that quote each document, by its id."""
        table = tables.FINDINGS
        found: dict[str, list[str]] = {}
        with self.database.reading() as connection:
            for row in connection.execute(select(table.c.document_id, table.c.id).order_by(table.c.id)):
                found.setdefault(row.document_id, []).append(row.id)
        return {document_id: tuple(ids) for document_id, ids in found.items()}

    def body_hashes(self) -> frozenset[str]:
        """Return the hashes of all bodies that documents and exchanges cite."""
        cited = (tables.DOCUMENTS.c.body_sha256, tables.EXCHANGES.c.body_sha256)
        query = union(*(select(column).where(column.is_not(None)) for column in cited))
        with self.database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    # --- briefings

    def editions_seen(self) -> Mapping[str, str]:
        """Return the hash of every briefing's files as last taken in, by the briefing's id."""
        query = select(tables.EDITIONS).order_by(tables.EDITIONS.c.seq)
        return {seen.briefing_id: seen.sha256 for seen in self._all(rows.EDITIONS, query)}

    def changes(self, briefing_id: str | None = None, *, lives: Iterable[Life] = ()) -> tuple[Change, ...]:
        """Return changes, of one briefing or all, in some lives or any, by date of the event."""
        table = tables.CHANGES
        query = select(table)
        if briefing_id is not None:
            query = query.where(table.c.briefing_id == briefing_id)
        wanted = [life.value for life in lives]
        if wanted:
            query = query.where(table.c.life.in_(wanted))
        return tuple(sorted(self._all(rows.CHANGES, query), key=lambda each: (*each.sort_key, each.id)))

    def decisions(self, *, subjects: Iterable[str] | None = None) -> tuple[Decision, ...]:
        """Return decisions in the order taken."""
        table = tables.DECISIONS
        every = self._all(rows.DECISIONS, select(table).order_by(table.c.seq))
        wanted = None if subjects is None else frozenset(subjects)
        return tuple(each for each in every if wanted is None or each.subject in wanted)

    # --- reports

    def pending(self, subscription_id: str) -> tuple[Pending, ...]:
        """Return what a subscription has not been told of, oldest first."""
        table = tables.PENDING
        query = select(table).where(table.c.subscription_id == subscription_id, table.c.told_in.is_(None))
        return tuple(sorted(self._all(rows.PENDING, query), key=lambda each: (each.since, each.change_id)))

    def told(self, subscription_id: str) -> tuple[Told, ...]:
        """Return what a subscription has been told of, in the order of telling."""
        pending, reports = tables.PENDING, tables.REPORTS
        query = (
            select(pending, reports.c.made_at.label("told_at"))
            .join(reports, reports.c.id == pending.c.told_in)
            .where(pending.c.subscription_id == subscription_id)
        )
        found = self._read(query, _told_of)
        return tuple(sorted(found, key=lambda each: (each.at, each.pending.change_id, each.pending.version)))

    def last_report(
        self,
        subscription_id: str,
        kind: ReportKind = ReportKind.DIGEST,
        *,
        until: datetime | None = None,
    ) -> Report | None:
        """Return the latest report of a kind to a subscription, made by ``until``, without its bytes."""
        table = tables.REPORTS
        query = select(table).order_by(table.c.made_at.desc(), table.c.id)
        if until is not None:
            query = query.where(table.c.made_at <= instant(until))
        with self.database.reading() as connection:
            made = (rows.REPORTS.value(row) for row in connection.execute(query).mappings())
            same = (each for each in made if (each.subscription_id, each.kind) == (subscription_id, kind))
            return next(same, None)

    def reports(
        self, *, briefing_id: str | None = None, ids: Iterable[str] | None = None
    ) -> tuple[Report, ...]:
        """Return reports without their bytes (``renderings`` is empty), newest first; some ids or all."""
        table = tables.REPORTS
        query = select(table)
        if briefing_id is not None:
            query = query.where(table.c.briefing_id == briefing_id)
        if ids is None:
            return self._all(rows.REPORTS, query.order_by(table.c.made_at.desc(), table.c.id))
        found = self._in_chunks(ids, lambda some: query.where(table.c.id.in_(some)), rows.REPORTS.value)
        return tuple(sorted(found, key=lambda each: (-each.made_at.timestamp(), each.id)))

    def report(self, report_id: str) -> Report | None:
        """Return one report with its bytes."""
        bare = next(
            iter(self._all(rows.REPORTS, select(tables.REPORTS).where(tables.REPORTS.c.id == report_id))),
            None,
        )
        forms = tables.RENDERINGS
        query = select(forms).where(forms.c.report_id == report_id).order_by(forms.c.position)
        renderings = self._read(query, rows.rendering_of)
        return None if bare is None else replace(bare, renderings=renderings)

    def deliveries(
        self,
        *,
        due_at: datetime | None = None,
        status: DeliveryStatus | None = None,
        of: Iterable[str] | None = None,
    ) -> tuple[Delivery, ...]:
        """Return deliveries in order of id: all, those to be tried at an instant, of a status, of reports."""
        table = tables.DELIVERIES
        query = select(table).order_by(table.c.id)
        if status is not None:
            query = query.where(table.c.status == status.value)
        if due_at is not None:
            due = or_(table.c.next_try.is_(None), table.c.next_try <= instant(due_at))
            query = query.where(table.c.status.in_(_ToTry), due)
        if of is not None:
            query = query.where(table.c.report_id.in_(list(of)))
        return self._all(rows.DELIVERIES, query)

    def audit(self, *, subject: str | None = None) -> tuple[AuditEntry, ...]:
        """Return the audit, oldest first."""
        table = tables.AUDIT
        query = select(table).order_by(table.c.seq)
        return self._all(rows.AUDIT, query if subject is None else query.where(table.c.subject == subject))

    # --- care

    def export(self) -> Iterator[str]:
        """Yield the canonical export, JSON a line, without poll rows and times of polling."""
        return export_lines(self.database)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the database, a sentence a fault."""
        return faults_of(self.database)

    # --- reading rows

    def _all(self, shelf: Shelf[T], query: Select[Any]) -> tuple[T, ...]:
        return self._read(query, shelf.value)

    def _read(self, query: Select[Any], value_of: Callable[[RowMapping], T]) -> tuple[T, ...]:
        with self.database.reading() as connection:
            return tuple(value_of(row) for row in connection.execute(query).mappings())

    def _in_chunks(
        self,
        keys: Iterable[str],
        query_of: Callable[[list[str]], Select[Any]],
        value_of: Callable[[RowMapping], T],
    ) -> tuple[T, ...]:
        with self.database.reading() as connection:
            return tuple(
                value_of(row)
                for some in writing.chunks(keys)
                for row in connection.execute(query_of(some)).mappings()
            )


def _told_of(row: RowMapping) -> Told:
    held = {name: value for name, value in row.items() if name != "told_at"}
    return Told(rows.PENDING.value(held), held["told_in"], rows.from_instant(row["told_at"]))
