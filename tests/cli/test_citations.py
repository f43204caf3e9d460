"""Cited pages: watched from the briefing, and what becomes of one names the statements that rest on it."""

import gzip
import json
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

# Whole commands on a workspace with the shipped briefing: seconds each.
pytestmark = pytest.mark.slow

PAPER = """\
# Pacts of Ruritania with Norway

## Summary

Norway negotiates a security pact.[^1] The weather was good.[^2]

[^1]: Gazette, [Talks open]({address}), 6 May 2030

[^2]: Almanac, Weather, 7 May 2030
"""
PAGE = "<html lang=en><title>Talks</title><main><h1>Talks</h1><p>{}</p><p>Rain fell.</p></main></html>"
HTML = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}


@dataclass
class Gazette:
    """A publisher's only page; a test changes its words, or takes it away."""

    words: str | None = "Talks have opened."
    address: str = field(default="", init=False)

    def answer(self, *_):
        """Answer any path."""
        if self.words is None:
            return 410, HTML, b"<html lang=en><title>Gone</title><p>Gone.</p></html>"
        return 200, HTML, PAGE.format(self.words).encode()


@pytest.fixture
def gazette():
    """The publisher, served from this machine."""
    sys.path.insert(0, str(ROOT / "examples"))
    from server import Web

    made = Gazette()
    with Web({"gazette": made.answer}, date(2030, 6, 1)) as web:
        made.address = web.filled("http://{host:gazette}/talks")
        yield made
    sys.path.remove(str(ROOT / "examples"))


@pytest.fixture
def citations(monitor, gazette, workspace, tmp_path):
    """Import a paper that cites the page, watch it, and return how each citation stands."""
    paper = tmp_path / "paper.md"
    paper.write_text(PAPER.format(address=gazette.address), encoding="utf-8")
    monitor("briefing", "import", str(paper), "--id", "pacts", "--as-of", "2030-06-01")

    def run(*options):
        done = monitor("briefing", "citations", "--briefing", "pacts", "--json", *options)
        assert done.returncode == 0, done.stderr
        return {row["id"]: row for row in json.loads(done.stdout)}

    run.poll = lambda day: monitor(
        "run", "--source", "cited-gazette-2030-05-06", "--no-deliver", "--at", f"{day}T12:00"
    )
    return run


def test_every_cited_address_is_watched_on_request(citations, workspace):
    """One entry an address; what has none cannot be watched, and says so."""
    before = citations()
    after = citations("--watch")
    again = citations("--watch")

    assert [row["page"] for row in before.values()] == ["not watched", "no address"]
    assert [row["page"] for row in after.values()] == ["not read yet", "no address"]
    assert after == again
    assert "cited-gazette-2030-05-06" in (workspace / "sources.yaml").read_text(encoding="utf-8")


def test_a_changed_page_names_what_rests_on_it(citations, gazette):
    """The sentence that carries the note's mark, the fact's statements and the note itself."""
    citations("--watch")
    citations.poll("2030-06-01")
    read = citations()["gazette-2030-05-06"]
    gazette.words = "Talks have not opened."
    citations.poll("2030-06-03")
    row = citations()["gazette-2030-05-06"]

    assert read["page"] == "as first read"
    assert row["page"].startswith("changed 2030-06-03: the text was changed")
    assert row["statements"] == ["summary.1", "note-1"]


def test_a_page_that_is_gone_leaves_its_copy(citations, gazette):
    """Link rot: the stored copy still says what was cited."""
    citations("--watch")
    citations.poll("2030-06-01")
    stored = citations()["gazette-2030-05-06"]["stored"]
    gazette.words = None
    citations.poll("2030-06-03")
    row = citations()["gazette-2030-05-06"]

    assert row["page"] == "gone"
    assert stored
    assert row["stored"] == stored
    assert list(citations("--rot")) == ["gazette-2030-05-06"]
    copy = Path(citations("--rot")["gazette-2030-05-06"]["copy"])
    assert b"Talks have opened." in gzip.decompress(copy.read_bytes())


def test_nothing_is_rotten_while_pages_stand(citations):
    """What is not watched is no finding of ours."""
    citations("--watch")
    citations.poll("2030-06-01")

    assert citations("--rot") == {}
