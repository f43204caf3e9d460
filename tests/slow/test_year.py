"""`make demo`: the year ends with what a careful reader of its pages would say, and says it once."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.app import App, find_workspace
from monitor.files import load_yaml
from monitor.model import ChangeKind, Life, Scope

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "examples/vilnius-2024/expected.yaml"
SIGNED = "signed"
WORD = re.compile(
    r"(Text read|Both governments|One government|Entered by a person|Third-party official|Press only): "
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The demo's output and its workspace at the end of the year."""
    workspace = tmp_path_factory.mktemp("year") / "demo"
    with socket.create_server(("127.0.0.1", 0)) as taken:  # two runs at once would share their sites' names
        port = taken.getsockname()[1]
    command = [sys.executable, str(ROOT / "examples/demo.py"), "--into", str(workspace), "--port", str(port)]
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
        changes = {change.id: change for change in app.store.changes()}
        rows = [each.pending for name in ("reviewers", "weekly-readers") for each in app.store.told(name)]
    told = [(row.subscription_id, row.change_id) for row in rows if " on " not in row.version]
    repeated = {change for subscription, change in told if told.count((subscription, change)) > 1}

    # Bulgaria's talks ended in a refusal; two agreements with the United Kingdom were laid before Parliament.
    assert {changes[change].sides for change in repeated} <= {("BG", "UA"), ("GB", "UA")}


def test_what_a_second_voice_confirms_is_told_in_one_line(year):
    """Whoever was told on one government's word learns that it is both, on the day that it becomes known."""
    with App(find_workspace(year[1])) as app:
        changes = {change.id: change for change in app.store.changes()}
        rows = [each for each in app.store.told("reviewers") if " on " in each.pending.version]
        days = {report.id: report.dated.isoformat() for report in app.store.reports()}
    confirmed = {
        (days[each.report_id], next(side for side in changes[each.pending.change_id].sides if side != "UA"))
        for each in rows
    }

    assert confirmed >= {
        ("2024-02-26", "IT"),
        ("2024-06-12", "IS"),
        ("2024-06-12", "NO"),
        ("2024-06-12", "SE"),
        ("2024-08-05", "LU"),
        ("2024-09-05", "IE"),
        ("2024-10-28", "GR"),
    }


@pytest.fixture(scope="module")
def claims(year):
    """What the reviewers' digest of each day claims: (section, party, on whose word) by day."""
    with App(find_workspace(year[1])) as app:
        codes = {name.removeprefix("the "): code for code, name in app.parts.names.items()}
    codes["European Union (EU)"] = "EU"
    found = {}
    for path in (year[1] / "reports").glob("*-reviewers*.md"):
        found.setdefault(path.name[:10], []).extend(_claims(path.read_text(), codes))
    return found


def _claims(digest, codes):
    """The table rows, and the lines on what is now confirmed, that say on whose word they stand."""
    section = SIGNED  # the first table has no heading of its own
    for line in digest.splitlines():
        section = line[3:] if line.startswith("## ") else section
        row, word = re.match(r"(?:\| |- )(.+?)(?: \||:) ", line), WORD.search(line)
        if row and word and row[1] in codes:
            yield section, codes[row[1]], word[1].lower()


@pytest.mark.parametrize("expected", load_yaml(EXPECTED).data["days"], ids=lambda row: str(row["day"]))
def test_each_day_claims_what_its_evidence_deserves(claims, expected):
    """In the words of EDITORIAL's section 2, no sooner and no later; nothing else counts as signed."""
    told = claims.get(str(expected["day"]), [])
    signed = {party: word for section, party, word in told if section == SIGNED}
    deserved = {party: set(words) for party, words in expected.get("signed", {}).items()}
    reported = {party: {"press only", "third-party official"} for party in expected.get("reported", ())}
    again = {party: {"text read"} for party in expected.get("corrected", ())}  # the day, in one line
    again |= {party: set(words) for party, words in expected.get("stronger", {}).items() if party in signed}
    others = {about[:2]: set(words) for about, words in expected.get("other", {}).items()}

    _meets(signed, deserved | reported | again)
    _meets(
        {party: word for section, party, word in told if "Other" in section and "now" not in section}, others
    )
    assert [party for section, party, _ in told if "a step further" in section] == [
        about[:2] for about in expected.get("laid", ())
    ]
    assert {party for section, party, _ in told if section == "Under way"} == {
        about[:2] for about in expected.get("under_way", ())
    }


def _meets(told, deserved):
    assert told.keys() == deserved.keys()
    assert {party: word for party, word in told.items() if word not in deserved[party]} == {}


def test_the_readme_shows_what_the_demo_prints(year):
    """The first screen is the promise; it must not go stale."""
    shown = re.search(r"```console\n\$ make demo\n(.*?)```", (ROOT / "README.md").read_text(), re.S)

    assert shown is not None
    assert year[0].strip() == shown.group(1).strip()
