"""monitor briefing close and table: from decisions to a new edition, its record, and back from the publisher.

Facts: the pages that data/signed-since.csv names for Denmark, Canada and the EU.
"""

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from monitor.app.workspace import init_workspace
from monitor.cli import group
from monitor.errors import ConfigError
from tests.test_pdf import pdf_text

# Whole commands on a workspace with the shipped briefing: seconds each.
pytestmark = pytest.mark.slow

CSV = """\
party_a,party_b,signed,title,kind,series,duration,evidence
UA,DK,2024-02-23,Agreement on security cooperation and support,security,vilnius-2023,P10Y,hromadske.ua
UA,CA,2024-02-24,Agreement on security cooperation,security,vilnius-2023,P10Y,pravda.com.ua
UA,EU,2024-06-27,=Joint security commitments,security,vilnius-2023,,sofiaglobe.com
"""
CLOSE = ("briefing", "close", "--kind", "minor", "--note", "Signings added", "--by", "Anna")


@pytest.fixture
def monitor(tmp_path):
    """Run a command in a workspace where three agreements are known that the shipped edition lacks."""
    workspace = tmp_path / "workspace"
    init_workspace(workspace)
    rows = tmp_path / "known.csv"
    rows.write_text(CSV, encoding="utf-8")

    def run(*arguments):
        result = CliRunner().invoke(
            group, [*map(str, arguments), "--workspace", str(workspace)], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return result.output

    run.folder = workspace / "state/briefings/cbp-9837"
    run.changes = lambda life: json.loads(run("changes", "list", "--json", "--life", life))
    run("agreements", "import", rows, "--by", "Anna")
    return run


def _decide(monitor, action, *parties):
    for change in monitor.changes("open"):
        if not parties or change["parties"] in parties:
            monitor("review", action, change["id"], "--by", "Anna")


def test_accept_everything_close_and_nothing_is_left(monitor):
    """The fixpoint: the new edition says it all, and the same comparison finds nothing."""
    _decide(monitor, "accept")
    said = monitor(*CLOSE, "--as-of", "2024-07-01", "--published", "2024-07-03")

    assert "edition of 3 July 2024 (cut-off 1 July 2024), minor" in said
    assert monitor.changes("open") == []
    assert json.loads(monitor("briefing", "statements", "--out-of-date", "--json")) == []
    assert "Denmark (23 February)" in (monitor.folder / "text/2024-07-01.md").read_text(encoding="utf-8")


def test_reject_everything_and_nothing_is_proposed_again(monitor):
    """Not in the next edition either, whose cut-off makes an omission of what was new."""
    _decide(monitor, "reject", "DK-UA", "EU-UA")
    _decide(monitor, "accept", "CA-UA")
    monitor(*CLOSE, "--as-of", "2024-07-01")

    assert monitor.changes("open") == []
    assert [each["parties"] for each in monitor.changes("decided")] == ["DK-UA", "EU-UA"]
    assert json.loads(monitor("briefing", "statements", "--out-of-date", "--json")) == []


def test_what_waits_still_waits(monitor):
    """What nobody decided is compared with the new edition, and what happened after its cut-off is new."""
    _decide(monitor, "accept", "CA-UA")
    said = monitor(*CLOSE, "--as-of", "2024-03-01")

    assert "2 changes still wait" in said
    assert [(each["parties"], each["kind"]) for each in monitor.changes("open")] == [
        ("DK-UA", "omitted"),
        ("EU-UA", "new"),
    ]


def test_the_record_is_kept(monitor):
    """Decisions, digests and evidence as CSV, JSON, PDF and a page that prints; the files as they were."""
    before = (monitor.folder / "briefing.yaml").read_bytes()
    _decide(monitor, "accept")
    monitor(*CLOSE, "--as-of", "2024-07-01")
    kept = monitor.folder / "closed/2024-07-01-minor"
    evidence = list(csv.reader(io.StringIO((kept / "evidence.csv").read_text(encoding="utf-8-sig"))))

    assert (kept / "briefing.yaml").read_bytes() == before
    assert json.loads((kept / "edition.json").read_text())["note"] == "Signings added"
    assert {row["Decision"] for row in json.loads((kept / "decisions.json").read_text())} == {"accept"}
    assert len(evidence) == 1 + 3
    assert "Signings added" in (kept / "index.html").read_text(encoding="utf-8")
    assert json.loads((kept / "digests.json").read_text()) == []
    assert "Signings added" in pdf_text((kept / "record.pdf").read_bytes())


def test_what_was_published_is_compared(monitor, tmp_path):
    """The publisher's editor moved a word: the import says so, and says nothing of the rest."""
    _decide(monitor, "accept")
    monitor(*CLOSE, "--as-of", "2024-07-01")
    text = (monitor.folder / "text/2024-07-01.md").read_text(encoding="utf-8")
    published = tmp_path / "published.md"
    published.write_text(text.replace("have since signed", "have now signed", 1), encoding="utf-8")
    said = monitor("briefing", "import", published, "--id", "cbp-9837").splitlines()

    assert [line.partition(":")[0] for line in said if not line.startswith("no source")][:-1] == [
        "statement summary.8-2"
    ]
    assert monitor.changes("open") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("--as-of", "2024-01-01"), "cut-off of this edition", id="before-this-edition"),
        pytest.param(
            ("--as-of", "2024-07-02", "--published", "2024-07-01"), "before the cut-off", id="early"
        ),
        pytest.param(("--as-of", "2024-02-22"), "no change was accepted", id="nothing-by-then"),
    ],
)
def test_what_cannot_be_closed_is_said(monitor, arguments, message):
    """An edition of nothing, or one that its own days contradict, is refused before a file is touched."""
    _decide(monitor, "accept")
    before = (monitor.folder / "briefing.yaml").read_bytes()

    with pytest.raises(ConfigError, match=message):
        monitor(*CLOSE, *arguments)
    assert (monitor.folder / "briefing.yaml").read_bytes() == before


