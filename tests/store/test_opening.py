"""Opening a database: refuse what is not one of ours, never start empty where there was one (S8)."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from monitor.errors import StateError
from monitor.store import FileEvidence, open_store
from monitor.store.sqlite_file import APPLICATION_ID
from tests.store.samples import finding, full_batch


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "monitor.db"


def modes(folder):
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


# --- beginning


@pytest.mark.parametrize("umask", [0, 0o077, 0o777], ids=oct)
def test_the_database_is_private_whatever_the_umask(path, umask):
    """It holds who reads and decides what (K3)."""
    old = os.umask(umask)
    try:
        store = open_store(path, create=True)
        store.save(full_batch())
    finally:
        os.umask(old)

    assert set(modes(path.parent).values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


def test_a_closed_database_is_one_file(path):
    """People copy it; what stands in a forgotten -wal file would be lost."""
    with open_store(path, create=True) as store:
        store.save(full_batch())

    assert os.listdir(path.parent) == ["monitor.db"]


def test_an_existing_database_is_opened_not_begun_anew(filled):
    """`monitor init` run twice must not cost anything."""
    with open_store(filled, create=True) as store:
        assert store.findings() == (finding(),)


def test_no_database_is_begun_unasked(path):
    """A wrong path in a configuration must not look like a first run."""
    with pytest.raises(StateError, match="there is no database; `monitor run` begins one"):
        open_store(path)
    assert not path.parent.exists()


def test_no_database_is_begun_beside_stored_bodies(path):
    """Everything ever seen would be reported as new; this database was lost, not never there."""
    FileEvidence(path.parent / "evidence").put(b"a page")

    with pytest.raises(StateError, match=r"the database is gone, but .*evidence holds stored bodies"):
        open_store(path, create=True)
    assert not path.exists()


def test_a_run_that_died_while_beginning_leaves_nothing_half_made(path):
    """A database gets its name when it is complete; what is left over does not disturb."""
    path.parent.mkdir()
    (path.parent / ".monitor.db.abc.new").write_bytes(b"half")

    with open_store(path, create=True) as store:
        assert store.check() == ()


def test_a_path_with_odd_characters_is_opened(tmp_path):
    """Workspaces lie in folders that people name."""
    path = tmp_path / "à moi? #1 %20" / "monitor.db"

    with open_store(path, create=True) as store:
        store.save(full_batch())
    with open_store(str(path)) as store:
        assert store.findings() == (finding(),)


# --- refusing


def run_sql(path, sql):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)


def another_program(path):
    path.unlink()
    run_sql(path, "CREATE TABLE bookmarks (url TEXT)")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(lambda p: p.write_bytes(b""), "empty (0 bytes)", id="zero-bytes"),
        pytest.param(lambda p: p.write_bytes(p.read_bytes()[:50]), "ends after 50 bytes", id="cut-in-header"),
        pytest.param(lambda p: p.write_bytes(p.read_bytes()[:9000]), "damaged: ", id="cut-in-pages"),
        pytest.param(lambda p: p.write_bytes(b"{}" * 600), "not an SQLite database", id="another-format"),
        pytest.param(another_program, "database of another program", id="another-program"),
        pytest.param(lambda p: run_sql(p, "PRAGMA application_id = 1"), "another program", id="another-id"),
        pytest.param(lambda p: run_sql(p, "DROP TABLE monitor_schema"), "no tables of ours", id="no-version"),
        pytest.param(
            lambda p: run_sql(p, "DELETE FROM monitor_schema"), "no tables of ours", id="empty-version"
        ),
        pytest.param(
            lambda p: run_sql(p, "UPDATE monitor_schema SET version_num = '9999'"),
            "written by a newer version (tables 9999; this one knows up to",
            id="newer",
        ),
    ],
)
@pytest.mark.parametrize("create", [False, True], ids=["open", "create"])
def test_what_is_not_a_sound_database_of_ours_is_refused(filled, damage, words, create):
    """It is somebody's only copy: it stays as it is, and nothing starts empty in its place."""
    damage(filled)
    before = filled.read_bytes()

    with pytest.raises(StateError) as caught:
        open_store(filled, create=create)

    assert words in str(caught.value)
    assert str(caught.value).startswith(str(filled))
    assert filled.read_bytes() == before


