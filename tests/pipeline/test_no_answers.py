"""H1, H2: whatever comes instead of an answer, in whatever kind of source, changes nothing but its health."""

from dataclasses import replace

import pytest

from monitor.errors import FetchError
from monitor.model import Listing, Source, SourceKind, Transport
from monitor.sources import Sources
from tests.fakes import Page
from tests.health.pages import NO_ANSWERS
from tests.pipeline.conftest import FEED, REGISTER, feed, page, row, rows

LISTING = Source(
    id="listing",
    kind=SourceKind.LISTING,
    publisher="Example Government",
    url="https://government.example/news",
    lang="en",
    voice="UA",
    licence="example",
    listing=Listing(item="li.news", link="a"),
    follow=False,
)
WATCHED = Source(
    id="page",
    kind=SourceKind.PAGE,
    publisher="Example Parliament",
    url="https://parliament.example/agreement",
    lang="en",
    voice="GB",
    licence="example",
    main="main",
)
NEWS = b"<html><title>News</title><ul>" + b"".join(
    b"<li class=news><a href=/%d>Ministers met again, part %d</a></li>" % (n, n) for n in range(6)
)
FAULTS = [
    transport for transport in Transport if transport not in (Transport.ANSWERED, Transport.NOT_MODIFIED)
]


@pytest.fixture
def read_well(house):
    """A house whose four kinds of sources were read well once."""
    house.parts = replace(house.parts, sources=Sources((REGISTER, FEED, LISTING, WATCHED)))
    house.pages[REGISTER.url] = rows(row(0, "2019-01-01"), row(1))
    house.pages[FEED.url] = feed(("0", "Nothing of interest"), ("1", "A visit to Kyiv"))
    house.pages["https://ministry.example/1.html"] = page(
        "A visit to Kyiv", "The minister travelled by train."
    )
    house.pages[LISTING.url] = Page(NEWS)
    house.pages[WATCHED.url] = page("Agreement", *["The parties agree on many things."] * 20)
    assert {outcome.poll.verdict.value for outcome in house.run()} == {"ok"}
    return house


@pytest.mark.parametrize("shape", NO_ANSWERS, ids=lambda shape: shape.name)
def test_no_kind_of_source_takes_it_for_news(read_well, shape):
    """No item, document, finding, agreement or change: only that it could not be read, and why."""
    house = read_well
    before, told = list(house.store.export()), house.told()
    for source in house.parts.sources:
        house.pages[source.url] = Page(shape.body, shape.status, shape.headers, shape.final_url)
    outcomes = house.run()

    assert {outcome.poll.reason for outcome in outcomes} == {shape.code}
    assert list(house.store.export()) == before
    assert house.told() == told


@pytest.mark.parametrize("transport", FAULTS, ids=lambda transport: transport.value)
def test_no_fault_of_the_wire_changes_what_is_known(read_well, transport):
    """Every way in which a fetch can fail, for every kind of source."""
    house = read_well
    before = list(house.store.export())
    for source in house.parts.sources:
        house.pages[source.url] = FetchError(source.id, transport.value, "failed")
    outcomes = house.run()

    assert {outcome.poll.reason for outcome in outcomes} == {transport.value}
    assert list(house.store.export()) == before


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"\0\1\2\3" * 50, id="binary"),
        pytest.param(b"%PDF-1.7\n%broken", id="pdf"),
        pytest.param(b"{", id="cut-json"),
        pytest.param(b"<?xml version='1.0'?><rss><channel><item>", id="cut-feed"),
        pytest.param(b"<html><title>News</title><body><main></main></body></html>", id="emptied-page"),
        pytest.param(
            b"<html><title>Our new site</title><div id=news><a href=/x>x</a></div></html>", id="redesign"
        ),
    ],
)
def test_what_cannot_be_read_changes_nothing(read_well, body):
    """A redesign or a wrong file is a fault of each source, never a mass deletion."""
    house = read_well
    before = list(house.store.export())
    for source in house.parts.sources:
        house.pages[source.url] = Page(body)
    outcomes = house.run()

    assert not any(outcome.poll.verdict.is_success for outcome in outcomes)
    assert list(house.store.export()) == before
