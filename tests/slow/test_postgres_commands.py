"""The commands on PostgreSQL, from an empty database to a decision, say what they say on SQLite."""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from monitor.store import open_store
from tests.slow.postgres import running_postgres

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/first-days"
FIRST, THEN = "2024-02-21T18:00", "2024-02-25T18:00"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url():
    """The address of an empty database; its folder is short, since the name of a socket may not be long."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with running_postgres(Path(folder) / "s") as address:
            yield address


@pytest.fixture(scope="module")
def web():
    """The example's publishers."""
    sys.path.insert(0, str(ROOT / "examples"))
    from server import Web

    with Web(EXAMPLE / "site", date(2024, 2, 21)) as served:
        yield served
    sys.path.remove(str(ROOT / "examples"))


@dataclass
class House:
    """A workspace, and its commands as a user gives them."""

    root: Path
    database: str

    def monitor(self, *arguments: str, code: int = 0) -> str:
        """Run a command in a process of its own; return what it prints."""
        command = [sys.executable, "-m", "monitor", *arguments, "--workspace", str(self.root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def listed(self, *arguments: str) -> list[dict[str, object]]:
        """Return what a command lists."""
        return json.loads(self.monitor(*arguments, "--json"))


@pytest.fixture(scope="module")
def houses(tmp_path_factory, url, web):
    """Two workspaces with the same sources: one on PostgreSQL, one on a file."""
    made = []
    for name, database in (("postgres", url), ("sqlite", "state/monitor.db")):
        root = tmp_path_factory.mktemp(name)
        (root / "state").mkdir()
        shutil.copytree(ROOT / "state/briefings", root / "state/briefings")
        (root / "sources.yaml").write_text(web.filled((EXAMPLE / "sources.yaml").read_text()))
        settings = (EXAMPLE / "monitor.toml").read_text()
        (root / "monitor.toml").write_text(f'database = "{database}"\n{settings}')
        made.append(House(root, database if "://" in database else str(root / database)))
    for day, at in ((date(2024, 2, 21), FIRST), (date(2024, 2, 25), THEN)):
        web.today = day
        for house in made:
            house.monitor("run", "--at", at)
    return made


@pytest.mark.parametrize("command", [("changes", "list"), ("agreements", "list"), ("review", "list")])
def test_both_list_the_same(houses, command):
    """Which database is a matter of operation, not of what a researcher reads."""
    postgres, sqlite = (house.listed(*command) for house in houses)

    assert postgres == sqlite != []


def test_both_write_the_same_digests(houses):
    """To the byte, but for what names the workspace."""
    postgres, sqlite = (
        {path.name: path.read_bytes() for path in (house.root / "reports").iterdir()} for house in houses
    )

    assert postgres == sqlite != {}


def test_both_end_with_the_same_export_after_people_decided(houses):
    """Decisions, entries by hand and a further run go through the same three transactions."""
    exports = []
    for house in houses:
        change = house.listed("review", "list")[0]["id"]
        house.monitor("review", "accept", change, "--by", "A. Researcher", "--reason", "read", "--at", THEN)
        house.monitor(
            *(
                "agreements",
                "add",
                "--parties",
                "UA,EE",
                "--signed",
                "2024-02-24",
                "--title",
                "Pact on grain",
            ),
            *("--kind", "other", "--by", "A. Researcher", "--evidence", "https://x.example/", "--at", THEN),
        )
        assert "0 changes" in house.monitor("run", "--at", "2024-02-25T19:00")
        house.monitor("status")
        with open_store(house.database) as store:
            exports.append(list(store.export()))

    assert exports[0] == exports[1]


def test_a_database_that_is_away_is_one_clear_message(houses, tmp_path):
    """The server is down, or the address is wrong: nothing is begun anew somewhere else."""
    root = tmp_path / "away"
    shutil.copytree(houses[0].root, root)
    settings = (root / "monitor.toml").read_text().split("\n", 1)[1]
    (root / "monitor.toml").write_text(f'database = "postgresql://monitor@127.0.0.1:1/none"\n{settings}')

    said = House(root, "").monitor("run", "--at", "2024-02-26T18:00", code=1)

    assert said.startswith("error: ")
    assert "127.0.0.1" in said
    assert not (root / "state/monitor.db").exists()
