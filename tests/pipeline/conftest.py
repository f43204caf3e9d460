"""A run with fakes at its edges: pages in a dict, a database in memory, a clock that is told to go."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.app.loading import load_shipped_templates
from monitor.model import (
    Audience,
    DateOf,
    Edition,
    Entry,
    Kind,
    PartialDate,
    Series,
    Source,
    SourceKind,
    Stage,
    Subscription,
    Topic,
    sides_of,
)
from monitor.pipeline import Parts, Press, poll_due, take_in_editions, write_reports
from monitor.publishing import deliver_due
from monitor.reading import read
from monitor.recognition import load_detector
from monitor.reports import Masthead
from monitor.sources import Sources
from tests.fakes import FakeFetcher, FixedClock, MemoryEvidence, MemoryStore, RecordingChannel

AS_OF = date(2024, 2, 20)
REGISTER = Source(
    id="register",
    kind=SourceKind.REGISTER,
    publisher="Example Register",
    url="https://register.example/rows.json",
    lang="en",
    voice="GB",
    licence="example",
    rows="rows",
    fields=(("id", "id"), ("title", "title"), ("parties", "parties"), ("signed", "signed")),
)
FEED = Source(
    id="feed",
    kind=SourceKind.FEED,
    publisher="Example Ministry",
    url="https://ministry.example/feed.atom",
    lang="en",
    voice="CA",
    licence="example",
)


def row(number, signed="2024-03-01", parties=("United Kingdom", "Ukraine")):
    """A register's row; the titles are invented."""
    title = f"Example Agreement No. {number} on mutual support"
    return {"id": str(number), "title": title, "parties": list(parties), "signed": signed}


def rows(*each):
    """A register's reply."""
    return json.dumps({"rows": list(each)}).encode()


def feed(*entries):
    """An Atom feed of (id, title) entries."""
    body = "".join(
        f"<entry><id>tag:ministry.example,2024:{key}</id><title>{title}</title>"
        f'<link href="https://ministry.example/{key}.html"/><updated>2024-02-21T10:00:00Z</updated></entry>'
        for key, title in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{body}</feed>'.encode()


def page(title, *paragraphs):
    """An article's page."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html lang=en><title>{title}</title><main><h1>{title}</h1>{words}</main></html>".encode()


def edition():
    """An edition that knows of talks with Canada."""
    series = Series(
        "example-series", "the example series", date(2023, 7, 12), (Kind.SECURITY,), ("declaration",)
    )
    talks = Entry(
        "ca-talks",
        sides_of("CA", "UA"),
        Stage.NEGOTIATING,
        Kind.SECURITY,
        date=PartialDate.month(2023, 8),
        date_of=DateOf.TALKS_OPENED,
    )
    topic = Topic("UA", series, own_state="GB")
    return Edition("example", "Example briefing", AS_OF, AS_OF, topic, entries=(talks,), sha256="1")


@dataclass
class House:
    """The parts of a run, with what tests look at."""

    parts: Parts
    pages: dict
    clock: FixedClock
    store: MemoryStore
    channels: dict

    def run(self, *, all_now=True):
        """Poll, write the digests, deliver them; return the polls' outcomes."""
        self.clock.advance(hours=1)
        take_in_editions(self.parts, self.clock.now())
        outcomes = poll_due(self.parts, all_now=all_now)
        press = Press(load_shipped_templates(), Masthead(instance="test.example"), ZoneInfo("UTC"))
        write_reports(self.parts, press)
        deliver_due(self.store, self.channels, self.clock)
        return outcomes

    def told(self, channel="files"):
        """Titles of the changes that a channel's recipients were told of, in order."""
        changes = {change.id: change.title for change in self.store.changes()}
        return [changes[key] for report, _ in self.channels[channel].delivered for key in report.changes]


class InlineReader:
    """Reads in this process: limits are the workers' business and are tested there."""

    def read(self, job):
        return read(job)


@pytest.fixture
def house():
    """A house in which the register and the feed answer with nothing of interest yet."""
    pages = {REGISTER.url: rows(row(0, "2019-01-01")), FEED.url: feed(("0", "Nothing of interest"))}
    pages["https://ministry.example/0.html"] = page("Nothing of interest", "A bridge was painted.")
    clock, store = FixedClock(datetime(2024, 2, 21, 8, tzinfo=UTC)), MemoryStore()
    channels = {"files": RecordingChannel()}
    parts = Parts(
        clock=clock,
        store=store,
        evidence=MemoryEvidence(),
        fetcher=FakeFetcher(pages),
        reader=InlineReader(),
        detector=load_detector(),
        sources=Sources((REGISTER, FEED)),
        editions=(edition(),),
        subscriptions=(Subscription("all", "example", Audience.REVIEWERS, "files", ("reports",)),),
        names={"UA": "Ukraine", "GB": "United Kingdom", "CA": "Canada"},
    )
    return House(parts, pages, clock, store, channels)


def with_subscriptions(house, *channels):
    """One subscription a channel."""
    subscriptions = tuple(
        Subscription(name, "example", Audience.REVIEWERS, name, (f"{name}@test.example",))
        for name in channels
    )
    house.parts = replace(house.parts, subscriptions=subscriptions)
    return house
