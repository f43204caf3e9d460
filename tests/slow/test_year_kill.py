"""Twelve days of the demo, killed at any point and resumed, end where undisturbed ones do."""

import email
import os
import random
import selectors
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path

import pytest

from monitor.store import open_store

ROOT = Path(__file__).parents[2]
LAST_DAY = "2024-03-02"
POINTS = 50
TRIES = 20  # a step that ends before its killer comes is tried again

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


class Nursery:
    """Steps of the demo, each in a process of its own that can be killed."""

    def __init__(self, step: datetime, workspace: Path) -> None:
        script = [sys.executable, str(ROOT / "tests/slow/nursery.py")]
        self._process = subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._talk = selectors.DefaultSelector()
        self._talk.register(self._process.stdout, selectors.EVENT_READ)
        self._tell(step, workspace)
        assert self._process.stdout.readline() == "ready\n"

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._talk.close()
        self._process.stdout.close()

    def live_through(self, step: datetime, workspace: Path, killed_after_s: float | None = None) -> int:
        """Run a step, killed after a while if it still runs then; return its exit code."""
        self._tell(step, workspace)
        child = int(self._process.stdout.readline())
        if killed_after_s is not None and not self._talk.select(killed_after_s):
            os.kill(child, signal.SIGKILL)
        return int(self._process.stdout.readline())

    def _tell(self, step: datetime, workspace: Path) -> None:
        self._process.stdin.write(f"{step.isoformat()} {workspace}\n")
        self._process.stdin.flush()


@pytest.fixture
def demo():
    """The demo's script, as a module."""
    sys.path.insert(0, str(ROOT / "examples"))
    import demo

    yield demo
    sys.path.remove(str(ROOT / "examples"))


def _outcome(workspace: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The canonical export, and the Message-ID and subject of every report that was delivered."""
    mails = [email.message_from_bytes(path.read_bytes()) for path in (workspace / "reports").glob("*.eml")]
    with open_store(str(workspace / "state/monitor.db")) as store:
        return list(store.export()), sorted((mail["Message-ID"], mail["Subject"]) for mail in mails)


def test_a_demo_that_is_killed_resumes(tmp_path, demo):
    """Kill at 50 random points of twelve days, run again: the same export, the same Message-IDs.

    Each day is killed at several points, each time from where the day before ended, and run again; what came
    of the last is what the next day begins with.
    """
    year = demo.load_year(demo.EXAMPLE)
    steps = [step for step in year.steps if step.date().isoformat() <= LAST_DAY]
    points = list(islice(cycle(steps), POINTS))
    chance = random.Random(20240302)
    whole, disturbed = tmp_path / "whole", tmp_path / "disturbed"
    wrong, killed = [], 0
    with demo.Web(demo.sites(year), steps[0]) as web:
        for workspace in (whole, tmp_path / "loading"):
            demo.prepare(workspace, web)
        shutil.copytree(whole, disturbed)
        nursery = Nursery(steps[0], tmp_path / "loading")
        for step in steps:
            web.today = step
            began = time.monotonic()
            assert nursery.live_through(step, whole) == 0
            took_s = time.monotonic() - began
            expected = _outcome(whole)
            before = disturbed.rename(tmp_path / f"before-{step.date()}")
            for _ in range(points.count(step)):
                killed += _kill(nursery, step, before, disturbed, took_s, chance)
                assert nursery.live_through(step, disturbed) == 0
                if _outcome(disturbed) != expected:
                    wrong.append((step.date(), killed))
        nursery.close()

    assert wrong == []
    assert killed == POINTS


def _kill(
    nursery: Nursery, step: datetime, before: Path, into: Path, took_s: float, chance: random.Random
) -> bool:
    """Kill a step somewhere, from a copy of what stood before it; return whether it was still running."""
    for _ in range(TRIES):
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(before, into)
        if nursery.live_through(step, into, killed_after_s=chance.random() * took_s) == -signal.SIGKILL:
            return True
    return False
