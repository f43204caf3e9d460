"""Open the store: refuse what is not a sound database of ours, upgrade what is older."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from monitor.errors import StateError
from monitor.files import make_directory
from monitor.store.database import Database, postgres_database, sqlite_database
from monitor.store.schema import SHIPPED, Migrations, create_tables, revision_of, upgrade
from monitor.store.sql_store import SqlStore
from monitor.store.sqlite_file import APPLICATION_ID, back_up, backup_advice, begin, require_sound

MEMORY = ":memory:"
_POSTGRES = ("postgresql:", "postgresql+psycopg:", "postgres:")


def open_store(
    place: str | Path, *, create: bool = False, evidence: Path | None = None, migrations: Migrations = SHIPPED
) -> SqlStore:
    """Return the store at ``place``, upgraded to the newest tables where it is older.

    Args:
        place: The path of an SQLite file, the URL of a PostgreSQL database, or ``:memory:``.
        create: Whether to begin a database where there is none.
        evidence: The folder of stored bodies, ``evidence`` beside the file if not given: where it
            holds any, no database is begun, since one was lost.
        migrations: The history of the tables.

    Raises:
        StateError: there is no database, or it is damaged, foreign or of a newer program. It is left
            as it is; nothing ever starts empty in its place.
    """
    if str(place).startswith(_POSTGRES):
        return SqlStore(_open_postgres(str(place), create=create, migrations=migrations))
    if str(place) == MEMORY:
        database = sqlite_database(None)
        _fill(database, migrations)
        return SqlStore(database)
    path = Path(place)
    return SqlStore(
        _open_file(path, evidence or path.parent / "evidence", create=create, migrations=migrations)
    )


def _open_file(path: Path, evidence: Path, *, create: bool, migrations: Migrations) -> Database:
    if not path.exists():
        if not create:
            raise StateError(
                str(path), f"there is no database; `monitor run` begins one, or {backup_advice(path)}"
            )
        make_directory(path.parent)
        begin(path, evidence, lambda unfinished: _begin_file(unfinished, migrations))
    require_sound(path)
    database = sqlite_database(path, lambda: backup_advice(path))
    with _closed_on_failure(database):
        found = _revision(database)
        if _is_older(found, database, migrations):
            back_up(path, str(found))
            _upgrade_file(path, migrations)
    return database


def _begin_file(path: Path, migrations: Migrations) -> None:
    # Not in WAL: what stands in a log when a disk is full would be missing from the file that is moved.
    with sqlite_database(path, journal="DELETE") as database:
        _fill(database, migrations)


def _fill(database: Database, migrations: Migrations) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        create_tables(connection, migrations)


def _upgrade_file(path: Path, migrations: Migrations) -> None:
    # SQLite changes a table by making it anew, which must not count as deleting what points to it.
    with sqlite_database(path, foreign_keys=False) as database:
        _upgrade(database, migrations)


def _open_postgres(url: str, *, create: bool, migrations: Migrations) -> Database:
    database = postgres_database(url)
    with _closed_on_failure(database):
        found = _revision(database)
        if found is None and not create:
            raise StateError(database.place, "the database holds no tables of ours; `monitor run` makes them")
        if found is None:
            with database.writing() as connection:
                create_tables(connection, migrations)
        elif _is_older(found, database, migrations):
            _upgrade(database, migrations)
    return database


@contextmanager
def _closed_on_failure(database: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


def _revision(database: Database) -> str | None:
    with database.reading() as connection:
        return revision_of(connection)


def _is_older(found: str | None, database: Database, migrations: Migrations) -> bool:
    """Return whether tables need an upgrade.

    Raises:
        StateError: they are not ours, or of a newer program.
    """
    if found is None:
        raise StateError(database.place, f"the database holds no tables of ours; {database.advice()}")
    if found not in migrations.revisions:
        raise StateError(
            database.place,
            f"the database was written by a newer version (tables {found}; this one knows up to "
            f"{migrations.newest}): install that version, or {database.advice()}",
        )
    return found != migrations.newest


def _upgrade(database: Database, migrations: Migrations) -> None:
    with database.writing() as connection:
        try:
            upgrade(connection, migrations)
        except SQLAlchemyError as error:
            raise StateError(
                database.place, f"the tables could not be upgraded, nothing was changed: {error}"
            ) from error
        if connection.dialect.name == "sqlite":
            _require_references(connection, database.place)


def _require_references(connection: Connection, place: str) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StateError(place, f"the upgrade would break a reference in {broken[0]}; nothing was changed")
