"""The three transactions: a batch, a report, the outcome of a delivery.

Rows are made before a transaction begins, so that the write lock is held for writing only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

from monitor.errors import StaleError, StateError
from monitor.model import Agreement, AuditEntry, Batch, Delivery, Item, Pending, Report
from monitor.store import rows, tables
from monitor.store.database import Database
from monitor.store.rows import Row, instant, sealed

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

T = TypeVar("T")
_Writes = list[tuple[Table, list[Row]]]

_LEDGER_LOCK = 9_837_001  # of PostgreSQL's advisory locks; held by whoever records agreements and changes
_CHUNK = 500  # ids in one IN list; SQLite allows 32,766 in a statement


def save_batch(database: Database, batch: Batch) -> None:
    """Record everything in a batch, or nothing.

    Raises:
        StateError: it could not be recorded, or the poll of this slot was recorded before.
        StaleError: something was recorded since ``batch.basis``.
    """
    with _storable(database.place):
        polls = [rows.POLLS.row(batch.poll)] if batch.poll else []
        replaced, added = _replaced(batch), _added(batch)
        decisions = [rows.DECISIONS.row(decision) for decision in batch.decisions]
        findings = [rows.FINDINGS.row(each, first_seen=instant(batch.at)) for each in batch.findings]
    with database.writing() as connection:
        if batch.basis is not None:
            _require_basis(connection, batch.basis, database.place)
        for poll in polls:
            what = f"the poll of {poll['source_id']} at {poll['slot']}"
            _add_once(connection, tables.POLLS, [poll], database.place, what)
        for table, made in replaced:
            _upsert(connection, table, made)
        for table, made in added:
            _add(connection, table, made)
        _add_unless_there(connection, tables.DECISIONS, decisions)
        _upsert(connection, tables.FINDINGS, _keeping_first_seen(connection, findings))
        _follow_merges(connection, batch.agreements)
        _await_telling(connection, batch.pending)


def revision(connection: Connection) -> int:
    """Return a number that grows with whatever is recorded of agreements, changes and decisions.

    All of that leaves a line in the audit, or is a decision or an edition: their numbers together.
    """
    counted = (tables.AUDIT, tables.DECISIONS, tables.EDITIONS)
    return sum(connection.execute(select(func.max(each.c.seq))).scalar() or 0 for each in counted)


def _require_basis(connection: Connection, basis: int, place: str) -> None:
    """Refuse what was worked out from an older state: it would undo what came in between."""
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time as it is
        connection.execute(select(func.pg_advisory_xact_lock(_LEDGER_LOCK)))
    if revision(connection) != basis:
        raise StaleError(f"{place}: another process has recorded something since this was read; try again")


def save_polls(database: Database, batches: Sequence[Batch]) -> None:
    """Record polls with their exchanges, validators and states, and nothing else of ``batches``.

    Raises:
        StateError: they could not be recorded, or one of these slots was recorded before.
    """
    with _storable(database.place):
        polls = [rows.POLLS.row(batch.poll) for batch in batches if batch.poll]
        states = [row for batch in batches for row in _states(batch)]
        validators = [row for batch in batches for row in _validators(batch)]
        exchanges = [row for batch in batches for row in _exchanges(batch)]
    with database.writing() as connection:
        if polls:
            what = f"a poll of {len(polls)} sources from {polls[0]['source_id']} on"
            _add_once(connection, tables.POLLS, polls, database.place, what)
        _upsert(connection, tables.SOURCE_STATES, states)
        _upsert(connection, tables.VALIDATORS, validators)
        _add(connection, tables.EXCHANGES, exchanges)


def save_report(
    database: Database,
    report: Report,
    deliveries: Iterable[Delivery],
    told: Iterable[Pending],
    audit: Iterable[AuditEntry],
) -> None:
    """Record a report with its bytes and deliveries, and tick off what it tells.

    Raises:
        StateError: it could not be recorded, or a report of this id was recorded before.
    """
    with _storable(database.place):
        bare = rows.REPORTS.row(replace(report, renderings=()))
        forms = [rows.rendering_row(report.id, at, form) for at, form in enumerate(report.renderings)]
        sent = [rows.DELIVERIES.row(each) for each in deliveries]
        ticked = [rows.PENDING.row(each, told_in=report.id) for each in told]
        entries = [rows.AUDIT.row(each) for each in audit]
    with database.writing() as connection:
        _add_once(connection, tables.REPORTS, [bare], database.place, f"the report {report.id}")
        _add(connection, tables.RENDERINGS, forms)
        _add(connection, tables.DELIVERIES, sent)
        _upsert(connection, tables.PENDING, ticked)
        _add(connection, tables.AUDIT, entries)


def save_outcome(database: Database, delivery: Delivery, audit: Iterable[AuditEntry]) -> None:
    """Record what came of one attempt at a delivery.

    Raises:
        StateError: it could not be recorded.
    """
    with _storable(database.place):
        row, entries = rows.DELIVERIES.row(delivery), [rows.AUDIT.row(each) for each in audit]
    with database.writing() as connection:
        _upsert(connection, tables.DELIVERIES, [row])
        _add(connection, tables.AUDIT, entries)


def chunks(ids: Iterable[T]) -> Iterator[list[T]]:
    """Yield ids in portions that fit into one statement."""
    every = list(dict.fromkeys(ids))
    for start in range(0, len(every), _CHUNK):
        yield every[start : start + _CHUNK]


# --- what a batch becomes


@contextmanager
def _storable(place: str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise StateError(place, f"cannot be recorded, nothing was changed: {error}") from error


def _states(batch: Batch) -> list[Row]:
    return [rows.SOURCE_STATES.row(batch.state)] if batch.state else []


def _validators(batch: Batch) -> list[Row]:
    return [rows.VALIDATORS.row(kept, source_id=source, url=url) for source, url, kept in batch.validators]


def _exchanges(batch: Batch) -> list[Row]:
    return [rows.EXCHANGES.row(exchange) for exchange in batch.exchanges]


def _replaced(batch: Batch) -> _Writes:
    """Rows that replace what is stored under their keys."""
    return [
        (tables.SOURCE_STATES, _states(batch)),
        (tables.VALIDATORS, _validators(batch)),
        (tables.ITEMS, [rows.ITEMS.row(item) for item in batch.items]),
        (tables.ITEM_KEYS, _item_keys(batch.items)),
        (tables.GAPS, [rows.GAPS.row(gap) for gap in batch.gaps]),
        (tables.QUESTIONS, [rows.QUESTIONS.row(question) for question in batch.questions]),
        (tables.LOOKS, [rows.LOOKS.row(look) for look in batch.looks]),
        (tables.DOCUMENTS, [rows.document_row(document) for document in batch.documents]),
        (tables.RECKONINGS, [rows.RECKONINGS.row(reckoning) for reckoning in batch.reckonings]),
        (tables.AGREEMENTS, [rows.AGREEMENTS.row(agreement) for agreement in batch.agreements]),
        (tables.CHANGES, [rows.CHANGES.row(change) for change in batch.changes]),
    ]


def _added(batch: Batch) -> _Writes:
    """Rows that stand beside what was there before."""
    return [
        (tables.EXCHANGES, _exchanges(batch)),
        (tables.EDITIONS, [rows.EDITIONS.row(edition) for edition in batch.editions]),
        (tables.AUDIT, [rows.AUDIT.row(entry) for entry in batch.audit]),
    ]


def _item_keys(items: Sequence[Item]) -> list[Row]:
    return [
        sealed({"source_id": item.source_id, "key": key, "item_key": item.key})
        for item in items
        for key in dict.fromkeys(item.keys)
    ]


def _keeping_first_seen(connection: Connection, findings: list[Row]) -> list[Row]:
    """Give findings that are known the instant at which they were first recorded."""
    known: dict[str, str] = {}
    for ids in chunks(row["id"] for row in findings):
        query = select(tables.FINDINGS.c.id, tables.FINDINGS.c.first_seen)
        known |= {
            row.id: row.first_seen for row in connection.execute(query.where(tables.FINDINGS.c.id.in_(ids)))
        }
    return [
        sealed({**row, "first_seen": known[row["id"]]}) if row["id"] in known else row for row in findings
    ]


def _follow_merges(connection: Connection, agreements: Sequence[Agreement]) -> None:
    """Remove agreements that were merged into others, and remember their ids as aliases."""
    merged = {alias: agreement.id for agreement in agreements for alias in agreement.aliases}
    aliases, stored = tables.ALIASES, tables.AGREEMENTS
    for ids in chunks(agreement.id for agreement in agreements if agreement.id not in merged):
        connection.execute(
            delete(aliases).where(aliases.c.alias.in_(ids))
        )  # split off again: an id of its own
    kept = []
    for ids in chunks(merged):
        earlier = select(aliases.c.alias, aliases.c.agreement_id).where(aliases.c.agreement_id.in_(ids))
        kept += [(row.alias, row.agreement_id) for row in connection.execute(earlier)]
    pairs = dict(kept) | merged
    _upsert(
        connection,
        aliases,
        [sealed({"alias": alias, "agreement_id": _final(alias, pairs)}) for alias in pairs],
    )
    for ids in chunks(merged):
        connection.execute(delete(stored).where(stored.c.id.in_(ids)))


def _final(alias: str, merged: Mapping[str, str]) -> str:
    """Return what an id stands for in the end: what it was merged into may have been merged too."""
    seen = {alias}
    target = merged[alias]
    while target in merged and target not in seen:
        seen.add(target)
        target = merged[target]
    return target


def _await_telling(connection: Connection, pending: Sequence[Pending]) -> None:
    """Add what is to be told: once for ever a version, and of a change only its latest version."""
    made = [rows.PENDING.row(each, told_in=None) for each in pending]
    if not made:
        return
    table = tables.PENDING
    outdated = delete(table).where(
        table.c.subscription_id == bindparam("of_subscription"),
        table.c.change_id == bindparam("of_change"),
        table.c.version != bindparam("but_version"),
        table.c.told_in.is_(None),
    )
    connection.execute(
        outdated,
        [
            {
                "of_subscription": row["subscription_id"],
                "of_change": row["change_id"],
                "but_version": row["version"],
            }
            for row in made
        ],
    )
    _add_unless_there(connection, table, made)


# --- ways to write


def _add_once(connection: Connection, table: Table, made: list[Row], place: str, what: str) -> None:
    try:
        connection.execute(insert(table), made)
    except IntegrityError as error:
        raise StateError(place, f"{what} is recorded already; nothing was changed") from error


def _add(connection: Connection, table: Table, made: list[Row]) -> None:
    if made:
        connection.execute(insert(table), made)


def _add_unless_there(connection: Connection, table: Table, made: list[Row]) -> None:
    if made:
        connection.execute(_insert(connection.dialect.name, table).on_conflict_do_nothing(), made)


def _upsert(connection: Connection, table: Table, made: list[Row]) -> None:
    if not made:
        return
    connection.execute(_upsert_statement(connection.dialect.name, table), made)


@cache  # building one takes a millisecond
def _upsert_statement(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    statement = _insert(dialect, table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=[*table.primary_key], set_=changed)


def _insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # a fiftieth of a second that most installations save

    return postgresql.insert(table)
