"""A run that is killed at any point, then run again, ends where an undisturbed one does."""

import email
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from monitor.store import open_store

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/first-days"
POINTS = 50

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]


@pytest.fixture(scope="module")
def web():
    """The example's publishers on their last day."""
    sys.path.insert(0, str(ROOT / "examples"))
    from server import Web

    with Web(EXAMPLE / "site", date(2024, 2, 21)) as served:
        yield served
    sys.path.remove(str(ROOT / "examples"))


def _monitor(workspace: Path, at: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "monitor", "run", "--at", at, "--workspace", str(workspace)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def first_day(web, tmp_path_factory):
    """A workspace after its first day."""
    workspace = tmp_path_factory.mktemp("kill") / "first"
    (workspace / "state").mkdir(parents=True)
    shutil.copytree(ROOT / "state/briefings", workspace / "state/briefings")
    shutil.copy(EXAMPLE / "monitor.toml", workspace)
    (workspace / "sources.yaml").write_text(web.filled((EXAMPLE / "sources.yaml").read_text()))
    assert _monitor(workspace, "2024-02-21T08:00").wait() == 0
    web.today = date(2024, 2, 25)
    return workspace


def _outcome(workspace: Path) -> tuple[list[str], set[str]]:
    """The canonical export and the Message-IDs of every report that was delivered."""
    mails = [email.message_from_bytes(path.read_bytes()) for path in (workspace / "reports").glob("*.eml")]
    assert all(mail["Message-ID"] for mail in mails)
    with open_store(str(workspace / "state/monitor.db")) as store:
        return list(store.export()), {mail["Message-ID"] for mail in mails}


def test_killed_at_fifty_points(first_day, tmp_path):
    """Kill at 50 random points of the day with the signings; a rerun gives the same export and mails."""
    whole = tmp_path / "whole"
    shutil.copytree(first_day, whole)
    began = time.monotonic()
    assert _monitor(whole, "2024-02-25T18:00").wait() == 0
    took_s = time.monotonic() - began
    expected = _outcome(whole)
    chance = random.Random(20240225)
    wrong, killed = [], 0
    for point in range(POINTS):
        workspace = tmp_path / f"point-{point}"
        shutil.copytree(first_day, workspace)
        process = _monitor(workspace, "2024-02-25T18:00")
        try:
            process.wait(timeout=chance.uniform(0.2, 1.0) * took_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        assert _monitor(workspace, "2024-02-25T18:00").wait() == 0
        if _outcome(workspace) != expected:
            wrong.append(point)
        shutil.rmtree(workspace)

    assert killed >= POINTS // 2, "most runs ended before they could be killed"
    assert wrong == []
