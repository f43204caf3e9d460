"""People decide and bring pages while a run is under way: neither undoes the other (S6)."""

from dataclasses import replace

import pytest

from monitor.errors import StaleError, StateError
from monitor.model import Action, AuditEntry, Batch, Life
from monitor.pipeline import ingest_file, until_fresh
from monitor.review import apply, decide
from tests.fakes import MemoryStore
from tests.pipeline.conftest import FEED, REGISTER, page, row, rows

SIGNED = "In Kyiv on 24 February 2024, Canada and Ukraine signed the Agreement on Security Cooperation."


class MeddledStore(MemoryStore):
    """The real store, in which somebody else acts between a reading and the writing that rests on it."""

    def __init__(self, database):
        self.database = database
        self.meddle = None

    def decisions(self, **chosen):
        meddle, self.meddle = self.meddle, None
        if meddle is not None:
            meddle()
        return super().decisions(**chosen)


@pytest.fixture
def meddled(house):
    """The house, and a second way into its database for which somebody can be told to meddle."""
    store = MeddledStore(house.store.database)
    return house, replace(house.parts, store=store), store


def saved(tmp_path, name, *paragraphs):
    """A page that somebody saved."""
    path = tmp_path / name
    path.write_bytes(page("Canada and Ukraine sign an agreement", *paragraphs))
    return path


def test_a_decision_taken_meanwhile_stands(meddled, tmp_path):
    """A reviewer rejects while a page on the same agreement is being read: the change stays settled."""
    house, parts, store = meddled
    ingest_file(house.parts, FEED, saved(tmp_path, "first.html", SIGNED))
    house.clock.advance(minutes=1)

    def reject():
        (change,) = house.store.changes()
        decision = decide(Action.REJECT, change, by="A. Researcher", at=house.clock.now())
        entry = AuditEntry(house.clock.now(), "A. Researcher", "reject", change.id)
        settled = apply(decision, change)
        house.store.save(Batch(entry.at, decisions=(decision,), changes=(settled,), audit=(entry,)))

    store.meddle = reject
    ingest_file(parts, FEED, saved(tmp_path, "second.html", SIGNED, "It holds for ten years."))

    assert [change.life for change in house.store.changes()] == [Life.DECIDED]


def test_two_pages_read_at_once_make_one_agreement(meddled, tmp_path):
    """Each process saw none: without care there would be two agreements, and two lines in the digest."""
    house, parts, store = meddled
    store.meddle = lambda: ingest_file(house.parts, FEED, saved(tmp_path, "other.html", SIGNED))
    ingest_file(parts, FEED, saved(tmp_path, "one.html", SIGNED, "It holds for ten years."))

    assert len(house.store.agreements(party="CA")) == len(house.store.changes()) == 1


def test_who_is_overtaken_for_ever_says_so():
    """Never a loop without end."""

    def overtaken():
        raise StaleError("somebody was faster")

    with pytest.raises(StateError, match="try again"):
        until_fresh(overtaken)


def test_what_came_while_a_briefing_did_not_parse_is_compared_once_it_does(house):
    """A slip is undone: the file is what it was before, the world is not."""
    house.run()
    sound = house.parts
    house.parts = replace(sound, editions=())
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.run()
    assert house.told() == []
    house.parts = sound
    house.run()
    house.run()

    assert house.told() == ["Example Agreement No. 1 on mutual support"]
