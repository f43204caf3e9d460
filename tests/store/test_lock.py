"""The run lock: exactly one proceeds, and a dead one blocks nobody (S5)."""

import os
import signal
import stat
import subprocess
import sys

import pytest

from monitor.errors import LockedError, StateError
from monitor.store import RunLock
from tests.fakes import NOON

STARTS = 20

# Tries the lock whenever it is told to, says what came of it, and holds it until the next word.
CONTENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from monitor.errors import LockedError
from monitor.store import RunLock
print("ready", flush=True)
for _ in sys.stdin:
    try:
        with RunLock(Path(sys.argv[1]), datetime(2031, 2, 17, tzinfo=UTC)):
            print("proceeds", flush=True)
            sys.stdin.readline()
    except LockedError as error:
        print("locked by", error.holder, flush=True)
        sys.stdin.readline()
    print("done", flush=True)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run.lock"


def start(path):
    return subprocess.Popen(
        [sys.executable, "-c", CONTENDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def tell(process, word="go"):
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def hear(process):
    return process.stdout.readline().strip()


def end(processes):
    for process in processes:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def contend(path, rounds):
    """Let many processes want the lock at once, round after round; check each round."""
    processes = [start(path) for _ in range(STARTS)]
    try:
        assert {hear(process) for process in processes} == {"ready"}
        for _ in range(rounds):
            for process in processes:
                tell(process)
            said = [hear(process) for process in processes]
            holders = [
                process.pid for process, words in zip(processes, said, strict=True) if words == "proceeds"
            ]
            assert len(holders) == 1
            assert sum(words.startswith("locked by") for words in said) == STARTS - 1
            for process in processes:
                tell(process, "end")
            assert {hear(process) for process in processes} == {"done"}
    finally:
        end(processes)


def test_of_twenty_at_once_exactly_one_proceeds(path):
    """Two polls at once would report everything twice."""
    contend(path, rounds=1)


@pytest.mark.slow
def test_of_twenty_at_once_exactly_one_proceeds_time_and_again(path):
    """The same for fifty rounds, each with processes of its own."""
    for _ in range(50):
        contend(path, rounds=1)


@pytest.fixture
def holder(path):
    """A process that holds the lock."""
    process = start(path)
    assert hear(process) == "ready"
    tell(process)
    assert hear(process) == "proceeds"
    yield process
    end([process])


def test_who_comes_second_learns_who_is_first(path, holder):
    """So that one can wait for it, or stop it."""
    with pytest.raises(LockedError) as caught, RunLock(path, NOON):
        pass

    assert f"process {holder.pid} on " in caught.value.holder
    assert "started 2031-02-17 00:00:00 UTC" in str(caught.value)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "terminated"])
def test_the_lock_dies_with_its_process(path, holder, number):
    """After a crash nobody has to delete a file at three in the morning."""
    holder.send_signal(number)
    holder.wait()

    with RunLock(path, NOON):
        assert str(os.getpid()) in path.read_text()


def test_a_file_that_is_left_over_blocks_nobody(path):
    """Such as after a reboot, when its process number is somebody else's."""
    path.write_text(f"process {os.getppid()} on elsewhere")

    with RunLock(path, NOON):
        pass


def test_the_lock_can_be_taken_again(path):
    """One process may run many cycles."""
    for _ in range(2):
        with RunLock(path, NOON):
            pass

    assert path.read_text() == ""


def test_an_error_gives_the_lock_back(path):
    """A cycle that fails must not block the next in the same process."""
    with pytest.raises(RuntimeError), RunLock(path, NOON):
        raise RuntimeError

    with RunLock(path, NOON):
        pass


def test_the_lock_is_private(path):
    """Others need not know who runs it."""
    old = os.umask(0)
    try:
        with RunLock(path, NOON):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(old)


def test_a_place_without_room_for_a_lock_is_said(tmp_path):
    """A wrong workspace is told before any poll."""
    with (
        pytest.raises(StateError, match="no such file or folder"),
        RunLock(tmp_path / "gone" / "run.lock", NOON),
    ):
        pass
