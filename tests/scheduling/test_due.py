"""A source is due once a slot."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Reach, Source, SourceKind, SourceState
from monitor.scheduling import due_sources, slot_at

NOON = datetime(2031, 2, 16, 12, tzinfo=UTC)


def _source(**values):
    return Source("borduria", SourceKind.FEED, "Ministry", "https://mfa.example/feed", "en", **values)


def test_asked_every_minute_a_source_is_polled_once_a_slot():
    """`run` is safe to call every minute: 1,440 calls in a day poll an hourly source 24 times."""
    state, polls = None, 0
    for minute in range(1440):
        now = NOON + timedelta(minutes=minute)
        states = {"borduria": state} if state else {}
        for due in due_sources([_source(every_s=3600)], states, now):
            polls += 1
            state = SourceState("borduria", last_slot=due.slot)

    assert polls == 24


def test_a_clock_set_back_does_not_hold_a_source_up():
    """A last slot ten years ahead is a clock that was wrong, not a reason to wait ten years."""
    state = SourceState("borduria", last_slot=NOON + timedelta(days=3650))

    assert len(due_sources([_source()], {"borduria": state}, NOON)) == 1


def test_manual_and_disabled_sources_are_never_due():
    """A site where a person looks is not asked by a machine."""
    sources = [_source(reach=Reach.MANUAL), _source(enabled=False)]

    assert due_sources(sources, {}, NOON, all_now=True) == ()


def test_slots_are_the_same_for_every_caller():
    """A restart at any second arrives at the same slot."""
    assert slot_at(3600, NOON + timedelta(minutes=59)) == NOON


def test_asked_for_all_twice_at_one_instant_polls_twice():
    """A slot is recorded once; a second `run --all` in the same second must not run into the first."""
    slots, state = [], None
    for _ in range(3):
        states = {"borduria": state} if state else {}
        (due,) = due_sources([_source()], states, NOON, all_now=True)
        slots.append(due.slot)
        state = SourceState("borduria", last_slot=due.slot)

    assert len(set(slots)) == 3


@pytest.mark.parametrize(
    ("rest", "due"),
    [
        pytest.param(timedelta(minutes=30), ["other-host"], id="still-resting"),
        pytest.param(timedelta(0), ["resting", "same-host", "other-host"], id="rested"),
        pytest.param(
            timedelta(days=400), ["resting", "same-host", "other-host"], id="the-clock-was-set-back"
        ),
    ],
)
def test_a_host_that_wants_to_be_left_alone_is(rest, due):
    """Retry-After is the site's word, not the page's: every source on the host keeps to it (F15)."""
    sources = [
        replace(_source(), id=name, url=url)
        for name, url in (
            ("resting", "https://mfa.example/news"),
            ("same-host", "https://mfa.example/feed"),
            ("other-host", "https://president.example/feed"),
        )
    ]
    states = {"resting": SourceState("resting", rest_until=NOON + rest)}

    assert [each.source.id for each in due_sources(sources, states, NOON)] == due
    assert len(due_sources(sources, states, NOON, all_now=True)) == 3


def test_a_time_that_comes_twice_repeats_no_slot():
    """The clock goes back by two hours: each slot is recorded once, and no interval is left out (T5)."""
    state, slots = None, []
    minutes = [*range(0, 180, 10), *range(60, 360, 10)]  # of the wall clock
    for minute in minutes:
        now = NOON + timedelta(minutes=minute)
        states = {"borduria": state} if state else {}
        for due in due_sources([_source(every_s=1800)], states, now):
            slots.append(due.slot)
            state = SourceState("borduria", last_slot=due.slot)

    assert len(slots) == len(set(slots))
    assert len(slots) >= 6 + 9
