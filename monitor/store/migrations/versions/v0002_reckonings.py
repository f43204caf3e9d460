"""How many agreements of a series documents count, and whom they list."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table; what stored documents say is found by reading them again."""
    op.create_table(
        "reckonings",
        sa.Column("id", _TEXT, primary_key=True, nullable=False),
        sa.Column("document_id", _TEXT, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("value", _TEXT, nullable=False),
        sa.Column("seal", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_reckonings_document_id", "reckonings", ["document_id"])
