"""The tables. Each row keeps its value as JSON, beside the columns that are searched by.

Times are text in UTC of fixed width, so that they sort and read the same in every database.
``seal`` is a checksum over the row (see :mod:`monitor.store.rows`); ``seq`` is the order of
recording. A change here needs a migration; a test compares both.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

# PostgreSQL sorts text by the rules of a language unless told not to; SQLite sorts by code point.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
_SEQ = BigInteger().with_variant(Integer(), "sqlite")


def _key(name: str) -> Column[str]:
    return Column(name, _TEXT, primary_key=True, nullable=False)


def _text(name: str, *, index: bool = False, null: bool = False) -> Column[str]:
    return Column(name, _TEXT, nullable=null, index=index)


def _part_of(name: str, target: str, *, key: bool = False, index: bool = False) -> Column[str]:
    return Column(name, _TEXT, ForeignKey(target), nullable=False, primary_key=key, index=index)


def _table(
    name: str,
    *parts: Column[str] | Column[int] | Column[bytes] | Index | UniqueConstraint,
    with_rowid: bool = True,
) -> Table:
    seal = Column("seal", BigInteger, nullable=False)
    return Table(name, METADATA, *parts, seal, sqlite_with_rowid=with_rowid)


def _seq() -> Column[int]:
    return Column("seq", _SEQ, primary_key=True, autoincrement=True)


# --- sources
POLLS = _table("polls", _key("source_id"), _key("slot"), _text("value"))
EXCHANGES = _table(
    "exchanges",
    _seq(),
    _text("source_id"),
    _text("slot"),
    _text("body_sha256", null=True),
    _text("value"),
    Index("ix_exchanges_source_id_slot", "source_id", "slot"),
)
VALIDATORS = _table("validators", _key("source_id"), _key("url"), _text("value"))
SOURCE_STATES = _table("source_states", _key("source_id"), _text("value"))
ITEMS = _table("items", _key("source_id"), _key("item_key"), _text("version"), _text("value"))
# All of it is key: without a rowid each is stored once, and 30,000 are written in half the time.
ITEM_KEYS = _table("item_keys", _key("source_id"), _key("key"), _key("item_key"), with_rowid=False)
GAPS = _table("gaps", _key("source_id"), _key("since"), _text("value"))
QUESTIONS = _table("questions", _key("id"), _text("value"))
LOOKS = _table("looks", _key("source_id"), _key("at"), _key("by"), _text("value"))

# --- what was found
DOCUMENTS = _table(
    "documents",
    _key("id"),
    _text("body_sha256", null=True),
    _text("value"),
    Column("passages", LargeBinary, nullable=False),
)
FINDINGS = _table(
    "findings",
    _key("id"),
    _part_of("document_id", "documents.id", index=True),
    _text("sides", index=True),
    _text("first_seen"),
    _text("value"),
)
RECKONINGS = _table(
    "reckonings", _key("id"), _part_of("document_id", "documents.id", index=True), _text("value")
)
AGREEMENTS = _table(
    "agreements",
    _key("id"),
    _text("sides", index=True),
    _text("side_a", index=True),
    _text("side_b", index=True),
    _text("value"),
)
ALIASES = _table("agreement_aliases", _key("alias"), _part_of("agreement_id", "agreements.id", index=True))

# --- briefings
EDITIONS = _table("editions", _seq(), _text("briefing_id", index=True), _text("value"))
CHANGES = _table("changes", _key("id"), _text("briefing_id", index=True), _text("life"), _text("value"))
DECISIONS = _table(
    "decisions",
    _seq(),
    _text("id"),
    _text("subject", index=True),
    _text("value"),
    UniqueConstraint("id", name="decisions_id"),
)

# --- reports
REPORTS = _table("reports", _key("id"), _text("briefing_id", index=True), _text("made_at"), _text("value"))
RENDERINGS = _table(
    "renderings",
    _part_of("report_id", "reports.id", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("suffix"),
    _text("media_type"),
    Column("content", LargeBinary, nullable=False),
)
DELIVERIES = _table(
    "deliveries",
    _key("id"),
    _part_of("report_id", "reports.id", index=True),
    _text("status"),
    _text("next_try", null=True),
    _text("value"),
    Index("ix_deliveries_status_next_try", "status", "next_try"),
)
# A row stays when it is ticked off: ``told_in`` names the report, and is the memory of what was told.
PENDING = _table(
    "pending",
    _key("subscription_id"),
    _part_of("change_id", "changes.id", key=True),
    _key("version"),
    _text("told_in", null=True),
    _text("value"),
)
AUDIT = _table("audit", _seq(), _text("subject", index=True), _text("value"))
