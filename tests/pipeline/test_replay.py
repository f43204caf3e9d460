"""H10: what is stored is enough to do everything again, to the last byte of the last report."""

from dataclasses import replace
from datetime import UTC, datetime

from monitor.errors import FetchError
from monitor.fetching import ReplayFetcher
from monitor.model import Reply
from tests.fakes import FixedClock, MemoryEvidence, MemoryStore, Page
from tests.pipeline.conftest import FEED, REGISTER, House, feed, page, row, rows

SIGNING = "Canada and Ukraine sign an agreement on security cooperation"
TEXT = "On 24 February 2024 in Kyiv, Canada and Ukraine signed an Agreement on Security Cooperation."


def _days(house):
    """Four days of a life: quiet, a signing, a wall, and a register that is late."""
    house.parts.fetcher.now = datetime(2024, 2, 21, 9, tzinfo=UTC)
    yield
    house.pages[FEED.url] = feed(("1", SIGNING), ("0", "Nothing of interest"))
    house.pages["https://ministry.example/1.html"] = page(SIGNING, TEXT)
    yield
    house.pages[FEED.url] = Page(b"<html><title>Access Denied</title></html>", 403)
    house.pages[REGISTER.url] = FetchError("register", "timeout", "did not answer")
    yield
    house.pages[FEED.url] = feed(("1", SIGNING), ("0", "Nothing of interest"))
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(7))
    yield


def _reports(house):
    """Every report with its bytes."""
    ids = [report.id for report in house.store.reports()]
    return {each: house.store.report(each).renderings for each in ids}


def test_a_history_replayed_from_its_evidence_writes_the_same_reports(house):
    """Whoever doubts a digest can have it made again from the stored bytes alone, without a network."""
    again = House(
        house.parts,
        {},
        FixedClock(house.clock.now()),
        MemoryStore(),
        {name: type(each)() for name, each in house.channels.items()},
    )
    for _ in _days(house):
        house.clock.advance(hours=23)
        house.run()
    stored = [
        Reply(each, house.parts.evidence.get(each.body_sha256) if each.body_sha256 else None)
        for source in house.parts.sources
        for each in house.store.exchanges(source.id)
    ]
    again.parts = replace(
        house.parts,
        clock=again.clock,
        store=again.store,
        evidence=MemoryEvidence(),
        fetcher=ReplayFetcher(stored),
    )
    for _ in range(4):
        again.clock.advance(hours=23)
        again.run()

    assert len(_reports(house)) > 1
    assert _reports(again) == _reports(house)
    assert list(again.store.export()) == list(house.store.export())
