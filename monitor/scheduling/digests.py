"""When a subscription's digest is due.

Pure. A digest belongs to a period: a local date, or the local date on which a week or month begins
for that subscription. A period is told once, so a wall-clock time that occurs twice (the clock goes
back) makes one digest, one that does not occur (it goes forward) still makes one, and periods
missed while nothing ran are caught up by one digest that covers them all.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.model import Cadence, NothingNew, Subscription


def period_of(subscription: Subscription, instant: datetime) -> date:
    """Return the local date that names the period ``instant`` falls in.

    Args:
        subscription: Its cadence, time of day and time zone.
        instant: An instant with a time zone.
    """
    local = instant.astimezone(ZoneInfo(subscription.timezone))
    today = local.date()
    if subscription.cadence is Cadence.AT_ONCE:
        return today
    if local.time().replace(tzinfo=None) < subscription.at:
        today -= timedelta(days=1)
    if subscription.cadence is Cadence.WEEKLY:
        return today - timedelta(days=(today.weekday() - subscription.weekday) % 7)
    if subscription.cadence is Cadence.MONTHLY:
        return _month_begin(subscription.day, today)
    return today


def digest_due(
    subscription: Subscription, *, pending: bool, last_made: datetime | None, now: datetime
) -> bool:
    """Return whether a digest is to be made now.

    Args:
        subscription: For whom.
        pending: Whether there is anything to tell.
        last_made: When its last digest was made; None before the first.
        now: An instant with a time zone.
    """
    if subscription.hold:
        return False
    if not pending and subscription.nothing_new is NothingNew.SKIP:
        return False
    if subscription.cadence is Cadence.AT_ONCE and pending:
        return True
    return last_made is None or period_of(subscription, last_made) < period_of(subscription, now)


def _month_begin(day: int, today: date) -> date:
    """The latest ``day`` of a month on or before ``today``; months that lack it begin on their last day."""
    this = _in_month(today.year, today.month, day)
    if this <= today:
        return this
    before = today.replace(day=1) - timedelta(days=1)
    return _in_month(before.year, before.month, day)


def _in_month(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))
