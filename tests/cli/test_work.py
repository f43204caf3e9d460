"""The daily work through the command line, on the example's publishers."""

import json

import pytest

AT = ("--at", "2024-02-25T18:00")


def test_a_run_again_sends_nothing(workspace, monitor, web, polled):
    """The second run finds nothing due; forced, servers answer 304, and no digest is written."""
    reports = sorted(path.name for path in (workspace / "reports").iterdir())
    asked = len(web.requests)
    again = monitor("run", "--at", "2024-02-25T18:01", "--all")

    assert again.returncode == 0
    assert "0 changes" in again.stdout
    assert sorted(path.name for path in (workspace / "reports").iterdir()) == reports
    assert {status for _, path, status in web.requests[asked:] if "ua-president" not in path} <= {304, 403}


def test_a_rejected_change_is_not_proposed_again(workspace, monitor, polled):
    """What a person has settled stays settled, unless its evidence changes."""
    change = json.loads(monitor("review", "list", "--json").stdout)[0]
    decided = monitor("review", "reject", change["id"], "--by", "A. Researcher", "--reason", "other", *AT)
    monitor("run", "--at", "2024-02-26T18:00", "--all")

    assert decided.returncode == 0, decided.stderr
    assert change["id"] not in {row["id"] for row in json.loads(monitor("review", "list", "--json").stdout)}


def test_what_a_person_knows_is_entered_once(workspace, monitor, tmp_path):
    """The same file twice changes nothing, and the agreement is reported as entered by a person."""
    file = tmp_path / "known.csv"
    file.write_text(
        "party_a,party_b,signed,place,title,kind,series,duration,evidence,note\n"
        "UA,NL,2024-03-01,Kharkiv,Agreement on security cooperation,security,vilnius-2023,P10Y,"
        "https://pravda.com.ua/eng/news/2024/03/1/7444556/,\n"
    )
    first = monitor("agreements", "import", str(file), "--by", "A. Librarian", *AT)
    second = monitor("agreements", "import", str(file), "--by", "A. Librarian", *AT)
    agreements = json.loads(monitor("agreements", "list", "--party", "NL", "--json").stdout)

    assert first.stdout.startswith("1 of 1"), first.stderr
    assert second.stdout.startswith("0 of 1")
    assert [(row["concluded"], row["word"]) for row in agreements] == [("2024-03-01", "entered by a person")]


def test_a_manual_look_is_an_answer(monitor, polled):
    """Where machines are refused a person looks, and the coverage says so."""
    monitor("checked", "ua-president", "--by", "A. Researcher", "--note", "nothing new", *AT)
    rows = json.loads(monitor("coverage", "--json", *AT).stdout)
    ukraine = next(row for row in rows if row["party"] == "UA")

    assert "A. Researcher" in ukraine["by_hand"][0]


def test_a_monitor_that_nobody_starts_any_more_is_no_quiet_week(monitor, polled):
    """All was well at the last poll, a month ago; who watches by exit code must hear of it."""
    now = monitor("status", *AT)
    later = monitor("status", "--at", "2024-03-25T18:00")

    assert "LATE" not in now.stdout
    assert later.returncode == 3
    assert "not asked since due" in later.stdout
    assert "since 25 February 2024; is `monitor run` or `monitor serve` still started?" in later.stdout


def test_an_example_of_years_ago_is_not_late(monitor, polled):
    """It has a time of its own, and by the real one its last poll is long ago."""
    assert "LATE" not in monitor("status").stdout


def test_help_comes_at_once():
    """`--help` is asked for often; it loads nothing heavy."""
    import subprocess
    import sys

    heavy = ("sqlalchemy", "requests", "bs4", "jinja2", "pydantic")
    code = f"import sys, monitor.cli; print([name for name in {heavy} if name in sys.modules])"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert finished.stdout.strip() == "[]"


def test_help_says_whole_sentences(monitor, capsys):
    """A new user chooses by this list; "Say for each party which official source would..." is no help."""
    from monitor.cli import main

    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out.partition("Commands:")[2]

    assert "..." not in listed
    assert "counts as an answer" in " ".join(listed.split())
