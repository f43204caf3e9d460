"""From values to rows and back.

A value is kept as JSON without the fields that are at their defaults: to change a default is to
change what is stored, and needs a migration. SQLite has no checksums of its own, so each row is
sealed by one, and a flipped bit is found by whoever reads the row.
"""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import RowMapping, Table

from monitor.model import (
    Agreement,
    AuditEntry,
    Change,
    Decision,
    Delivery,
    Document,
    EditionSeen,
    Exchange,
    Finding,
    Gap,
    Item,
    ManualLook,
    Passage,
    PassageKind,
    Pending,
    Poll,
    Question,
    Reckoning,
    Rendering,
    Report,
    Sides,
    SourceState,
    Validators,
)
from monitor.store import tables

T = TypeVar("T")
Row = dict[str, Any]

_UNSEALED = ("seal", "seq")  # a row gets its seq from the database


class DamagedRowError(Exception):
    """A row is not as it was written."""


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """How values of one kind stand in one table: which columns are taken out of the value."""

    table: Table
    kind: type[T]
    columns: Callable[[T], Row]

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:  # building one takes milliseconds
        return TypeAdapter(self.kind)

    def row(self, value: T, **more: str | bytes | None) -> Row:
        """Return the row of a value; ``more`` are columns that do not come from it.

        Raises:
            ValueError: it holds text that is not Unicode, or a time without a time zone.
        """
        try:
            text = self._adapter.dump_json(value, exclude_defaults=True).decode()
            return sealed({**self.columns(value), **more, "value": text})
        except ValueError as error:
            raise ValueError(f"{self.table.name}: {error}") from error

    def plain(self, value: T) -> Row:
        """Return a value as plain data for JSON, with all its fields."""
        fields: Row = self._adapter.dump_python(value, mode="json")
        return fields

    def value(self, row: Mapping[Any, Any]) -> T:
        """Return the value of a row.

        Raises:
            DamagedRowError: the row is not as it was written.
        """
        check_seal(self.table.name, row)
        try:
            return self._adapter.validate_json(row["value"])
        except ValidationError as error:
            raise DamagedRowError(f"{self.table.name}: {error}") from error


def sealed(row: Row) -> Row:
    """Return the row with its checksum."""
    return {**row, "seal": _seal(row)}


def check_seal(table: str, row: Mapping[Any, Any]) -> None:
    """Raise DamagedRowError where a row is not as it was written."""
    if _seal(row) != row["seal"]:
        key = next(iter(row.values()))
        raise DamagedRowError(f"a row of {table} ({key}) is not as it was written")


def _seal(row: Mapping[Any, Any]) -> int:
    crc = 0
    for name in sorted(row):
        if name not in _UNSEALED:
            held = row[name]
            crc = zlib.crc32(held if isinstance(held, bytes) else f"{name}\0{held}\0".encode(), crc)
    return crc


