"""D9: a database of every earlier version, with letters waiting in it, goes on under today's program.

`tests/store/versions/` keeps one database a version, dumped as text: one digest sent to two of three, one
that waits for all. A new version of the tables adds the last one of the old.
"""

import gzip
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.app.settings import load_settings
from monitor.files import load_yaml
from monitor.model import Audience, DeliveryStatus, Subscription
from monitor.publishing import deliver_due
from monitor.scheduling import parse_subscriptions
from monitor.store import open_store
from monitor.store.schema import SHIPPED
from monitor.store.sqlite_file import APPLICATION_ID
from tests.fakes import RecordingChannel
from tests.pipeline.conftest import FEED, REGISTER, feed, page, row, rows

VERSIONS = Path(__file__).parents[1] / "store" / "versions"
EARLIER = SHIPPED.revisions[:-1]
SIGNED = (
    "Today the Prime Minister and the President of Ukraine signed the Agreement on security cooperation"
    " between Canada and Ukraine in Kyiv on 21 February 2024."
)


@pytest.fixture(params=EARLIER)
def upgraded(request, house, tmp_path):
    """The house a day later, on the database of an earlier version."""
    path = tmp_path / "monitor.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            gzip.decompress((VERSIONS / f"{request.param}.sql.gz").read_bytes()).decode()
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    store = open_store(path)
    recipients = ("a@test.example", "b@test.example", "c@test.example")
    readers = Subscription("readers", "example", Audience.READERS, "smtp", recipients)
    house.parts = replace(house.parts, store=store, subscriptions=(readers,))
    house.store, house.channels = store, {"smtp": RecordingChannel()}
    house.clock.advance(days=8)
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.pages[FEED.url] = feed(("1", "Canada and Ukraine sign"), ("0", "Nothing of interest"))
    house.pages["https://ministry.example/1.html"] = page("Canada and Ukraine sign", SIGNED)
    yield house
    store.close()


def test_every_earlier_version_is_kept():
    """Whoever changes the tables keeps a database of those before."""
    assert [each for each in EARLIER if not (VERSIONS / f"{each}.sql.gz").exists()] == []


def test_what_waited_is_delivered_once_with_its_bytes(upgraded):
    """The three letters of the second digest, and the one that was refused of the first; nobody else's."""
    store, channel = upgraded.store, upgraded.channels["smtp"]
    waiting = {each.id: each for each in store.deliveries() if each.status is not DeliveryStatus.SENT}
    kept = {each.report_id: store.report(each.report_id).renderings for each in waiting.values()}
    for _ in range(2):
        deliver_due(store, upgraded.channels, upgraded.clock)
        upgraded.clock.advance(days=1)

    assert Counter(delivery.id for _, delivery in channel.delivered) == Counter(list(waiting))
    assert all(report.renderings == kept[report.id] for report, _ in channel.delivered)
    assert len(waiting) == 4


def test_nothing_is_told_again(upgraded):
    """What the old program told, or had written to be sent, the new one does not write once more."""
    written = {report.id for report in upgraded.store.reports()}
    upgraded.run()
    news = [each for each in upgraded.store.reports() if each.id not in written]

    assert [each.changes for each in news if each.changes] == []
    assert upgraded.store.check() == ()


@pytest.mark.parametrize("version", EARLIER)
def test_the_settings_of_then_still_hold(version):
    """A key that is renamed would stop every installation at its upgrade."""
    settings = load_settings(VERSIONS / f"{version}.toml")
    file = load_yaml(VERSIONS / f"{version}.subscriptions.yaml")
    found = parse_subscriptions(
        file.data, file.line_of, "subscriptions.yaml", briefings={"example"}, channels={"files", "smtp"}
    )

    assert settings.mail.host == "mail.example"
    assert [each.id for each in found] == ["readers", "reviewers", "operators"]
