"""The contract of the store on PostgreSQL, with the same code."""

import itertools
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from monitor.errors import StateError
from monitor.store import open_store
from monitor.store.database import postgres_database
from monitor.store.schema import SHIPPED, upgrade
from tests.slow.postgres import running_postgres
from tests.store.contract import StoreContract
from tests.store.samples import delivery, full_batch, pending, report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server():
    """The URL of a server; its folder is short, since the name of a socket may not be long."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with running_postgres(Path(folder) / "s") as url:
            yield url


@pytest.fixture
def make_url(server):
    """Give the URL of a new, empty schema, each time; a database each would take seconds."""
    numbers = itertools.count()
    admin = create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    made = []

    def make():
        made.append(f"monitor_{next(numbers)}")
        with admin.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {made[-1]}")
        return f"{server}&options=-csearch_path%3D{made[-1]}"

    yield make
    with admin.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {', '.join(made)} CASCADE")
    admin.dispose()


class TestPostgres(StoreContract):
    """As a parliament with several machines runs it."""

    @pytest.fixture
    def make_store(self, make_url):
        made = []

        def make():
            made.append(open_store(make_url(), create=True))
            return made[-1]

        yield make
        for store in made:
            store.close()

    @pytest.fixture
    def store(self, make_store):
        return make_store()


def test_both_databases_export_the_same_bytes(make_url, tmp_path):
    """So that a move from one to the other can be proved."""
    exports = []
    for place in (make_url(), tmp_path / "monitor.db"):
        with open_store(place, create=True) as store:
            for number in (3, 1, 2):
                store.save(full_batch(number))
            store.save_report(report(), [delivery()], [pending()], [])
            exports.append(list(store.export()))

    assert exports[0] == exports[1]


def test_no_tables_are_made_unasked(make_url):
    """A wrong URL must not look like a first run."""
    url = make_url()

    with pytest.raises(StateError, match="holds no tables of ours; `monitor run` makes them"):
        open_store(url)


def test_a_database_is_opened_again(make_url):
    """What was recorded is there."""
    url = make_url()
    with open_store(url, create=True) as store:
        store.save(full_batch())
    with open_store(url, create=True) as store:
        assert len(store.findings()) == 1


def test_the_steps_lead_to_the_tables_that_a_new_database_has(make_url):
    """As on SQLite."""
    new, migrated = make_url(), make_url()
    open_store(new, create=True).close()
    with postgres_database(migrated) as database, database.writing() as connection:
        upgrade(connection, SHIPPED)

    assert described(migrated) == described(new)


def described(url):
    """Return columns, keys and indexes of every table."""
    with postgres_database(url) as database, database.reading() as connection:
        found = inspect(connection)
        return {
            table: (
                [(each["name"], str(each["type"]), each["nullable"]) for each in found.get_columns(table)],
                found.get_pk_constraint(table)["constrained_columns"],
                sorted((each["name"], each["column_names"]) for each in found.get_indexes(table)),
                [
                    (each["constrained_columns"], each["referred_table"])
                    for each in found.get_foreign_keys(table)
                ],
            )
            for table in found.get_table_names()
        }


def test_a_server_that_is_away_is_said_without_the_password():
    """The message goes to logs."""
    with pytest.raises(StateError) as caught:
        open_store("postgresql://monitor:hush@127.0.0.1:1/none")

    assert "hush" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
