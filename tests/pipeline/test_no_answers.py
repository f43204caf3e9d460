"""H1, H2: whatever comes instead of an answer, in whatever kind of source, changes nothing but its health."""

from dataclasses import replace

import pytest

from monitor.errors import FetchError
from monitor.model import Listing, Source, SourceKind, Transport
from monitor.pipeline import poll_due
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


def _known(house):
    """All that is known, and all that was told."""
    return list(house.store.export()), house.told()


def _poll(house, answer):
    """Let every source answer so, and poll them all."""
    house.clock.advance(hours=1)
    for source in house.parts.sources:
        house.pages[source.url] = answer(source)
    return poll_due(house.parts, all_now=True)


@pytest.mark.slow
def test_no_kind_of_source_takes_it_for_news(read_well):
    """No item, document, finding, agreement or change: only that it could not be read, and why."""
    before, wrong = _known(read_well), {}
    for shape in NO_ANSWERS:
        page = Page(shape.body, shape.status, shape.headers, shape.final_url)
        reasons = {outcome.poll.reason for outcome in _poll(read_well, lambda _, page=page: page)}
        if reasons != {shape.code}:
            wrong[shape.name] = reasons

    assert wrong == {}
    assert _known(read_well) == before


def test_no_fault_of_the_wire_changes_what_is_known(read_well):
    """Every way in which a fetch can fail, for every kind of source."""
    before, wrong = _known(read_well), {}
    for transport in FAULTS:
        outcomes = _poll(
            read_well, lambda source, code=transport.value: FetchError(source.id, code, "failed")
        )
        if {outcome.poll.reason for outcome in outcomes} != {transport.value}:
            wrong[transport] = outcomes

    assert wrong == {}
    assert _known(read_well) == before


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
    before = _known(read_well)

    outcomes = _poll(read_well, lambda _: Page(body))

    assert not any(outcome.poll.verdict.is_success for outcome in outcomes)
    assert _known(read_well) == before
