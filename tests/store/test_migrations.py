"""Older tables are brought up to date, whole or not at all, with a copy beside them first."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from monitor.errors import StateError
from monitor.store.database import sqlite_database
from monitor.store.opening import open_store
from monitor.store.schema import SHIPPED, Migrations, create_tables, upgrade
from tests.store.samples import finding

ENV = Path(__file__).parents[2] / "monitor/store/migrations/env.py"
GOOD_STEP = "op.add_column('findings', sa.Column('checked_by', sa.Text))"
BAD_STEP = GOOD_STEP + "\n    op.drop_table('nowhere')"


@pytest.fixture
def next_version(tmp_path):
    """Write a history that has one step more than ours, and return it."""

    def write(step):
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True)
        (folder / "env.py").write_text(ENV.read_text())
        for revision, before, body in (
            (SHIPPED.newest, None, "pass"),
            ("next", SHIPPED.newest, step),
        ):
            (folder / "versions" / f"{revision}.py").write_text(
                "import sqlalchemy as sa\nfrom alembic import op\n"
                f"revision, down_revision = {revision!r}, {before!r}\n"
                f"def upgrade():\n    {body}\n"
            )
        return Migrations(str(folder), (*SHIPPED.revisions, "next"))

    return write


def columns(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def tables_of(database):
    with database.reading() as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema ORDER BY name")
        return {name: "".join((sql or "").split()) for name, sql in found}


def test_the_steps_lead_to_the_tables_that_a_new_database_has():
    """Else an upgraded database would differ from a new one, and fail one day."""
    new, migrated = sqlite_database(None), sqlite_database(None)
    with new.writing() as connection:
        create_tables(connection, SHIPPED)
    with migrated.writing() as connection:
        upgrade(connection, SHIPPED)

    assert tables_of(migrated) == tables_of(new)


def test_the_program_knows_every_step():
    """It compares revisions without loading Alembic, from a list of its own."""
    config = Config()
    config.set_main_option("script_location", SHIPPED.location)
    steps = ScriptDirectory.from_config(config).walk_revisions()

    assert tuple(reversed([step.revision for step in steps])) == SHIPPED.revisions


def test_an_older_database_is_upgraded_and_kept_as_it_was(filled, next_version):
    """The old version can go on with the copy, if the new one disappoints (B5)."""
    with open_store(filled, migrations=next_version(GOOD_STEP)) as store:
        assert store.findings() == (finding(),)

    backup = filled.with_name(f"monitor.db.backup-{SHIPPED.newest}")
    assert "checked_by" in columns(filled, "findings")
    assert "checked_by" not in columns(backup, "findings")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    filled.unlink()
    backup.rename(filled)
    with open_store(filled) as store:
        assert store.findings() == (finding(),)


def test_an_upgrade_that_fails_changes_nothing(filled, next_version):
    """Half-upgraded tables fit no version of the program."""
    with pytest.raises(StateError, match="could not be upgraded, nothing was changed"):
        open_store(filled, migrations=next_version(BAD_STEP))

    assert "checked_by" not in columns(filled, "findings")
    with open_store(filled) as store:
        assert store.findings() == (finding(),)
        assert store.check() == ()


def test_an_upgrade_that_is_tried_again_keeps_the_first_copy(filled, next_version):
    """A copy is never written over: it may be the only good one."""
    backup = filled.with_name(f"monitor.db.backup-{SHIPPED.newest}")
    backup.write_bytes(b"the first")

    open_store(filled, migrations=next_version(GOOD_STEP)).close()

    assert backup.read_bytes() == b"the first"
    assert "findings" in tables_of(sqlite_database(filled.with_name(f"{backup.name}-2")))


def test_an_upgraded_database_is_refused_by_the_old_program(filled, next_version):
    """It would write rows that lack what the new tables need."""
    open_store(filled, migrations=next_version(GOOD_STEP)).close()

    with pytest.raises(StateError, match="written by a newer version") as caught:
        open_store(filled)
    assert f"copy monitor.db.backup-{SHIPPED.newest} to its place" in str(caught.value)
