"""F2, F5 in whole processes: memory as the kernel counts it, and verdicts on other Pythons."""

import gzip
import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fetching.servers import Server, head, reply
from tests.fetching.test_addresses import PUBLIC, REFUSED

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
CAP = 10_000_000
FETCH = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from monitor.fetching import HttpFetcher
from monitor.model import NetworkSettings, Request
from tests.fetching.conftest import SLOT, ManualClock
fetcher = HttpFetcher(NetworkSettings(allow_loopback=True, spacing_s=0), ManualClock())
def peak(path):
    request = Request("src", sys.argv[2] + path, allow_http=True, max_bytes=int(sys.argv[3]))
    transport = fetcher.fetch(request, slot=SLOT, number=1).exchange.transport
    return transport, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
_, before = peak("/small")
transport, after = peak("/large")
print(transport, after - before)
"""
LARGE = {
    "endless": lambda: itertools.chain([head()], itertools.repeat(b"a" * 65_536)),
    "negative-chunk": lambda: itertools.chain(
        [head("Transfer-Encoding: chunked"), b"-1\r\n"], itertools.repeat(b"a" * 65_536)
    ),
    "gzip-200-kb-to-200-mb": lambda: [reply(gzip.compress(b"\0" * 200_000_000), "Content-Encoding: gzip")],
    "just-below-the-cap": lambda: [reply(b"a" * (CAP - 1))],
}


@pytest.mark.parametrize("large", LARGE.values(), ids=LARGE.keys())
def test_memory_grows_by_four_times_the_cap_at_most(large):
    """A naive client took 431 MB for 199 KB on the wire."""
    with Server(lambda asked: [reply(b"ok")] if asked.path == "/small" else large()) as server:
        done = subprocess.run(
            [sys.executable, "-c", FETCH, str(ROOT), server.url(""), str(CAP)],
            capture_output=True,
            text=True,
            check=True,
        )
    transport, growth = done.stdout.split()

    assert transport in ("too-large", "answered")
    assert int(growth) < 4 * CAP


VERDICTS = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("addresses", sys.argv[1])
addresses = importlib.util.module_from_spec(spec)
spec.loader.exec_module(addresses)
print(json.dumps([addresses.why_refused(each) for each in json.loads(sys.argv[2])]))
"""


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14", "3.15"])
def test_verdicts_on_addresses_are_the_same_on_each_python(version):
    """The standard library's own verdicts change from release to release."""
    python = shutil.which(f"python{version}")
    module = str(ROOT / "monitor/fetching/addresses.py")
    command = [python or "", "-c", VERDICTS, module, json.dumps(REFUSED + PUBLIC)]
    done = subprocess.run(command, capture_output=True, text=True, check=False) if python else None
    if done is None or done.returncode in (126, 127):
        pytest.skip(f"no Python {version} here")
    verdicts = json.loads(done.stdout)

    assert all(verdicts[: len(REFUSED)])
    assert not any(verdicts[len(REFUSED) :])
