"""What waits in a cycle, what does not, and what a crash in the middle of one may lose."""

from contextlib import suppress
from dataclasses import replace

import pytest

from monitor.errors import StateError
from monitor.model import Batch, Validators, Verdict
from monitor.store import open_store
from monitor.store.cycle import CycleStore
from tests.store.samples import SOURCE, T0, exchange, full_batch, later, poll, state


def _quiet(hours=1, source=SOURCE):
    """A poll that found nothing."""
    at = later(hours=hours)
    return Batch(
        at=at,
        poll=replace(poll(), source_id=source, slot=at, verdict=Verdict.NOT_MODIFIED),
        state=replace(state(), source_id=source, last_slot=at),
        exchanges=(replace(exchange(), source_id=source, slot=at),),
        validators=((source, "u", Validators(f'"{hours}"')),),
    )


@pytest.fixture
def place(tmp_path):
    """A database in a file, so that two can look at it."""
    open_store(tmp_path / "monitor.db", create=True).close()
    return tmp_path / "monitor.db"


def test_polls_that_found_nothing_wait_for_one_transaction(place):
    """A thousand commits take longer than a thousand polls."""
    with open_store(place) as store, open_store(place) as other, store.cycle() as cycle:
        for hours in range(1, 150):
            cycle.save(_quiet(hours))

        assert other.polls(SOURCE) == ()
    with open_store(place) as store:
        assert len(store.polls(SOURCE, limit=500)) == 149
        assert len(store.exchanges(SOURCE)) == 149
        assert store.validators(SOURCE, "u") == Validators('"149"')


def test_they_do_not_wait_without_end(place):
    """A cycle over ten thousand sources is not lost as a whole."""
    with open_store(place) as store, open_store(place) as other, store.cycle() as cycle:
        for hours in range(1, 252):
            cycle.save(_quiet(hours))

        assert len(other.polls(SOURCE, limit=500)) == 200


@pytest.mark.parametrize(
    "batch",
    [
        pytest.param(full_batch(), id="news"),
        pytest.param(replace(_quiet(), poll=replace(_quiet().poll, verdict=Verdict.BLOCKED)), id="a-failure"),
        pytest.param(Batch(at=T0, audit=full_batch().audit), id="no-poll"),
    ],
)
def test_what_is_anything_else_is_recorded_at_once(place, batch):
    """A change and the note to tell of it are on disk before the next source is looked at."""
    with open_store(place) as store, open_store(place) as other, store.cycle() as cycle:
        cycle.save(batch)

        assert other.polls(SOURCE) == ((batch.poll,) if batch.poll else ())
        assert other.audit() == batch.audit


def test_a_crash_loses_only_polls_that_found_nothing(place):
    """What was found stands; the quiet source has no row for its slot, and is asked again."""
    with open_store(place) as store:
        with suppress(KeyboardInterrupt), store.cycle() as cycle:
            cycle.save(full_batch())
            cycle.save(_quiet())
            raise KeyboardInterrupt

        assert store.polls(SOURCE) == (full_batch().poll,)
        assert store.source_states()[SOURCE].last_slot == full_batch().state.last_slot
        assert store.check() == ()


def test_what_waits_is_seen_in_the_cycle_itself(place):
    """Whoever asks within the cycle gets the state as it is, not as it was."""
    with open_store(place) as store, store.cycle() as cycle:
        cycle.save(_quiet())

        assert cycle.validators(SOURCE, "u") == Validators('"1"')
        assert cycle.source_states()[SOURCE].last_slot == later(hours=1)
        assert len(cycle.polls(SOURCE)) == len(cycle.exchanges(SOURCE)) == 1


def test_a_slot_is_recorded_once(place):
    """Two processes that poll the same slot: the second must not count it again."""
    with open_store(place) as store:
        store.save(_quiet())
        cycle = CycleStore(store.database)
        cycle.save(_quiet(source="another"))
        cycle.save(_quiet())
        with pytest.raises(StateError, match="recorded already"):
            cycle.flush()

        assert "another" not in store.source_states()


def test_item_versions_are_those_of_before_the_poll(place):
    """They are looked up late, and once: what a poll records must not make its own items known."""
    with open_store(place) as store:
        store.save(full_batch())
        with store.cycle() as cycle:
            known = cycle.item_versions(SOURCE)

            assert dict(known) == store.item_versions(SOURCE) != {}
            assert len(cycle.item_versions("another")) == 0
