"""The fixpoint on the example's publishers: decide on everything, close the edition, run again."""

import json

import pytest

# Whole commands on a workspace with the shipped briefing: seconds each.
pytestmark = pytest.mark.slow

AT = ("--at", "2024-02-25T18:00")
LATER = ("--at", "2024-02-26T18:00")


def _decide(monitor, action):
    rows = json.loads(monitor("changes", "list", "--life", "open", "--json").stdout)
    for row in rows:
        assert monitor("review", action, row["id"], "--by", "Anna", *AT).returncode == 0
    return rows


def _open(monitor):
    done = monitor("run", "--all", "--exit-code", *LATER)
    return done.returncode, json.loads(monitor("changes", "list", "--life", "open", "--json").stdout)


def test_accepted_and_closed_nothing_is_found_again(monitor):
    """Leads too: what a person accepted on the press's word is not asked again, nor counted."""
    monitor("run", "--all", "--no-deliver", *AT)
    rows = _decide(monitor, "accept")
    close = ("briefing", "close", "--kind", "minor", "--note", "February", "--by", "Anna", *AT)
    closed = monitor(*close)
    code, waiting = _open(monitor)

    assert {row["kind"] for row in rows} >= {"new", "lead"}
    assert closed.returncode == 0, closed.stderr
    assert (code, waiting) == (0, [])


def test_rejected_nothing_is_proposed_again(monitor):
    """The next run of the same publishers leaves a rejection alone."""
    monitor("run", "--all", "--no-deliver", *AT)
    _decide(monitor, "reject")

    assert _open(monitor) == (0, [])
    assert monitor("briefing", "statements", "--out-of-date").stdout.strip() == "nothing is out of date"
