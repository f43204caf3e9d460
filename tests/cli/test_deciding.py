"""Decisions on agreements, by command: what cannot stand is refused, what was a slip is taken back."""

import json

import pytest

AT = ("--at", "2024-02-25T18:00")
LATER = ("--at", "2024-02-26T18:00")


@pytest.fixture
def canada(monitor, polled):
    """The id of the agreement with Canada."""
    (row,) = json.loads(monitor("agreements", "list", "--party", "CA", "--json").stdout)
    return row["id"]


def open_changes(monitor):
    """What waits for a decision on Canada."""
    rows = json.loads(monitor("review", "list", "--json").stdout)
    return [row["kind"] for row in rows if "CA" in row["parties"]]


def test_a_merge_with_what_is_not_there_is_refused(monitor, canada):
    """An id copied with a slip must not be reported as done."""
    finished = monitor("agreements", "merge", canada, "ca-ua-2024-02-24-ffffff", "--by", "A. Reader", *LATER)

    assert finished.returncode == 2
    assert "no agreement ca-ua-2024-02-24-ffffff" in finished.stderr


def test_a_dismissal_is_taken_back_by_a_correction(monitor, canada):
    """A slip of the hand must not hide a signing for ever."""
    monitor("agreements", "not-an-agreement", canada, "--by", "A. Reader", *AT)
    dismissed = open_changes(monitor)
    place = ("--field", "place", "--value", "Kyiv")
    monitor("agreements", "correct", canada, *place, "--by", "A. Reader", *LATER)

    assert (dismissed, open_changes(monitor)) == ([], ["new"])


def test_who_enters_what_was_dismissed_brings_it_back(monitor, canada):
    """A person's later word is a word."""
    monitor("agreements", "not-an-agreement", canada, "--by", "A. Reader", *AT)
    monitor(
        *("agreements", "add", "--parties", "CA,UA", "--signed", "2024-02-24", "--kind", "security"),
        *("--title", "Agreement on security cooperation", "--evidence", "the text", "--by", "B. Reader"),
        *LATER,
    )

    assert open_changes(monitor) == ["new"]
