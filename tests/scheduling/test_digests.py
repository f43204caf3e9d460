"""One digest a period, whatever the clock does."""

from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.model import Audience, Cadence, NothingNew, Subscription
from monitor.scheduling import digest_due


def _subscription(**values):
    return Subscription("s", "b", Audience.READERS, "files", ("reports",), **values)


def _digests(subscription, start, end, *, every=timedelta(minutes=15), pending=lambda now: False):
    """Ask every few minutes, as cron would; return the instants at which a digest was made."""
    made, now = [], start
    while now < end:
        if digest_due(subscription, pending=pending(now), last_made=made[-1] if made else None, now=now):
            made.append(now)
        now += every
    return made


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        pytest.param("Europe/London", time(1, 30), datetime(2026, 10, 25, tzinfo=UTC), id="london-goes-back"),
        pytest.param("Europe/Kyiv", time(3, 30), datetime(2026, 10, 25, tzinfo=UTC), id="kyiv-goes-back"),
        pytest.param(
            "Europe/London", time(1, 30), datetime(2026, 3, 29, tzinfo=UTC), id="london-goes-forward"
        ),
        pytest.param("Europe/Kyiv", time(3, 30), datetime(2026, 3, 29, tzinfo=UTC), id="kyiv-goes-forward"),
    ],
)
def test_one_digest_a_local_date_through_a_clock_change(zone, at, day):
    """01:30 occurs twice on 25 October 2026 in London; two digests on that day would say the same."""
    subscription = _subscription(cadence=Cadence.DAILY, at=at, timezone=zone)

    made = _digests(subscription, day - timedelta(days=2), day + timedelta(days=3))

    assert len(made) == 6  # the first ask makes the digest of the period under way, then one a day


def test_missed_days_are_caught_up_by_one_digest():
    """After a week of downtime a reader gets one mail that covers it, not seven."""
    subscription = _subscription(cadence=Cadence.DAILY)
    monday = datetime(2026, 6, 1, 8, tzinfo=UTC)

    due = digest_due(subscription, pending=True, last_made=monday, now=monday + timedelta(days=7))
    again = digest_due(
        subscription,
        pending=False,
        last_made=monday + timedelta(days=7),
        now=monday + timedelta(days=7, minutes=1),
    )

    assert (due, again) == (True, False)


def test_a_weekly_digest_comes_on_its_weekday():
    """A Friday digest asked for all week is made on Friday at its hour."""
    subscription = _subscription(cadence=Cadence.WEEKLY, weekday=4, at=time(17, 0), timezone="UTC")
    monday = datetime(2026, 6, 1, tzinfo=UTC)

    made = _digests(subscription, monday, monday + timedelta(days=14))

    assert [each.strftime("%a %H:%M") for each in made] == ["Mon 00:00", "Fri 17:00", "Fri 17:00"]


def test_what_is_told_at_once_waits_for_nothing():
    """A signing found ten minutes after the day's digest is told at once."""
    subscription = _subscription()
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)

    assert digest_due(subscription, pending=True, last_made=now, now=now + timedelta(minutes=10))


def test_silence_where_nothing_new_is_skipped():
    """Who asked for news alone gets no "nothing new"."""
    subscription = _subscription(cadence=Cadence.DAILY, nothing_new=NothingNew.SKIP)
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)

    assert not digest_due(subscription, pending=False, last_made=None, now=now)


def test_hold_sends_nothing():
    """Before elections changes are collected and nothing goes out."""
    assert not digest_due(
        _subscription(hold=True), pending=True, last_made=None, now=datetime(2026, 6, 1, tzinfo=UTC)
    )


def test_a_monthly_digest_on_the_31st_comes_in_february_too():
    """A month that lacks the day has its digest on its last day."""
    subscription = _subscription(cadence=Cadence.MONTHLY, day=31, at=time(0, 0), timezone="UTC")

    made = _digests(
        subscription,
        datetime(2026, 1, 31, tzinfo=UTC),
        datetime(2026, 4, 2, tzinfo=UTC),
        every=timedelta(hours=6),
    )

    assert [each.strftime("%m-%d") for each in made] == ["01-31", "02-28", "03-31"]
