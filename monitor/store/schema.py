"""The version of the tables: create the newest, and bring older ones up to it.

Alembic takes 150 ms to import and is needed only when there is something to migrate.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from monitor.store.tables import METADATA

VERSION_TABLE = "monitor_schema"


@dataclass(frozen=True, slots=True)
class Migrations:
    """Where the migration scripts are, and their revisions, oldest first."""

    location: str
    revisions: tuple[str, ...]

    @property
    def newest(self) -> str:
        """The revision of tables that this program reads and writes."""
        return self.revisions[-1]


SHIPPED = Migrations("monitor.store:migrations", ("0001", "0002"))


def create_tables(connection: Connection, migrations: Migrations) -> None:
    """Create the newest tables in an empty database."""
    METADATA.create_all(connection)
    connection.execute(
        text(
            f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL,"
            f" CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(
        text(f"INSERT INTO {VERSION_TABLE} VALUES (:revision)"),  # noqa: S608 - a constant of ours
        {"revision": migrations.newest},
    )


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the tables, None if they are not ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - a constant of ours
    return found.scalar_one_or_none()


def upgrade(connection: Connection, migrations: Migrations) -> None:
    """Bring the tables up to the newest revision, in the transaction that is under way."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", migrations.location)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
