"""A day of ticks through a clock change: one digest a local date, as with cron so with `serve`."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.model import Audience, Cadence, Subscription


@pytest.mark.slow
@pytest.mark.parametrize(
    ("zone", "at", "midnight"),
    [
        pytest.param("Europe/London", time(1, 30), datetime(2026, 10, 25, tzinfo=UTC), id="london-autumn"),
        pytest.param("Europe/London", time(1, 30), datetime(2026, 3, 29, tzinfo=UTC), id="london-spring"),
        pytest.param("Europe/Kyiv", time(3, 30), datetime(2026, 10, 25, tzinfo=UTC), id="kyiv-autumn"),
        pytest.param("Europe/Kyiv", time(3, 30), datetime(2026, 3, 29, tzinfo=UTC), id="kyiv-spring"),
    ],
)
def test_one_digest_a_local_date(house, zone, at, midnight):
    """01:30 occurs twice or not at all on these days; a reader gets one mail all the same."""
    daily = Subscription(
        "daily", "example", Audience.READERS, "files", ("reports",), Cadence.DAILY, at, timezone=zone
    )
    house.parts = replace(house.parts, subscriptions=(daily,))
    house.clock.advance(seconds=(midnight - timedelta(hours=12) - house.clock.now()).total_seconds())
    house.run(all_now=False)  # the digest of the period under way
    first = len(house.channels["files"].delivered)
    for _ in range(48 * 4):
        house.clock.advance(minutes=15 - 60)  # `run` itself goes on by an hour
        house.run(all_now=False)
    made = [report.made_at for report, _ in house.channels["files"].delivered[first:]]

    assert len(made) == 2
    assert len({report.dated for report, _ in house.channels["files"].delivered}) == 3
