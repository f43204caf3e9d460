"""The child dies with its parent, however the parent dies, and many threads may share it."""

import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from monitor.workers import WorkerReader
from tests.workers.readers import behave, items, job

ROOT = Path(__file__).parents[2]
# Starts a child, tells the worker's and the keeper's ids, then lets the worker do something.
PARENT = """
import sys, threading
sys.path.insert(0, sys.argv[1])
from monitor.workers import WorkerReader
from tests.workers.readers import behave, job
reader = WorkerReader(behave)
worker = reader.read(job(b"pid")).items[0].title
threading.Thread(target=reader.read, args=(job(sys.argv[2].encode()),), daemon=True).start()
print(worker, reader._places[0]._process._keeper.pid, flush=True)
sys.stdin.read()
"""


def wait_for_end(pid):
    """Return whether a process that is not our child ends within five seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 5)[0])
    finally:
        os.close(handle)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for foreign processes as Linux can")
@pytest.mark.parametrize(
    ("doing", "how"),
    [
        pytest.param("echo x", signal.SIGKILL, id="idle-and-parent-killed"),
        pytest.param("loop", signal.SIGKILL, id="at-work-and-parent-killed"),
        pytest.param("wait", signal.SIGTERM, id="waiting-and-parent-terminated"),
    ],
)
def test_no_process_outlives_its_parent(doing, how):
    """A machine that is left alone for years must not fill with orphans."""
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(ROOT), doing], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    worker, keeper = map(int, parent.stdout.readline().split())
    parent.send_signal(how)
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()

    assert wait_for_end(worker)
    assert wait_for_end(keeper)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for foreign processes as Linux can")
def test_closing_leaves_no_process():
    """A command ends when its work does."""
    reader = WorkerReader(behave)
    worker = int(reader.read(job(b"pid")).items[0].title)
    keeper = reader._places[0]._process._keeper.pid
    reader.close()

    assert wait_for_end(worker)
    assert wait_for_end(keeper)


def test_threads_take_turns():
    """Fetching in threads hands bodies to one reader; each thread must get its own answer."""
    wrong = []
    with WorkerReader(behave) as reader:

        def work(name):
            for number in range(20):
                body = f"echo {name}-{number}".encode()
                if reader.read(job(body)) != items(f"{name}-{number}"):
                    wrong.append(body)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert wrong == []


def test_a_second_process_starts_only_when_the_first_is_busy():
    """Most runs read a handful of bodies, one after the other: a second child would cost its start."""
    reader = WorkerReader(behave, processes=3)
    try:
        titles = {reader.read(job(b"pid")).items[0].title for _ in range(4)}

        assert len(titles) == 1
        assert [place._process is not None for place in reader._places] == [True, False, False]
    finally:
        reader.close()


def test_several_processes_read_at_the_same_time():
    """Where pages are long and cores are several, one child would hold up the rest."""
    reader = WorkerReader(behave, processes=2)
    both = threading.Barrier(2, timeout=20)
    titles = set()

    def read():
        both.wait()
        for _ in range(3):
            titles.add(reader.read(job(b"pid")).items[0].title)

    threads = [threading.Thread(target=read) for _ in range(2)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

        assert 1 <= len(titles) <= 2
        assert all(not thread.is_alive() for thread in threads)
    finally:
        reader.close()
