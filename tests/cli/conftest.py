"""A workspace on the example's publishers, and the command line as a user meets it."""

import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from monitor.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "first-days"


@pytest.fixture(scope="session")
def web():
    """The example's publishers, served from this machine on its last day."""
    sys.path.insert(0, str(ROOT / "examples"))
    from server import Web

    with Web(EXAMPLE / "site", date(2024, 2, 25)) as served:
        yield served
    sys.path.remove(str(ROOT / "examples"))


@pytest.fixture
def workspace(tmp_path, web):
    """A fresh workspace whose sources answer."""
    root = tmp_path / "workspace"
    (root / "state").mkdir(parents=True)
    shutil.copytree(ROOT / "state/briefings", root / "state/briefings")
    shutil.copy(EXAMPLE / "monitor.toml", root)
    (root / "sources.yaml").write_text(web.filled((EXAMPLE / "sources.yaml").read_text()))
    return root


@dataclass(frozen=True)
class Finished:
    """What a command printed and its exit code."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def monitor(workspace, capsys):
    """Run a command in the workspace, in this process; what it prints comes back with its exit code."""

    def run(*arguments):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--workspace", str(workspace)])
        printed = capsys.readouterr()
        return Finished(ended.value.code or 0, printed.out, printed.err)

    return run
