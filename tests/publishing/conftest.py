"""A report, its deliveries and a store that holds them."""

from datetime import UTC, date, datetime

import pytest

from monitor.model import Audience, AuditEntry, Delivery, Rendering, Report, delivery_id
from tests.fakes import NOON, MemoryStore


@pytest.fixture
def make_report():
    """Build a report whose forms hold ``text``."""

    def make(number=1, text="Borduria signed", audience=Audience.READERS, for_programs=()):
        mail = f"From: monitor@monitor.example\r\nSubject: {text}\r\n\r\n{text}\r\n"
        return Report(
            id=f"r-{number:024x}",
            subscription_id="weekly",
            briefing_id="ex-1",
            made_at=datetime(2031, 2, 23, 9, 0, tzinfo=UTC),
            subject=text,
            renderings=(
                Rendering(".md", "text/markdown", text.encode()),
                Rendering(".html", "text/html", f"<p>{text}</p>".encode()),
                Rendering(".txt", "text/plain", text.encode()),
                Rendering(".eml", "message/rfc822", mail.encode()),
                *for_programs,
            ),
            audience=audience,
            dated=date(2031, 2, 23),
        )

    return make


@pytest.fixture
def store():
    """An empty store."""
    with MemoryStore() as store:
        yield store


@pytest.fixture
def owe(store):
    """Record a report with one delivery a (channel, recipient) pair."""

    def record(report, *to):
        deliveries = [
            Delivery(delivery_id(report.id, channel, recipient), report.id, channel, recipient)
            for channel, recipient in to
        ]
        store.save_report(report, deliveries, (), (AuditEntry(NOON, "monitor", "report-made", report.id),))

    return record
