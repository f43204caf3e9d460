"""The table of reasons is complete and documented."""

from pathlib import Path

import pytest

from monitor.health import NOTES, REASONS, words_for
from monitor.model import Transport, Verdict

GUIDE = (Path(__file__).parents[2] / "docs/health.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS.keys())
def test_every_reason_is_documented(reason):
    """An operator who meets a code finds what to do."""
    assert f"| `{reason.code}` | {reason.verdict.value} | {reason.words} |" in GUIDE


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES.keys())
def test_every_note_is_documented(note):
    """What is told of a source that was read well is explained too."""
    assert f"| `{note.code}` | {note.words} |" in GUIDE


def test_every_failure_of_transport_has_a_reason():
    """A new outcome of fetching must not crash the judgement of a poll."""
    failures = set(Transport) - {Transport.ANSWERED, Transport.NOT_MODIFIED}

    assert failures <= REASONS.keys()


def test_a_code_of_an_earlier_version_still_has_words():
    """States stored by an older version are shown by a newer one."""
    assert words_for("some-old-code", Verdict.BLOCKED) == "refuses machines"
    assert words_for("some-old-code", Verdict.ERROR) == "could not be read"
