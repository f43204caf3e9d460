"""A cycle over many hosts at once, on a database in a file: who is delayed, and what is recorded."""

import threading
from collections import Counter
from dataclasses import replace

import pytest

from monitor.errors import StateError
from monitor.model import Verdict
from monitor.pipeline import poll_due
from monitor.sources import Sources
from monitor.store import open_store
from tests.fakes import FakeFetcher
from tests.pipeline.conftest import FEED, REGISTER, feed, row, rows

HOSTS = 12


class MeteredFetcher(FakeFetcher):
    """Counts how many requests are under way at a host, and holds one address up until the rest are in."""

    def __init__(self, pages, held_up="", until=0):
        super().__init__(pages)
        self.under_way, self.most = Counter(), Counter()
        self._held_up, self._until = held_up, until
        self._rest_is_in = threading.Event()
        self._lock = threading.Lock()

    def fetch(self, request, *, slot, number):
        host = request.url.split("/")[2]
        with self._lock:
            self.under_way[host] += 1
            self.most[host] = max(self.most[host], self.under_way[host])
        if request.url == self._held_up:
            assert self._rest_is_in.wait(20), "others were delayed"
        with self._lock:
            reply = super().fetch(request, slot=slot, number=number)
            self.under_way[host] -= 1
            if len(self.asked) == self._until:
                self._rest_is_in.set()
        return reply


@pytest.fixture
def parts(house, tmp_path):
    """Twelve hosts with two registers each, in a file, eight hosts at once."""
    sources, pages = [], {}
    for host in range(HOSTS):
        for number in range(2):
            url = f"https://host{host}.example/{number}.json"
            sources.append(replace(REGISTER, id=f"register-{host}-{number}", url=url))
            pages[url] = rows(row(host * 10 + number, "2019-01-01"))
    with open_store(tmp_path / "monitor.db", create=True) as store:
        yield replace(
            house.parts,
            store=store,
            sources=Sources(tuple(sources)),
            fetcher=MeteredFetcher(pages),
            at_once=8,
        )


def test_every_source_is_polled_once_and_told_in_order(parts):
    """The outcome must not depend on which host was quick."""
    outcomes = poll_due(parts, all_now=True)

    assert [outcome.source_id for outcome in outcomes] == [source.id for source in parts.sources]
    assert {outcome.poll.verdict for outcome in outcomes} == {Verdict.OK}
    assert all(len(parts.store.polls(source.id)) == 1 for source in parts.sources)


def test_a_host_is_asked_one_thing_at_a_time(parts):
    """Twelve hosts at once, and yet no host has two requests of ours (F15)."""
    poll_due(parts, all_now=True)

    assert set(parts.fetcher.most.values()) == {1}
    assert len(parts.fetcher.most) == HOSTS


def test_a_host_that_hangs_delays_no_other(parts):
    """The first host answers only when all others have been asked: then nobody waited for it."""
    held_up = next(iter(parts.sources)).url
    fetcher = MeteredFetcher(parts.fetcher.pages, held_up, until=2 * (HOSTS - 1))
    parts = replace(parts, fetcher=fetcher)

    outcomes = poll_due(parts, all_now=True)

    assert {outcome.poll.verdict for outcome in outcomes} == {Verdict.OK}


def test_a_signing_is_found_among_many(parts):
    """News of one source is grouped and recorded while others are waited for."""
    poll_due(parts, all_now=True)
    parts.clock.advance(hours=2)
    for host in (3, 7):
        url = f"https://host{host}.example/1.json"
        parts.fetcher.pages[url] = rows(row(host * 10 + 1, "2019-01-01"), row(100, "2024-03-01"))

    poll_due(parts, all_now=True)

    assert [change.title for change in parts.store.changes()] == [
        "Example Agreement No. 100 on mutual support"
    ]
    assert parts.store.check() == ()


def test_a_store_that_cannot_be_written_stops_the_cycle(parts):
    """Going on would poll hundreds of sites for nothing."""

    class FullDisk:
        def put(self, body):
            raise StateError("evidence", "the disk is full")

    with pytest.raises(StateError, match="disk is full"):
        poll_due(replace(parts, evidence=FullDisk()), all_now=True)


def test_polls_that_found_nothing_are_recorded_at_the_end_of_the_cycle(parts):
    """They are written together; at the end of a run none is missing."""
    poll_due(parts, all_now=True)
    parts.clock.advance(hours=2)

    poll_due(parts, all_now=True)

    assert {poll.reason for source in parts.sources for poll in parts.store.polls(source.id, limit=1)} == {
        "same-body"
    }
    assert {state.last_slot for state in parts.store.source_states().values()} == {parts.clock.now()}


def test_one_source_that_crashes_our_code_stops_no_other(parts):
    """A fault of ours in one source is logged and counted; the others are polled."""

    class Faulty:
        def read(self, job):
            raise ZeroDivisionError

    feeds = Sources((replace(FEED, follow=False), *parts.sources))
    parts.fetcher.pages[FEED.url] = feed(("1", "One"))

    outcomes = poll_due(replace(parts, reader=Faulty(), sources=feeds), all_now=True)

    assert {outcome.poll.reason for outcome in outcomes} == {"unexpected"}
    assert len(outcomes) == 1 + 2 * HOSTS


def test_the_same_bytes_are_not_read_again(parts):
    """A site without validators sends its list in full each time; reading it is what costs."""

    class CountingReader:
        def __init__(self, reader):
            self._reader, self.read_at = reader, []

        def read(self, job):
            self.read_at.append(job.source.id)
            return self._reader.read(job)

    reader = CountingReader(parts.reader)
    parts = replace(parts, reader=reader)
    poll_due(parts, all_now=True)
    first = len(reader.read_at)
    parts.clock.advance(hours=2)
    outcomes = poll_due(parts, all_now=True)

    assert first == len(reader.read_at) == 2 * HOSTS
    assert {outcome.poll.verdict for outcome in outcomes} == {Verdict.NOT_MODIFIED}
