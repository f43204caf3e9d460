"""A disk that fills up, or fails, while the store writes: said, and nothing half-written (S2, S3)."""

import resource
import signal
import subprocess
import sys

import pytest

from monitor.errors import StateError
from monitor.model import Batch
from monitor.store import open_store
from tests.store.samples import T0, audit, document, finding, full_batch

WRITE_MUCH = """
import sys
from pathlib import Path
from monitor.errors import StateError
from monitor.store import open_store
from tests.store.samples import document, full_batch
store = open_store(Path(sys.argv[1]))
try:
    store.save(full_batch(2, documents=tuple(document(number) for number in range(2, 3000))))
except StateError as error:
    sys.exit(str(error))
"""


def _allow_files_up_to_500_kb():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))


MANY = Batch(at=T0, documents=tuple(document(number) for number in range(500)))


def test_a_write_that_fails_half_way_is_said_and_undone(filled):
    """The next run starts from a whole state, and the operator knows which disk it is."""
    run = subprocess.run(
        [sys.executable, "-c", WRITE_MUCH, str(filled)],
        capture_output=True,
        text=True,
        preexec_fn=_allow_files_up_to_500_kb,
        check=False,
    )

    assert run.returncode == 1
    assert run.stderr.startswith(f"{filled}: the disk")
    assert "nothing of it was recorded" in run.stderr
    with open_store(filled) as store:
        assert store.findings() == (finding(),)
        assert len(store.documents([document(number).id for number in range(3000)])) == 1
        assert store.check() == ()


@pytest.fixture
def full(filled):
    """A store that may not grow, by a limit on its pages; and what lifts the limit."""
    with open_store(filled) as store:

        def allow(pages):
            with store.database.reading() as connection:
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        allow(1)
        yield store, lambda: allow(1_000_000)


def test_a_full_disk_is_said_by_name(full):
    """The operator must not have to guess."""
    store, _ = full

    with pytest.raises(StateError, match="the disk is full; free some space and run again; nothing of it"):
        store.save(MANY)
    assert store.audit() == full_batch().audit


def test_the_store_works_on_when_there_is_space_again(full):
    """One failed transaction must not poison the connection."""
    store, lift = full
    with pytest.raises(StateError):
        store.save(MANY)
    lift()
    store.save(Batch(at=T0, audit=(audit(),)))

    assert store.audit()[-1] == audit()


@pytest.fixture
def mount(tmp_path):
    """Mount a disk of some kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def mounted(kilobytes):
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
        if subprocess.run(command, check=False, capture_output=True).returncode != 0:
            pytest.skip("mounting is not allowed here; the limits above stand in")
        return disk

    yield mounted
    subprocess.run(["umount", "--lazy", str(disk)], check=False, capture_output=True)


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [64, 128, 256, 320, 400, 500, 600, 800, 1000, 2000])
def test_a_really_full_disk_costs_nothing_that_was_there(mount, kilobytes):
    """Whatever is full first: the file, its log or its index (S3)."""
    disk = mount(kilobytes)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(50_000))
    recorded = 0
    try:
        with open_store(disk / "monitor.db", create=True) as store:
            while True:
                store.save(Batch(at=T0, documents=(document(recorded),), audit=(audit(),)))
                recorded += 1
    except StateError as error:
        said = str(error)
    ballast.unlink()

    assert "the disk" in said
    if (disk / "monitor.db").exists():
        with open_store(disk / "monitor.db") as store:
            assert len(store.audit()) == recorded
            assert store.check() == ()
    else:
        assert (recorded, list(disk.iterdir())) == (0, [])
