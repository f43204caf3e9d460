"""P1 at its real limits: bodies known to be expensive, each read or refused, and the next one read."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from monitor.errors import ExtractError
from monitor.workers import Limits, WorkerReader
from tests.workers.readers import behave, items, job

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
BODIES = {
    "unclosed-tags": b"old-parser " + b"<a " * 40_000,
    "unclosed-declarations": b"old-parser " + b"<!" * 500_000,
    "million-nested-tags": b"stack " + b"<b>" * 1_000_000,
    "table-of-60000-rows": b"stack <table>" + b"<tr><td>a<td>b" * 60_000,
    "feed-of-20000-items": b"feed <rss><channel>" + b"<item><title>a</title><guid>b</guid></item>" * 20_000,
    "entities": b"stack " + b"&amp;" * 700_000,
    "attributes": b"stack <p " + b"a=b " * 900_000 + b">",
    "memory": b"hog",
    "endless": b"loop",
}


# In a process of its own: the peak of children is that of the largest a process ever had, a browser's too.
READING = """
import contextlib, resource, sys, time
sys.path.insert(0, sys.argv[1])
from monitor.errors import ExtractError
from monitor.workers import Limits, WorkerReader
from tests.workers.readers import behave, items, job
from tests.workers.test_hostile import BODIES
with WorkerReader(behave, Limits()) as reader:
    reader.read(job(b"echo warm"))
    started = time.monotonic()
    with contextlib.suppress(ExtractError):
        reader.read(job(BODIES[sys.argv[2]]))
    took = time.monotonic() - started
    assert reader.read(job(b"echo next")) == items("next")
print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


@pytest.mark.parametrize("name", BODIES)
def test_an_expensive_body_costs_five_seconds_of_cpu_at_most(name):
    """The bar for any body below the caps; sources after it are unaffected."""
    command = [sys.executable, "-c", READING, str(ROOT), name]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    took, peak = map(float, told.split())

    assert took < Limits().wall_s
    assert peak < Limits().memory_bytes


def test_a_hundred_crashes_in_a_row_leave_it_working():
    """A source that is broken for weeks crashes the parser at every poll."""
    with WorkerReader(behave) as reader:
        for _ in range(100):
            with pytest.raises(ExtractError, match="crashed"):
                reader.read(job(b"segfault"))

        assert reader.read(job(b"echo next")) == items("next")


def test_a_thousand_small_bodies_cost_little():
    """What the process boundary costs a run of a thousand sources."""
    with WorkerReader(behave) as reader:
        reader.read(job(b"echo warm"))
        started = time.monotonic()
        for _ in range(1_000):
            reader.read(job(b"size " + b"a" * 5_000))
        took = time.monotonic() - started

    assert took < 3
