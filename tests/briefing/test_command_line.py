"""monitor briefing: what a researcher types, from a published paper to the list of what is out of date."""

import getpass
import json

import pytest
from click.testing import CliRunner

from monitor.app.workspace import init_workspace
from monitor.cli import group
from monitor.errors import ConfigError

# Whole commands on a workspace with the shipped briefing: seconds each.
pytestmark = pytest.mark.slow

# Facts: the pages that data/signed-since.csv names for Denmark and Canada.
CSV = """\
party_a,party_b,signed,title,kind,series,evidence
UA,DK,2024-02-23,Agreement on security cooperation and long-term support,security,vilnius-2023,hromadske.ua
UA,CA,2024-02-24,Agreement on security cooperation,security,vilnius-2023,pravda.com.ua
"""


@pytest.fixture
def monitor(tmp_path):
    """Run a command in a fresh workspace."""
    workspace = tmp_path / "workspace"
    init_workspace(workspace)

    def run(*arguments):
        result = CliRunner().invoke(
            group, [*map(str, arguments), "--workspace", str(workspace)], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return result.output

    run.workspace = workspace
    return run


def test_what_is_out_of_date(monitor, tmp_path):
    """One row a statement; two agreements entered by a person put five of 143 out of date."""
    rows = tmp_path / "known.csv"
    rows.write_text(CSV, encoding="utf-8")
    monitor("agreements", "import", rows, "--by", "Anna")
    statements = json.loads(monitor("briefing", "statements", "--json"))

    out = {each["id"]: (each["how"], each["since"]) for each in statements if each["status"] == "out-of-date"}
    assert len(statements) == 143
    assert out == {
        "summary.8": ("incomplete", "2024-02-23"),
        "others.1": ("incomplete", "2024-02-24"),
        "others.5": ("superseded", "2024-02-24"),
        "others.6": ("superseded", "2024-02-24"),
        "others.7": ("relative-time", "2024-02-24"),
    }
    assert "summary.8" in monitor("briefing", "statements", "--out-of-date", "--until", "2024-02-23")


def test_the_plainest_use(monitor, tmp_path):
    """No poll, no name given: who is logged in vouches, and a day before the first signing marks nothing."""
    rows = tmp_path / "known.csv"
    rows.write_text(CSV, encoding="utf-8")
    said = monitor("agreements", "import", rows)
    statements = json.loads(monitor("briefing", "statements", "--json", "--until", "2024-02-22"))

    assert f"entered by {getpass.getuser()}" in said
    assert {each["status"] for each in statements} == {"current"}


def test_a_new_prime_minister_is_entered_once(monitor):
    """One line of a person puts the statement out of date that depends on who holds the office."""
    thing = "the office-holder: UK Prime Minister"
    event = ("--on", "2024-07-05", "--happened", "Keir Starmer became PM", "--evidence", "https://gov.uk/")
    said = monitor("briefing", "outside", thing, *event, "--by", "Anna")
    rows = {row["thing"]: row for row in json.loads(monitor("briefing", "outside", "--json"))}
    (aged,) = json.loads(monitor("briefing", "statements", "--out-of-date", "--json"))

    assert "Keir Starmer became PM (5 July 2024); out of date: g7-not-nato.3" in said
    assert rows[thing]["happened"] == "2024-07-05: Keir Starmer became PM"
    assert (aged["id"], aged["how"], aged["since"]) == ("g7-not-nato.3", "relative-time", "2024-07-05")


@pytest.mark.parametrize(
    ("thing", "day", "fault"),
    [
        pytest.param("the weather", "2024-07-05", "no statement depends on it", id="nothing-depends"),
        pytest.param("sanctions policy", "2999-07-05", "lies ahead", id="ahead"),
        pytest.param("sanctions policy", "July", "date", id="no-date"),
    ],
)
def test_what_cannot_be_entered_is_said(monitor, thing, day, fault):
    """A slip of the pen must not end in silence."""
    with pytest.raises(ConfigError, match=fault):
        monitor("briefing", "outside", thing, "--on", day, "--happened", "x", "--evidence", "y")


def test_a_paper_is_imported_into_its_own_folder(monitor, tmp_path):
    """A second briefing is a second folder; a second import of the same paper changes nothing."""
    paper = tmp_path / "paper.md"
    paper.write_text(
        "# Pacts of Norway\n\n## Summary\n\nDenmark concluded a security pact with Norway.[^1]\n\n"
        "[^1]: Gazette, [Pacts](https://gazette.example/1), 6 May 2030\n",
        encoding="utf-8",
    )
    monitor("briefing", "import", paper, "--id", "pacts", "--as-of", "2030-06-01")
    again = monitor("briefing", "import", paper, "--id", "pacts", "--as-of", "2030-06-01")
    statements = json.loads(monitor("briefing", "statements", "--json", "--briefing", "pacts"))

    assert again.splitlines()[:-1] == ["no source for Gazette (note 1)"]
    assert [each["unit"] for each in statements] == ["heading", "heading", "sentence", "note"]
    assert (monitor.workspace / "state/briefings/pacts/text/2030-06-01.md").is_file()


def test_whether_it_belongs_to_the_series_is_decided_by_a_person(monitor, tmp_path):
    """Accepting what may belong asks in words; the answer puts the list out of date, or takes it off."""
    rows = tmp_path / "known.csv"
    rows.write_text(
        CSV.replace("vilnius-2023,hromadske", ",hromadske").partition("UA,CA")[0], encoding="utf-8"
    )
    monitor("agreements", "import", rows, "--by", "Anna")
    (change,) = json.loads(monitor("changes", "list", "--json"))
    asked = monitor("review", "accept", change["id"], "--by", "Anna")

    def decided(value):
        monitor(
            "agreements", "correct", change["agreement"], "--field", "series", "--value", value, "--by", "A"
        )
        (now,) = json.loads(monitor("changes", "list", "--json"))
        stale = json.loads(monitor("briefing", "statements", "--out-of-date", "--json"))
        return now["scope"], [each["id"] for each in stale]

    assert change["scope"] == "undecided"
    assert f"correct {change['agreement']} --field series --value vilnius-2023" in asked
    assert decided("vilnius-2023") == ("series", ["summary.8"])
    assert decided("none") == ("other", [])


def test_a_series_that_no_briefing_follows_is_refused(monitor, tmp_path):
    """A misspelt id would silently take the agreement out of the series."""
    rows = tmp_path / "known.csv"
    rows.write_text(CSV, encoding="utf-8")
    monitor("agreements", "import", rows, "--by", "Anna")
    agreement = json.loads(monitor("agreements", "list", "--json"))[0]["id"]
    words = ["agreements", "correct", agreement, "--field", "series", "--value", "vilnus", "--by", "A"]

    with pytest.raises(ConfigError, match="vilnius-2023 or none"):
        monitor(*words)
