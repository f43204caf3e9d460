"""Alembic's entry: migrate on the connection that was handed in, in its transaction.

Alembic runs this file, so it works at import; nothing else may import it.
"""

from alembic import context

from monitor.store.schema import VERSION_TABLE
from monitor.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transactional_ddl=False,  # the transaction is the caller's: all steps or none
    render_as_batch=True,
)
context.run_migrations()
