"""`monitor serve` as whatever supervises it meets it: SIGTERM, and a site that never answers."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

ENTRY = """\
  - id: {id}
    kind: feed
    publisher: Ministry
    voice: CA
    url: http://{host}:{port}/feed
    lang: en
    licence: CC0
    allow_http: true
"""
PATIENCE_S = 60


@pytest.fixture
def silent():
    """A site that takes every call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(PATIENCE_S)
        yield listening


@pytest.fixture
def serving(workspace, silent):
    """A monitor that serves a workspace in which one site answers nothing."""
    host, port = silent.getsockname()
    (workspace / "sources.yaml").write_text("sources:\n" + ENTRY.format(id="silent", host=host, port=port))
    (workspace / "monitor.toml").write_text("[network]\nallow_loopback = true\nspacing_s = 0.0\n")
    command = [sys.executable, "-m", "monitor", "serve", "--workspace", str(workspace)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "ctrl-c"])
def test_it_ends_soon_whatever_a_site_does(serving, silent, workspace, number):
    """A supervisor that has to kill does so in the middle of something; the deadline of a site is 30 s."""
    connection, _ = silent.accept()
    with connection:
        asked = time.monotonic()
        os.kill(serving.pid, number)
        output, _ = serving.communicate(timeout=PATIENCE_S)

        assert time.monotonic() - asked < 15, output  # far below the deadline, on a busy machine too
    assert (serving.returncode, "Traceback" in output) == (0, False), output


def test_what_was_stopped_is_asked_at_the_next_start(serving, silent, workspace, monitor):
    """The lock is free, nothing was recorded of the source, so its slot is still due."""
    connection, _ = silent.accept()
    with connection:
        serving.terminate()
        serving.communicate(timeout=PATIENCE_S)

    assert '"last_verdict": null' in monitor("sources", "show", "silent", "--json").stdout
    assert monitor("checked", "silent", "--by", "A. Researcher").returncode == 0
