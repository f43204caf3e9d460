"""The canonical export: what is known, decided and told, as sorted JSON lines.

Two runs that come to the same end, one of them killed and run again, give the same bytes. So
polls, exchanges, health, attempts, and the instants at which something was polled, first seen,
rendered or sent are left out, and of the audit stands what people did.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from monitor.store import rows, tables
from monitor.store.database import Database
from monitor.store.rows import Row, Shelf

MACHINE = "monitor"  # the actor of what nobody did by hand


@dataclass(frozen=True, slots=True)
class _Part:
    """How the rows of one table are exported: their plain data, None for a row that is left out."""

    name: str
    shelf: Shelf[Any]
    plain: Callable[[RowMapping], Row | None]


def export_lines(database: Database) -> Iterator[str]:
    """Yield the export, a JSON object a line, without line feeds.

    Raises:
        StateError: the database cannot be read, or a row is damaged.
    """
    with database.reading() as connection:
        for part in _PARTS:
            yield from _lines_of(connection, part)
        for row in connection.execute(select(tables.ALIASES).order_by(tables.ALIASES.c.alias)).mappings():
            rows.check_seal("agreement_aliases", row)
            yield _line("alias", {"alias": row["alias"], "agreement_id": row["agreement_id"]})


def _lines_of(connection: Connection, part: _Part) -> Iterator[str]:
    table = part.shelf.table
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=500)
    plain = (part.plain(row) for row in connection.execute(query).mappings())
    lines = (_line(part.name, each) for each in plain if each is not None)
    # Rows in the order of recording may differ between two runs that come to the same end.
    yield from sorted(set(lines)) if "seq" in table.c else lines


def _line(record: str, fields: Row) -> str:
    return json.dumps({"record": record, **fields}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _without(shelf: Shelf[Any], *hidden: str) -> Callable[[RowMapping], Row]:
    def plain(row: RowMapping) -> Row:
        fields = shelf.plain(shelf.value(row))
        return {name: value for name, value in fields.items() if name not in hidden}

    return plain


def _document(row: RowMapping) -> Row:
    fields = rows.DOCUMENTS.plain(rows.document_of(row))
    del fields["retrieved"]
    return fields


def _pending(row: RowMapping) -> Row:
    return {**_without(rows.PENDING, "since")(row), "told_in": row["told_in"]}


def _by_people(row: RowMapping) -> Row | None:
    entry = rows.AUDIT.value(row)
    return None if entry.actor == MACHINE else rows.AUDIT.plain(entry)


_PARTS = (
    _Part("item", rows.ITEMS, _without(rows.ITEMS)),
    _Part("document", rows.DOCUMENTS, _document),
    _Part("finding", rows.FINDINGS, _without(rows.FINDINGS, "retrieved")),
    _Part("reckoning", rows.RECKONINGS, _without(rows.RECKONINGS, "retrieved")),
    _Part("agreement", rows.AGREEMENTS, _without(rows.AGREEMENTS)),
    _Part("gap", rows.GAPS, _without(rows.GAPS, "since", "until")),
    _Part("question", rows.QUESTIONS, _without(rows.QUESTIONS, "asked_at")),
    _Part("look", rows.LOOKS, _without(rows.LOOKS)),
    _Part("edition", rows.EDITIONS, _without(rows.EDITIONS)),
    _Part("change", rows.CHANGES, _without(rows.CHANGES, "first_seen")),
    _Part("decision", rows.DECISIONS, _without(rows.DECISIONS)),
    _Part("pending", rows.PENDING, _pending),
    _Part("report", rows.REPORTS, _without(rows.REPORTS, "made_at", "renderings")),
    _Part(
        "delivery",
        rows.DELIVERIES,
        _without(rows.DELIVERIES, "attempts", "next_try", "last_error", "sent_at"),
    ),
    _Part("audit", rows.AUDIT, _by_people),
)