def test_the_newest_backup_is_named(filled):
    """At that moment nobody remembers which one it was."""
    for age, name in ((10, "monitor.db.backup-old"), (5, "monitor.db.backup-newer")):
        backup = filled.with_name(name)
        backup.write_bytes(b"x")
        os.utime(backup, (1_900_000_000 - age, 1_900_000_000 - age))
    filled.write_bytes(b"")

    with pytest.raises(StateError, match=r"copy monitor\.db\.backup-newer to its place"):
        open_store(filled)


def test_a_lost_database_names_its_backup(filled):
    """The way back is a copy, not a new start."""
    filled.rename(filled.with_name("monitor.db.backup-1"))

    with pytest.raises(StateError, match=r"or restore the newest backup: .*monitor\.db\.backup-1"):
        open_store(filled)


def test_a_folder_in_the_place_of_the_database_is_refused(path):
    """A mount that failed must not be written over."""
    path.mkdir(parents=True)

    with pytest.raises(StateError, match="a folder stands where a file is needed"):
        open_store(path, create=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_database_of_another_user_is_refused(filled):
    """Clear, and before any network access (S12)."""
    filled.chmod(0)

    with pytest.raises(StateError, match="permission denied"):
        open_store(filled)


@pytest.mark.parametrize("url", ["postgresql:nothing", "postgresql://host:port/name"])
def test_an_address_that_is_malformed_is_said(url):
    """Without repeating it: it may hold a password."""
    with pytest.raises(StateError, match="not of the form") as caught:
        open_store(url)
    assert url not in str(caught.value)


# --- after a crash

DIE_WRITING = """
import os, signal, sys
from pathlib import Path
from monitor.store import open_store
from tests.store.samples import full_batch
store = open_store(Path(sys.argv[1]))
store.save(full_batch(2))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_committed_before_a_kill_is_there(filled):
    """A commit that was reported is on disk, in the -wal file, and found by the next run."""
    subprocess.run([sys.executable, "-c", DIE_WRITING, str(filled)], check=False)
    assert filled.with_name("monitor.db-wal").stat().st_size > 0

    with open_store(filled) as store:
        assert len(store.findings()) == 2
        assert store.check() == ()


# --- how it runs


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers-never-block"),
        pytest.param("synchronous", 2, id="a-commit-is-on-disk"),
        pytest.param("foreign_keys", 1, id="nothing-points-to-nothing"),
        pytest.param("application_id", APPLICATION_ID, id="it-says-whose-it-is"),
    ],
)
def test_sqlite_runs_safely(filled, pragma, value):
    """The defaults of SQLite lose the last commits at a power cut, and ignore foreign keys (S9)."""
    with open_store(filled) as store, store.database.reading() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_writer_waits_for_another(filled):
    """A review that is saved during a run waits its turn (S6)."""
    with open_store(filled) as store, store.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() >= 10_000


def test_a_reader_sees_one_state_while_others_write(filled):
    """An export that began before a commit must not hold half of it."""
    with open_store(filled) as reader, open_store(filled) as writer:
        export = reader.export()
        next(export)
        writer.save(full_batch(2))

        assert len(list(export)) + 1 < len(list(reader.export()))


def test_the_front_door_does_not_load_sqlalchemy():
    """`monitor --help` answers at once; only an opened store costs a quarter of a second."""
    code = (
        "import sys; from monitor.store import FileEvidence, RunLock, open_store;"
        "sys.exit('sqlalchemy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_opening_does_not_load_alembic(filled):
    """It is needed only when tables are older."""
    code = (
        "import sys; from monitor.store import open_store; open_store(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code, str(filled)], check=False).returncode == 0
