"""What stored bodies may go, and the log of those that went.

A body stays as long as anything rests on it: a finding's document, or what a source showed last. All
else is kept for as long as the operator says. What goes is written into the audit first, a line a body,
in the transaction that takes its rows away; the file is removed after it, so that a crash leaves a file
that nothing cites, never a row that cites nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, select, union, update

from monitor.model import AuditEntry, Exchange
from monitor.store import rows, tables
from monitor.store.database import Database
from monitor.store.evidence import FileEvidence
from monitor.store.rows import Row, instant
from monitor.store.writing import chunks

ACTION = "disposed"
DISPOSED = "bytes-disposed"  # the flag of a document whose bytes are gone
_A_TRANSACTION = 200  # bodies; keeps each well under a second


@dataclass(frozen=True, slots=True)
class Disposed:
    """A body that goes, or went: its hash, and the exchange that brought it first."""

    sha256: str
    source_id: str
    url: str
    asked_at: datetime
    body_bytes: int

    @property
    def words(self) -> str:
        """The line of the disposal log."""
        return (
            f"{self.source_id} {self.url} asked {self.asked_at:%Y-%m-%d %H:%M} UTC, {self.body_bytes} bytes"
        )


def disposable(database: Database, before: datetime) -> tuple[Disposed, ...]:
    """Return the bodies that came before an instant and on which nothing rests, oldest first."""
    with database.reading() as connection:
        kept = _rested_on(connection) | _came_since(connection, before) | _shown_last(connection)
        found: dict[str, Disposed] = {}
        for exchange in _exchanges(connection, before):
            sha256 = exchange.body_sha256
            if sha256 is not None and sha256 not in kept:
                found.setdefault(sha256, _disposed(sha256, exchange))
    return tuple(found.values())


def dispose(
    database: Database, evidence: FileEvidence, going: Sequence[Disposed], *, by: str, at: datetime
) -> int:
    """Let bodies go, log each, and return how many files were removed, those that nothing cites too.

    No run may be under way: what it has stored and not yet recorded would look like what nothing cites.

    Raises:
        StateError: it could not be recorded; what was recorded before stands.
    """
    for some in _portions(going):
        with database.writing() as connection:
            _forget(connection, some, by=by, at=at)
    with database.reading() as connection:
        cited = _cited(connection)
    return sum(evidence.remove(sha256) for sha256 in tuple(evidence.hashes()) if sha256 not in cited)


def _rested_on(connection: Connection) -> set[str]:
    """Bodies of documents that findings, or counts of agreements, quote.

    Both stay for ever, and with them what reports say.
    """
    documents = tables.DOCUMENTS
    quoted = union(select(tables.FINDINGS.c.document_id), select(tables.RECKONINGS.c.document_id))
    query = select(documents.c.body_sha256).where(documents.c.id.in_(quoted))
    return {sha256 for sha256 in connection.execute(query).scalars() if sha256}


def _came_since(connection: Connection, before: datetime) -> set[str]:
    table = tables.EXCHANGES
    query = select(table.c.body_sha256).where(table.c.slot >= instant(before)).distinct()
    return {sha256 for sha256 in connection.execute(query).scalars() if sha256}


def _shown_last(connection: Connection) -> set[str]:
    """What each source showed last, however long ago."""
    table = tables.EXCHANGES
    with_body = table.c.body_sha256.is_not(None)
    last = (
        select(table.c.source_id, func.max(table.c.slot).label("slot"))
        .where(with_body)
        .group_by(table.c.source_id)
        .subquery()
    )
    same = (table.c.source_id == last.c.source_id) & (table.c.slot == last.c.slot)
    return set(connection.execute(select(table.c.body_sha256).join(last, same).where(with_body)).scalars())


def _exchanges(connection: Connection, before: datetime) -> Iterator[Exchange]:
    table = tables.EXCHANGES
    query = (
        select(table)
        .where(table.c.slot < instant(before), table.c.body_sha256.is_not(None))
        .order_by(table.c.slot, table.c.seq)
        .execution_options(yield_per=500)
    )
    return (rows.EXCHANGES.value(row) for row in connection.execute(query).mappings())


def _disposed(sha256: str, exchange: Exchange) -> Disposed:
    return Disposed(sha256, exchange.source_id, exchange.url, exchange.asked_at, exchange.body_bytes)


def _forget(connection: Connection, going: Iterable[Disposed], *, by: str, at: datetime) -> None:
    hashes = [each.sha256 for each in going]
    exchanges, documents = tables.EXCHANGES, tables.DOCUMENTS
    for row in _citing(connection, exchanges, hashes):
        made = rows.EXCHANGES.row(replace(rows.EXCHANGES.value(row), body_sha256=None))
        _rewrite(connection, exchanges, exchanges.c.seq == row["seq"], made)
    for row in _citing(connection, documents, hashes):
        document = rows.document_of(row)
        flags = (*document.flags, DISPOSED)
        made = rows.document_row(replace(document, body_sha256=None, flags=flags))
        _rewrite(connection, documents, documents.c.id == row["id"], made)
    log = [rows.AUDIT.row(AuditEntry(at, by, ACTION, each.sha256, each.words)) for each in going]
    if log:
        connection.execute(tables.AUDIT.insert(), log)


def _citing(connection: Connection, table: Table, hashes: Sequence[str]) -> list[RowMapping]:
    return [
        row
        for some in chunks(hashes)
        for row in connection.execute(select(table).where(table.c.body_sha256.in_(some))).mappings()
    ]


def _rewrite(connection: Connection, table: Table, which: ColumnElement[bool], made: Row) -> None:
    connection.execute(update(table).where(which).values(**made))


def _cited(connection: Connection) -> set[str]:
    columns = (tables.DOCUMENTS.c.body_sha256, tables.EXCHANGES.c.body_sha256)
    return {sha256 for column in columns for sha256 in connection.execute(select(column)).scalars() if sha256}


def _portions(going: Sequence[Disposed]) -> Iterator[Sequence[Disposed]]:
    return (going[at : at + _A_TRANSACTION] for at in range(0, len(going), _A_TRANSACTION))
