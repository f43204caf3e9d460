"""F11, F16: the whole suite with every connection watched, and with the network cut."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.slow.connections import MAY_CONNECT, NOTED, noted

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SUITE = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "tests.slow.connections"]
SUITE += ["-p", "no:cacheprovider"]


def _without_network() -> list[str]:
    """What runs a command with nothing but loopback; empty where this machine does not let us."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if unshare is None or ip is None:
        return []
    cut = [unshare, "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    allowed = subprocess.run([*cut, "true"], check=False, capture_output=True).returncode == 0
    return cut if allowed else []


@pytest.mark.timeout(880)
def test_the_suite_passes_with_the_network_cut_and_only_the_gate_connects(tmp_path):
    """A second way out would have none of the gate's limits; a test that needs a site proves nothing."""
    cut, file = _without_network(), tmp_path / "connections"
    environment = os.environ | {NOTED: str(file)}
    done = subprocess.run(
        [*cut, *SUITE], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    seen = noted(file)

    assert done.returncode == 0, done.stdout[-3000:]
    assert seen["fetching/dialling.py"] > 100  # a run that watched nothing must not pass for a clean one
    assert {name for name in seen if name.split("/")[0] not in MAY_CONNECT} == set()
    if not cut:
        pytest.skip("every connection was watched, but this machine does not let us cut the network off")