def instant(at: datetime) -> str:
    """Return an instant as text of fixed width in UTC.

    Raises:
        ValueError: it has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"a time without a time zone: {at}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_instant(text: str) -> datetime:
    """Return the instant that :func:`instant` wrote."""
    return datetime.fromisoformat(text)


def sides_key(sides: Sides) -> str:
    """Return two sides as one column."""
    return "/".join(sides)


POLLS = Shelf(tables.POLLS, Poll, lambda v: {"source_id": v.source_id, "slot": instant(v.slot)})
EXCHANGES = Shelf(
    tables.EXCHANGES,
    Exchange,
    lambda v: {"source_id": v.source_id, "slot": instant(v.slot), "body_sha256": v.body_sha256},
)
VALIDATORS = Shelf(tables.VALIDATORS, Validators, lambda _: {})
SOURCE_STATES = Shelf(tables.SOURCE_STATES, SourceState, lambda v: {"source_id": v.source_id})
ITEMS = Shelf(
    tables.ITEMS, Item, lambda v: {"source_id": v.source_id, "item_key": v.key, "version": v.version}
)
GAPS = Shelf(tables.GAPS, Gap, lambda v: {"source_id": v.source_id, "since": instant(v.since)})
QUESTIONS = Shelf(tables.QUESTIONS, Question, lambda v: {"id": v.id})
LOOKS = Shelf(tables.LOOKS, ManualLook, lambda v: {"source_id": v.source_id, "at": instant(v.at), "by": v.by})
DOCUMENTS = Shelf(tables.DOCUMENTS, Document, lambda v: {"id": v.id, "body_sha256": v.body_sha256})
FINDINGS = Shelf(
    tables.FINDINGS,
    Finding,
    lambda v: {"id": v.id, "document_id": v.document_id, "sides": sides_key(v.sides)},
)
RECKONINGS = Shelf(tables.RECKONINGS, Reckoning, lambda v: {"id": v.id, "document_id": v.document_id})
AGREEMENTS = Shelf(
    tables.AGREEMENTS,
    Agreement,
    lambda v: {"id": v.id, "sides": sides_key(v.sides), "side_a": v.sides[0], "side_b": v.sides[1]},
)
EDITIONS = Shelf(tables.EDITIONS, EditionSeen, lambda v: {"briefing_id": v.briefing_id})
CHANGES = Shelf(
    tables.CHANGES, Change, lambda v: {"id": v.id, "briefing_id": v.briefing_id, "life": v.life.value}
)
DECISIONS = Shelf(tables.DECISIONS, Decision, lambda v: {"id": v.id, "subject": v.subject})
REPORTS = Shelf(
    tables.REPORTS,
    Report,
    lambda v: {"id": v.id, "briefing_id": v.briefing_id, "made_at": instant(v.made_at)},
)
DELIVERIES = Shelf(
    tables.DELIVERIES,
    Delivery,
    lambda v: {
        "id": v.id,
        "report_id": v.report_id,
        "status": v.status.value,
        "next_try": None if v.next_try is None else instant(v.next_try),
    },
)
PENDING = Shelf(
    tables.PENDING,
    Pending,
    lambda v: {
        "subscription_id": v.subscription_id,
        "change_id": v.change_id,
        "version": v.version,
    },
)
AUDIT = Shelf(tables.AUDIT, AuditEntry, lambda v: {"subject": v.subject})


def rendering_row(report_id: str, position: int, form: Rendering) -> Row:
    """Return the row of one form of a report."""
    return sealed(
        {
            "report_id": report_id,
            "position": position,
            "suffix": form.suffix,
            "media_type": form.media_type,
            "content": form.content,
        }
    )


def rendering_of(row: RowMapping) -> Rendering:
    """Return the form of a report that a row holds.

    Raises:
        DamagedRowError: the row is not as it was written.
    """
    check_seal("renderings", row)
    return Rendering(row["suffix"], row["media_type"], row["content"])


def document_row(document: Document) -> Row:
    """Return the row of a document; its passages, most of its size, are compressed."""
    return DOCUMENTS.row(replace(document, passages=()), passages=_pack(document.passages))


def document_of(row: RowMapping) -> Document:
    """Return the document of a row.

    Raises:
        DamagedRowError: the row is not as it was written.
    """
    bare = DOCUMENTS.value(row)
    return replace(bare, passages=_unpack(row["passages"]))


def _pack(passages: Sequence[Passage]) -> bytes:
    pairs = [(passage.kind.value, passage.text) for passage in passages]
    return zlib.compress(json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).encode())


def _unpack(packed: bytes) -> tuple[Passage, ...]:
    return tuple(Passage(PassageKind(kind), text) for kind, text in json.loads(zlib.decompress(packed)))


SHELVES: tuple[Shelf[Any], ...] = (
    POLLS,
    EXCHANGES,
    VALIDATORS,
    SOURCE_STATES,
    ITEMS,
    GAPS,
    QUESTIONS,
    LOOKS,
    DOCUMENTS,
    FINDINGS,
    RECKONINGS,
    AGREEMENTS,
    EDITIONS,
    CHANGES,
    DECISIONS,
    REPORTS,
    DELIVERIES,
    PENDING,
    AUDIT,
)
