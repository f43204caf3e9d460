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
    return make_workspace(tmp_path / "workspace", web)


@pytest.fixture(scope="session")
def first_run(tmp_path_factory, web):
    """A workspace after its first run on 25 February 2024: made once, since most tests begin with it."""
    root = make_workspace(tmp_path_factory.mktemp("first-run") / "workspace", web)
    with pytest.raises(SystemExit) as ended:
        main(["run", "--at", "2024-02-25T18:00", "--workspace", str(root)])
    assert not ended.value.code
    return root


@pytest.fixture
def polled(workspace, first_run):
    """The workspace as the first run left it."""
    shutil.copytree(first_run, workspace, dirs_exist_ok=True)


def make_workspace(root: Path, web) -> Path:
    """A workspace of the example's sources, at the addresses where they are served."""
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
