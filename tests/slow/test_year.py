"""`make demo`: the year ends with what a careful reader of its pages would say, and says it once."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.app import App, find_workspace
from monitor.files import load_yaml
from monitor.model import ChangeKind, Life, Scope

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "examples/vilnius-2024/expected.yaml"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The demo's output and its workspace at the end of the year."""
    workspace = tmp_path_factory.mktemp("year") / "demo"
    command = [sys.executable, str(ROOT / "examples/demo.py"), "--into", str(workspace), "--port", "18734"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1500)
    assert run.returncode == 0, run.stderr
    return run.stdout.replace(str(workspace), "build/demo"), workspace


@pytest.fixture(scope="module")
def signed(year):
    """What the year found to be signed: (scope is the series, partner, ISO date)."""
    with App(find_workspace(year[1])) as app:
        changes = app.store.changes(lives=(Life.OPEN, Life.DECIDED))
    return [
        (change.scope is Scope.SERIES, next(side for side in change.sides if side != "UA"), change.date.iso)
        for change in changes
        if change.kind is ChangeKind.NEW
    ]


def _expected(section):
    return sorted((row["partner"], str(row["signed"])) for row in load_yaml(EXPECTED).data[section])


def test_the_series_ends_with_exactly_the_26(signed):
    """Each with its right partner and date; none missed, none false."""
    assert sorted((partner, day) for series, partner, day in signed if series) == _expected("agreements")


def test_others_stand_apart(signed):
    """Agreements outside the series are listed elsewhere, and nothing else counts as signed."""
    assert sorted((partner, day) for series, partner, day in signed if not series) == _expected("other")


def test_no_digest_repeats_a_change(year):
    """What a subscription was told it is not told again, unless what a reader would notice changed."""
    with App(find_workspace(year[1])) as app:
        told = [(r.subscription_id, change) for r in app.store.reports() for change in r.changes]
        sides = {change.id: change.sides for change in app.store.changes()}
    repeated = {change for subscription, change in told if told.count((subscription, change)) > 1}

    # Ireland's government corrected the day of signing; Bulgaria's talks ended in a refusal.
    assert {sides[change] for change in repeated} <= {("IE", "UA"), ("BG", "UA")}


def test_the_readme_shows_what_the_demo_prints(year):
    """The first screen is the promise; it must not go stale."""
    shown = re.search(r"```console\n\$ make demo\n(.*?)```", (ROOT / "README.md").read_text(), re.S)

    assert shown is not None
    assert year[0].strip() == shown.group(1).strip()
