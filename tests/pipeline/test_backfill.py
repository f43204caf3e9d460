"""A look back, and gaps that it closes; new addresses, and what they offer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.errors import ConfigError, FetchError
from monitor.model import Listing, Paging, PagingBy, Source, SourceKind
from monitor.pipeline import backfill, look_at
from monitor.sources import Sources
from tests.fakes import Page
from tests.pipeline.conftest import page

HOST = "https://ministry.example"
COMMON = {"publisher": "Example Ministry", "lang": "en", "voice": "CA", "licence": "example"}
LISTING = Source(
    "list",
    SourceKind.LISTING,
    url=f"{HOST}/list",
    listing=Listing(item="article.teaser", date="time", next="a[rel~=next]"),
    **COMMON,
)
ONE_PAGE = replace(LISTING, listing=Listing(item="article.teaser", date="time"))
FEED = Source(
    "feed",
    SourceKind.FEED,
    url=f"{HOST}/feed/",
    paging=Paging("paged", 0, "", first=1, by=PagingBy.PAGES),
    **COMMON,
)
SITEMAP = Source("map", SourceKind.SITEMAP, url=f"{HOST}/map.xml", paths=("/news/*",), days=30, **COMMON)


def news(*numbers, following="", head=""):
    """A page that lists visits by number, a day of February each."""
    rows = "".join(
        f'<article class="teaser"><time datetime="2024-02-{n:02d}">x</time>'
        f'<h3><a href="/news/{n}">The visit number {n} of the minister</a></h3></article>'
        for n in numbers
    )
    more = f'<a rel="next" href="{following}">Earlier news</a>' if following else ""
    body = f"<nav><a href=/about>About the ministry of today</a></nav><main>{rows}{more}</main>"
    return (
        f"<html lang=en><head><title>News | Ministry</title>{head}</head><body>{body}</body></html>".encode()
    )


def feed(*numbers):
    """A feed of visits by number, a day of February each."""
    entries = "".join(
        f'<entry><id>t:{n}</id><title>Visit {n}</title><link href="/news/{n}"/>'
        f"<updated>2024-02-{n:02d}T10:00:00Z</updated></entry>"
        for n in numbers
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entries}</feed>'.encode()


@pytest.fixture
def home(house):
    """The house in late February, with one source whose news pages all answer."""

    def with_source(source):
        house.parts = replace(house.parts, sources=Sources((source,)))
        house.parts.fetcher.now = datetime(2024, 2, 26, tzinfo=UTC)
        house.clock.advance(days=4)
        house.pages.update(
            {f"{HOST}/news/{n}": page(f"Visit {n}", "The minister travelled.") for n in range(40)}
        )
        return house

    return with_source


def known(house):
    """The numbers of the items that are stored."""
    versions = house.store.item_versions(next(iter(house.parts.sources)).id)
    return sorted(int(key.rpartition("/")[2]) for key in versions if key.startswith("link:"))


def test_a_listing_is_read_back_to_a_day(home):
    """Page by page, and no further; a second look back finds nothing new."""
    house = home(LISTING)
    house.pages |= {
        f"{HOST}/list": news(22, 21, following="/list?page=2"),
        f"{HOST}/list?page=2": news(20, 19, following="/list?page=3"),
        f"{HOST}/list?page=3": news(18, 17, following="/list?page=4"),
    }
    house.run()
    done = backfill(house.parts, LISTING, date(2024, 2, 18))
    again = backfill(house.parts, LISTING, date(2024, 2, 18))

    assert (done.pages, done.items, done.fresh, done.complete) == (3, 5, 3, True)
    assert known(house) == [18, 19, 20, 21, 22]
    assert again.fresh == 0


def test_a_feed_is_read_back_to_its_first_page(home):
    """WordPress answers 404 beyond the last page: that is an end, no failure."""
    house = home(FEED)
    house.pages |= {f"{HOST}/feed/": feed(22, 21), f"{HOST}/feed/?paged=2": feed(20, 19)}
    done = backfill(house.parts, FEED, date(2024, 1, 1))

    assert (done.items, done.complete) == (4, True)


def test_a_sitemap_is_read_back_by_days(home):
    """Its window is widened to the day."""
    house = home(SITEMAP)
    entry = "<url><loc>{}/news/{}</loc><lastmod>{}</lastmod></url>"
    urls = "".join(entry.format(HOST, n, day) for n, day in ((1, "2023-07-12"), (2, "2024-02-20")))
    house.pages[SITEMAP.url] = f"<urlset>{urls}</urlset>".encode()
    house.run()
    backfill(house.parts, SITEMAP, date(2023, 7, 1))

    assert known(house) == [1, 2]


def test_a_list_that_does_not_reach_back_is_said_not_to(home):
    """A server that fails half-way has not shown the rest."""
    house = home(LISTING)
    house.pages |= {f"{HOST}/list": news(22, 21, following="/p2"), f"{HOST}/p2": Page(b"busy", 503)}
    done = backfill(house.parts, LISTING, date(2024, 2, 1))

    assert (done.items, done.complete) == (2, False)


@pytest.mark.parametrize(
    ("second", "since", "is_closed"),
    [
        pytest.param(news(20, 16, following="/p3"), date(2024, 2, 21), True, id="met-what-was-known"),
        pytest.param(news(20, 19), date(2024, 2, 1), True, id="end-of-the-list"),
        pytest.param(news(20, 14, following="/p3"), date(2024, 2, 15), True, id="the-first-day-of-the-gap"),
        pytest.param(news(20, 19, following="/p3"), date(2024, 2, 21), False, id="stopped-above-it"),
    ],
)
def test_a_gap_is_closed_when_the_reading_comes_below_it(home, second, since, is_closed):
    """Otherwise something may still have passed unseen."""
    house = home(ONE_PAGE)
    house.clock.advance(days=-9)  # the list was last read on the 16th
    house.pages[f"{HOST}/list"] = news(16, 15)
    house.run()
    house.clock.advance(days=9)
    house.pages |= {f"{HOST}/list": news(23, 22, following="/p2"), f"{HOST}/p2": second}
    house.run()
    assert len(house.store.gaps()) == 1

    done = backfill(house.parts, LISTING, since)

    assert bool(done.closed) is is_closed
    assert len(house.store.gaps()) == (0 if is_closed else 1)


def test_a_source_of_one_page_cannot_be_read_back(home):
    """A person is told what to enter, or to look."""
    house = home(ONE_PAGE)
    with pytest.raises(ConfigError, match="one page only"):
        backfill(house.parts, ONE_PAGE, date(2024, 2, 1))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html><title>Just a moment...</title></html>", id="wall"),
        pytest.param(b"<html><body><main><p>New site</p></main></body></html>", id="redesign"),
    ],
)
def test_what_a_poll_would_not_take_in_a_look_back_does_not_either(home, body):
    """Nothing is recorded."""
    house = home(LISTING)
    house.pages[f"{HOST}/list"] = body
    with pytest.raises(FetchError):
        backfill(house.parts, LISTING, date(2024, 2, 1))

    assert known(house) == []


# --- new addresses

JSON_FEED = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
URLSET = b"<urlset><url><loc>https://ministry.example/a</loc></url></urlset>"


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        pytest.param(feed(2, 1), [SourceKind.FEED], id="a-feed-itself"),
        pytest.param(JSON_FEED, [SourceKind.FEED], id="json"),
        pytest.param(URLSET, [SourceKind.SITEMAP], id="sitemap"),
        pytest.param(news(4, 3, 2, 1), [SourceKind.LISTING], id="a-list-of-news"),
        pytest.param(
            news(4, 3, 2, 1, head='<link rel=alternate type="application/rss+xml" href=/rss>'),
            [SourceKind.FEED, SourceKind.LISTING],
            id="feed-before-list",
        ),
        pytest.param(
            b"<html><body><main><p>One paper</p></main></body></html>",
            [SourceKind.PAGE],
            id="a-page-that-lists-nothing-can-be-watched",
        ),
    ],
)
def test_an_address_is_looked_at_for_what_it_offers(house, body, kinds):
    """Addresses that nobody names are never guessed."""
    house.pages[f"{HOST}/"] = body
    offers = look_at(house.parts, f"{HOST}/", "")

    assert [offer.source.kind for offer in offers] == kinds
    assert {request.url for request in house.parts.fetcher.asked} <= {f"{HOST}/", f"{HOST}/rss"}


def test_selectors_are_proposed_that_read_the_list(house):
    """The most repeated kind of link in the main part, its day and its next page."""
    house.pages[f"{HOST}/"] = news(4, 3, 2, 1, following="/p2")
    (offer,) = look_at(house.parts, f"{HOST}/", "")

    assert offer.source.listing == Listing(
        item="article.teaser", link="h3 a", date="time", next='a[rel~="next"]'
    )
    assert offer.tried["items"][0] == "2024-02-04 The visit number 4 of the minister"
    assert offer.works


def test_a_wall_offers_nothing(house):
    """The message says what stands there."""
    house.pages[f"{HOST}/"] = b"<html><title>Just a moment...</title></html>"
    with pytest.raises(FetchError, match="ust a moment"):
        look_at(house.parts, f"{HOST}/", "")
