"""Each delivery on its own: nothing is lost, nothing is knowingly sent twice."""

from datetime import timedelta

import pytest

from monitor.model import DeliveryStatus
from monitor.publishing import MOST_ATTEMPTS, deliver_due
from monitor.publishing.backoff import next_try
from tests.fakes import NOON, FailingChannel, FixedClock, RecordingChannel


def statuses(store):
    """How every delivery stands, by channel and recipient."""
    return {(each.channel, each.recipient): each.status for each in store.deliveries()}


def test_a_mail_server_that_is_down_loses_nothing(store, owe, make_report):
    """A peer saves its baseline before it mails: the change is lost for ever when the mail fails."""
    owe(make_report(), ("mail", "a@x.example"))
    clock, down, up = FixedClock(), FailingChannel(), RecordingChannel()
    deliver_due(store, {"mail": down}, clock)
    clock.advance(hours=1)
    deliver_due(store, {"mail": up}, clock)

    assert up.recipients == ["a@x.example"]
    assert statuses(store) == {("mail", "a@x.example"): DeliveryStatus.SENT}


def test_one_failing_channel_of_three_neither_delays_nor_repeats_the_others(store, owe, make_report):
    """A peer repeats the healthy channels at each run, and never reaches those after the failing one."""
    owe(make_report(), ("a-files", "one"), ("b-mail", "two"), ("c-feed", "three"))
    clock = FixedClock()
    channels = {
        "a-files": RecordingChannel(),
        "b-mail": FailingChannel(times=2),
        "c-feed": RecordingChannel(),
    }
    for _ in range(3):
        deliver_due(store, channels, clock)
        clock.advance(hours=1)

    assert [channel.recipients for channel in channels.values()] == [["one"], ["two"], ["three"]]
    assert set(statuses(store).values()) == {DeliveryStatus.SENT}


def test_every_try_sends_the_same_bytes(store, owe, make_report):
    """D2: a repeat must be recognisable as a repeat."""
    owe(make_report(), ("mail", "a@x.example"))
    clock, first, second = FixedClock(), FailingChannel(times=0), RecordingChannel()
    deliver_due(store, {"mail": first}, clock)
    crashed = first.delivered[0][1]
    store.save_outcome(crashed, ())  # as if the process had died before the outcome was recorded
    deliver_due(store, {"mail": second}, clock)

    assert second.delivered[0] == first.delivered[0]


def test_a_refused_recipient_is_dead_lettered_alone(store, owe, make_report):
    """D4: an address that does not exist is not tried for three days, and the others are served."""
    owe(make_report(), ("mail", "gone@x.example"), ("post", "here@x.example"))
    refusing, accepting = FailingChannel(permanent=True), RecordingChannel()
    deliver_due(store, {"mail": refusing, "post": accepting}, FixedClock())

    assert statuses(store) == {
        ("mail", "gone@x.example"): DeliveryStatus.DEAD,
        ("post", "here@x.example"): DeliveryStatus.SENT,
    }
    assert next(each for each in store.deliveries() if each.channel == "mail").last_error


def test_a_failed_delivery_waits_before_it_is_tried_again(store, owe, make_report):
    """D11: a growing delay, so that a server in trouble is not hammered."""
    owe(make_report(), ("mail", "a@x.example"))
    clock, channel = FixedClock(), FailingChannel()
    deliver_due(store, {"mail": channel}, clock)
    deliver_due(store, {"mail": channel}, clock)
    clock.advance(seconds=59)
    deliver_due(store, {"mail": channel}, clock)

    assert len(channel.refused) == 1
    clock.advance(seconds=1)
    deliver_due(store, {"mail": channel}, clock)
    assert len(channel.refused) == 2


def test_a_delivery_is_given_up_after_three_days_and_stays_visible(store, owe, make_report):
    """D11: nothing is dropped quietly; a dead letter stays in the store with its reason."""
    owe(make_report(), ("mail", "a@x.example"))
    clock, channel = FixedClock(), FailingChannel()
    for _ in range(MOST_ATTEMPTS + 5):
        deliver_due(store, {"mail": channel}, clock)
        clock.advance(hours=5)
    (dead,) = store.deliveries()

    assert (dead.status, dead.attempts, dead.next_try) == (DeliveryStatus.DEAD, MOST_ATTEMPTS, None)
    assert dead.last_error == "mail: the server does not answer"
    assert len(channel.refused) == MOST_ATTEMPTS


def test_a_dead_channel_holds_up_nobody_for_long(store, owe, make_report):
    """A hundred timeouts of half a minute would delay every other channel by an hour."""
    owe(make_report(), *(("a-mail", f"{n}@x.example") for n in range(20)), ("b-files", "reports"))
    down, files = FailingChannel(), RecordingChannel()
    tried = deliver_due(store, {"a-mail": down, "b-files": files}, FixedClock())

    assert len(down.refused) == 3
    assert files.recipients == ["reports"]
    assert len(tried) == 4
    assert len(store.deliveries(due_at=NOON)) == 17


def test_a_channel_that_raises_something_else_is_a_failed_delivery(store, owe, make_report):
    """T6: a fault in one channel's code stops neither the loop nor the others."""

    class Broken:
        def deliver(self, report, delivery):
            raise KeyError("a fault in the channel")

    owe(make_report(), ("a-broken", "one"), ("b-files", "two"))
    files = RecordingChannel()
    deliver_due(store, {"a-broken": Broken(), "b-files": files}, FixedClock())

    assert files.recipients == ["two"]
    assert statuses(store)["a-broken", "one"] is DeliveryStatus.RETRY


def test_a_channel_that_is_not_configured_says_so(store, owe, make_report):
    """A slip in the settings is named, and the report goes out once it is mended."""
    owe(make_report(), ("pigeon", "loft"))
    (tried,) = deliver_due(store, {}, FixedClock())

    assert tried.status is DeliveryStatus.RETRY
    assert "not configured" in tried.last_error


def test_every_try_is_in_the_audit_without_the_address(store, owe, make_report):
    """Addresses are personal data; the audit keeps the delivery's id."""
    owe(make_report(), ("mail", "a@x.example"))
    deliver_due(store, {"mail": RecordingChannel()}, FixedClock())
    entries = [entry for entry in store.audit() if entry.action.startswith("delivery-")]

    assert [(entry.action, entry.subject) for entry in entries] == [
        ("delivery-sent", store.deliveries()[0].id)
    ]
    assert "@" not in "".join(f"{entry.subject}{entry.detail}" for entry in entries)


def test_waits_grow_to_four_hours_and_reach_over_a_weekend():
    """A mail server that fails on Friday evening is met again on Monday morning."""
    waits = [next_try(attempts, NOON) - NOON for attempts in range(1, MOST_ATTEMPTS)]

    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(waits) == timedelta(hours=4)
    assert sum(waits, timedelta()) > timedelta(hours=70)
    assert next_try(MOST_ATTEMPTS, NOON) is None


def test_attempts_below_one_are_refused():
    """A wait before the first failure is a fault of the caller."""
    with pytest.raises(ValueError, match="1 or more"):
        next_try(0, NOON)
