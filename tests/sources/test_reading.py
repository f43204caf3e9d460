"""The shipped registers through the reader itself: what the field maps promise arrives in the rows."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.files import load_yaml
from monitor.model import DateOrder, Exchange, ReadJob, Transport
from monitor.reading import read
from monitor.sources import parse_sources

ROOT = Path(__file__).parents[2]
REPLIES = Path(__file__).parent / "replies"
NOW = datetime(2031, 4, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def sources():
    """The sources that a new workspace begins with."""
    file = load_yaml(ROOT / "sources.yaml")
    return parse_sources(file.data, file.line_of, file.file)


def _read(source):
    exchange = Exchange(
        source.id,
        NOW,
        0,
        source.method,
        source.url,
        NOW,
        0.1,
        Transport.ANSWERED,
        status=200,
        headers=(("content-type", "application/json;charset=UTF-8"),),
        final_url=source.url,
    )
    return read(ReadJob(source, exchange, (REPLIES / f"{source.id}.json").read_bytes()))


def test_the_parliament_register_gives_rows_and_a_total(sources):
    """The total decides when paging ends."""
    found = _read(sources.get("uk-treaties"))

    assert (len(found.items), found.total, found.flags) == (2, 323, ())
    row = found.items[0].row
    assert row.all("numbers") == ("CP 9001", "Borduria No. 1 (2031)")
    assert (row.one("signed"), row.date_order) == ("2031-02-16T00:00:00", DateOrder.ISO)
    assert found.items[0].url == "https://www.example/government/publications/railways"


def test_the_foreign_office_register_gives_rows_and_a_total(sources):
    """Its days are read day first, its parties one by one."""
    found = _read(sources.get("uk-treaties-fcdo"))

    assert (len(found.items), found.total, found.flags) == (2, 21957, ())
    row = found.items[0].row
    assert row.all("parties") == ("BORDURIA", "Isle of Example", "RURITANIA")
    assert (row.one("signed"), row.one("in_force"), row.date_order) == (
        "16/02/2031",
        "01/04/2031",
        DateOrder.DMY,
    )
    assert found.items[0].url == "https://treaties.example/data/Library2/html/90001.html"
    assert "date_order" not in found.documents[0].text