def test_the_table_counts_the_eu_apart(monitor):
    """The agreements of the edition and those since, by date, as of a day."""
    table = monitor("briefing", "table", "--until", "2024-06-30").splitlines()

    assert table[0].endswith("as of 30 June 2024: 5 countries and the EU**")
    assert [line.split(" | ")[0].strip("| ") for line in table[4:]] == [
        "The UK",
        "Germany",
        "France",
        "Denmark",
        "Canada",
        "The EU",
    ]
    assert "| Denmark | 23 February 2024 | not stated | Agreement on security cooperation" in table[7]


def test_the_table_of_an_earlier_day_is_shorter(monitor):
    """What was signed later is not in it."""
    table = monitor("briefing", "table", "--until", "2024-02-23", "--format", "html")

    assert "as of 23 February 2024: 4 countries</caption>" in table
    assert "Canada" not in table


def test_no_cell_is_a_formula(monitor):
    """A title from the web must not run in a spreadsheet."""
    rows = list(csv.reader(io.StringIO(monitor("briefing", "table", "--format", "csv"))))

    assert rows[-1][:4] == ["The EU", "27 June 2024", "not stated", "'=Joint security commitments"]


def test_what_a_person_rejected_is_not_in_the_table(monitor):
    """It is to be pasted: nothing stands in it that the researcher refused."""
    _decide(monitor, "reject", "DK-UA")

    assert "Denmark" not in monitor("briefing", "table")


def test_a_sentence_in_a_persons_words_is_what_is_closed(monitor):
    """The fact is accepted, the words are the editor's, and the next comparison finds nothing."""
    (canada,) = [each["id"] for each in monitor.changes("open") if each["parties"] == "CA-UA"]
    words = "Canada followed on 24 February 2024."
    monitor("review", "accept", canada, "--by", "Anna", "--statement", "others.6", "--wording", words)
    shown = {row["statement"]: row["text"] for row in json.loads(monitor("briefing", "proposals", "--json"))}
    monitor(*CLOSE, "--as-of", "2024-03-01")

    assert shown["others.6"] == words
    assert words in (monitor.folder / "text/2024-03-01.md").read_text(encoding="utf-8")
    assert "others.6" not in monitor("briefing", "statements", "--out-of-date")


def test_words_for_no_statement_are_refused(monitor):
    """Canada's signing touches five statements: which one is meant must be said."""
    (canada,) = [each["id"] for each in monitor.changes("open") if each["parties"] == "CA-UA"]

    with pytest.raises(ConfigError, match=r"others\.1, others\.5"):
        monitor("review", "accept", canada, "--by", "Anna", "--wording", "Canada followed.")
    assert monitor.changes("decided") == []


def test_editions_in_a_row_read_in_order(monitor):
    """What signed first stands first, "of these" once; two sentences on one partner stay together."""
    japan = ("--parties", "UA,JP", "--signed", "2024-06-13", "--title", "Accord on Support", "--by", "Anna")
    _decide(monitor, "accept", "DK-UA", "CA-UA")
    monitor(*CLOSE, "--as-of", "2024-03-01")
    monitor("agreements", "add", *japan, "--kind", "security", "--series", "vilnius-2023", "--evidence", "x")
    _decide(monitor, "accept", "EU-UA", "JP-UA")
    monitor(*CLOSE, "--as-of", "2024-07-01")
    text = (monitor.folder / "text/2024-07-01.md").read_text(encoding="utf-8")
    words = re.sub(r"\[\^\d+\]", "", " ".join(text.split()))

    assert (
        "Of these, Canada (24 February 2024) has since signed an agreement with Ukraine. "
        "Japan (13 June 2024) has since signed an agreement with Ukraine as well."
    ) in words
    assert "on 24 February 2024. It has a ten-year duration." in words
    assert words.count("Japan (13 June 2024)") == 2
    assert json.loads(monitor("briefing", "statements", "--out-of-date", "--json")) == []
