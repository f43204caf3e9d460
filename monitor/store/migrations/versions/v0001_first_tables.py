"""The first tables.

Spelled out here, not taken from the program, whose tables move on while this step stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_SEQ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables in an empty database."""
    for name, keys, columns in _KEYED:
        _create(name, *(_text(key, primary_key=True) for key in keys), *map(_text, columns))
    for name, columns in _SEQUENCES:
        _create(name, sa.Column("seq", _SEQ, primary_key=True, autoincrement=True), *map(_text, columns))
    _create_those_with_particulars()
    for table, columns in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


_KEYED = (
    ("polls", ("source_id", "slot"), ("value",)),
    ("validators", ("source_id", "url"), ("value",)),
    ("source_states", ("source_id",), ("value",)),
    ("items", ("source_id", "item_key"), ("version", "value")),
    ("gaps", ("source_id", "since"), ("value",)),
    ("questions", ("id",), ("value",)),
    ("looks", ("source_id", "at", "by"), ("value",)),
    ("agreements", ("id",), ("sides", "side_a", "side_b", "value")),
    ("changes", ("id",), ("briefing_id", "life", "value")),
    ("reports", ("id",), ("briefing_id", "made_at", "value")),
)
_SEQUENCES = (("editions", ("briefing_id", "value")), ("audit", ("subject", "value")))
_INDEXES = (
    ("exchanges", ("source_id", "slot")),
    ("findings", ("document_id",)),
    ("findings", ("sides",)),
    ("agreements", ("sides",)),
    ("agreements", ("side_a",)),
    ("agreements", ("side_b",)),
    ("agreement_aliases", ("agreement_id",)),
    ("editions", ("briefing_id",)),
    ("changes", ("briefing_id",)),
    ("decisions", ("subject",)),
    ("reports", ("briefing_id",)),
    ("deliveries", ("report_id",)),
    ("deliveries", ("status", "next_try")),
    ("audit", ("subject",)),
)


def _create_those_with_particulars() -> None:
    _create(
        "exchanges",
        sa.Column("seq", _SEQ, primary_key=True, autoincrement=True),
        _text("source_id"),
        _text("slot"),
        _text("body_sha256", nullable=True),
        _text("value"),
    )
    _create(
        "item_keys",
        *(_text(key, primary_key=True) for key in ("source_id", "key", "item_key")),
        with_rowid=False,
    )
    _create(
        "documents",
        _text("id", primary_key=True),
        _text("body_sha256", nullable=True),
        _text("value"),
        sa.Column("passages", sa.LargeBinary, nullable=False),
    )
    _create(
        "findings",
        _text("id", primary_key=True),
        _text("document_id", "documents.id"),
        _text("sides"),
        _text("first_seen"),
        _text("value"),
    )
    _create("agreement_aliases", _text("alias", primary_key=True), _text("agreement_id", "agreements.id"))
    _create(
        "decisions",
        sa.Column("seq", _SEQ, primary_key=True, autoincrement=True),
        _text("id"),
        _text("subject"),
        _text("value"),
        sa.UniqueConstraint("id", name="decisions_id"),
    )
    _create(
        "renderings",
        _text("report_id", "reports.id", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        _text("suffix"),
        _text("media_type"),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    _create(
        "deliveries",
        _text("id", primary_key=True),
        _text("report_id", "reports.id"),
        _text("status"),
        _text("next_try", nullable=True),
        _text("value"),
    )
    _create(
        "pending",
        _text("subscription_id", primary_key=True),
        _text("change_id", "changes.id", primary_key=True),
        _text("version", primary_key=True),
        _text("told_in", nullable=True),
        _text("value"),
    )


def _create(
    name: str,
    *parts: sa.Column[str] | sa.Column[int] | sa.Column[bytes] | sa.UniqueConstraint,
    with_rowid: bool = True,
) -> None:
    seal = sa.Column("seal", sa.BigInteger, nullable=False)
    op.create_table(name, *parts, seal, sqlite_with_rowid=with_rowid)


def _text(
    name: str, target: str | None = None, *, primary_key: bool = False, nullable: bool = False
) -> sa.Column[str]:
    references = () if target is None else (sa.ForeignKey(target),)
    return sa.Column(name, _TEXT, *references, primary_key=primary_key, nullable=nullable)
