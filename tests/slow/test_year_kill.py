"""Twelve days of the demo, killed at any point and resumed, end where undisturbed ones do."""

import email
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.store import open_store

ROOT = Path(__file__).parents[2]
UNTIL = "2024-03-02"
POINTS = 50

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]


def _demo(workspace: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "examples/demo.py"), "--into", str(workspace), "--port", "18744"]
    return subprocess.Popen(
        [*command, "--until", UNTIL, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _outcome(workspace: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The canonical export, and the Message-ID and subject of every report that was delivered."""
    mails = [email.message_from_bytes(path.read_bytes()) for path in (workspace / "reports").glob("*.eml")]
    with open_store(str(workspace / "state/monitor.db")) as store:
        return list(store.export()), sorted((mail["Message-ID"], mail["Subject"]) for mail in mails)


def test_a_demo_that_is_killed_resumes(tmp_path):
    """Kill at 50 random points of a 12-day cut, resume: the same export, the same Message-IDs."""
    whole = tmp_path / "whole"
    began = time.monotonic()
    assert _demo(whole).wait() == 0
    took_s = time.monotonic() - began
    expected = _outcome(whole)
    chance = random.Random(20240302)
    wrong, killed = [], 0
    for point in range(POINTS):
        workspace = tmp_path / f"point-{point}"
        process = _demo(workspace)
        try:
            process.wait(timeout=chance.uniform(0.15, 1.0) * took_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        assert _demo(workspace, "--resume").wait() == 0
        if _outcome(workspace) != expected:
            wrong.append(point)
        shutil.rmtree(workspace)

    assert killed >= POINTS // 2, "most runs ended before they could be killed"
    assert wrong == []
