"""Sitemaps: addresses in a window of days become items; hostile ones are refused."""

import gzip

import pytest

from monitor.errors import ExtractError
from monitor.model import ItemsRead, SourceKind
from monitor.reading import read
from tests.reading.jobs import make_job

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITE = "https://presidency.example"


def urlset(*entries) -> str:
    """Return a sitemap of (path, lastmod) entries."""
    urls = "".join(
        f"<url><loc>{SITE}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in entries
    )
    return f'<?xml version="1.0" encoding="utf-8"?><urlset xmlns="{NAMESPACE}">{urls}</urlset>'


def index(*entries) -> str:
    """Return a list of sitemaps."""
    maps = "".join(
        f"<sitemap><loc>{SITE}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for path, day in entries
    )
    return f'<sitemapindex xmlns="{NAMESPACE}">{maps}</sitemapindex>'


def sitemap_of(body, **source) -> ItemsRead:
    """Return what a sitemap holds for a source that reads its news."""
    given = {"paths": ("/news/*",), "days": 30} | source
    found = read(make_job(body, SourceKind.SITEMAP, url=f"{SITE}/sitemap.xml", **given))
    assert isinstance(found, ItemsRead)
    return found


def paths(found: ItemsRead) -> list[str]:
    """The paths of the items, in order."""
    return [(item.url or "").removeprefix(SITE) for item in found.items]


@pytest.mark.parametrize(
    ("path", "day", "is_item"),
    [
        pytest.param("/news/a", "2031-02-16T10:00:00+02:00", True, id="changed-yesterday"),
        pytest.param("/news/a", "2030-12-01", False, id="changed-long-ago"),
        pytest.param("/news/2031/02/10/a", "", True, id="day-in-the-path"),
        pytest.param("/news/2019/02/10/a", "", False, id="old-day-in-the-path"),
        pytest.param("/news/2019/02/10/a", "2031-02-16", True, id="old-page-edited-now"),
        pytest.param("/news/a", "", True, id="no-day-at-all"),
        pytest.param("/news/a", "soon", True, id="day-that-is-none"),
        pytest.param("/about", "2031-02-16", False, id="other-path"),
    ],
)
def test_pages_are_chosen_by_path_and_day(path, day, is_item):
    """A site of twenty thousand pages must not be read whole; what cannot be told is read."""
    found = sitemap_of(urlset((path, day), ("/news/x", "2031-02-01")))

    assert (path in paths(found)) is is_item


def test_the_title_comes_with_the_document_and_an_edit_by_lastmod():
    """A sitemap says nothing of a page but that it changed."""
    before = sitemap_of(urlset(("/news/a", "2031-02-15"))).items[0]
    after = sitemap_of(urlset(("/news/a", "2031-02-16"))).items[0]

    assert (before.title, before.key) == ("", "link:presidency.example/news/a")
    assert before.version != after.version


def test_the_latest_come_first():
    """Where a cap cuts the list, it cuts the oldest."""
    found = sitemap_of(
        urlset(("/news/a", "2031-02-01"), ("/news/b", "2031-02-16"), ("/news/c", "2031-02-10"))
    )

    assert paths(found) == ["/news/b", "/news/c", "/news/a"]


def test_pages_outside_the_window_are_counted():
    """A list that shrinks by half is suspect, whatever lies in its last thirty days."""
    assert sitemap_of(urlset(("/news/a", "2019-01-01"), ("/news/b", "2031-02-16"), ("/x", ""))).listed == 2


def test_an_index_names_further_pages_of_the_poll():
    """Only those that match and changed lately, the latest first."""
    found = sitemap_of(
        index(
            ("/sitemap-news-2031-01.xml", "2031-01-31"),
            ("/sitemap-news-2019.xml", "2019-12-31"),
            ("/sitemap-news-2031-02.xml", "2031-02-16"),
            ("/sitemap-images.xml", "2031-02-16"),
        ),
        maps=("/sitemap-news-*",),
    )

    assert found.more == (f"{SITE}/sitemap-news-2031-02.xml", f"{SITE}/sitemap-news-2031-01.xml")
    assert found.items == ()


def test_a_gzip_file_is_unpacked():
    """Large sites serve sitemap.xml.gz without saying that it is packed."""
    packed = gzip.compress(urlset(("/news/a", "2031-02-16")).encode())

    assert paths(sitemap_of(packed)) == ["/news/a"]


def test_a_rebuilt_site_whose_pages_all_changed_today_is_not_believed():
    """A deployment must not look like two thousand corrected announcements."""
    old = [(f"/news/2019/01/{n % 28 + 1:02d}/a{n}", "2031-02-16") for n in range(80)]
    found = sitemap_of(urlset(*old, ("/news/2031/02/16/new", "2031-02-16")))

    assert paths(found) == ["/news/2031/02/16/new"]
    assert found.flags == ("lastmod-uniform",)
    assert not found.items[0].is_news("an-earlier-version")
    assert found.items[0].is_news(None)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(urlset(("/news/a", "2031-02-16"))[:-20], "breaks off", id="cut-short"),
        pytest.param("<rss><channel/></rss>", "no sitemap but <rss>", id="feed"),
        pytest.param("<!DOCTYPE html><html><body>x</body></html>", "no sitemap|no XML", id="page"),
        pytest.param(gzip.compress(b"x" * 100)[:-9], "breaks off", id="gzip-cut-short"),
        pytest.param(
            '<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
            '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><urlset><url><loc>&c;</loc></url>',
            "breaks off",
            id="entities",
        ),
    ],
)
def test_what_is_no_whole_sitemap_is_refused(body, message):
    """Half a list must never pass for a short one."""
    with pytest.raises(ExtractError, match=message):
        sitemap_of(body)


def test_a_packed_bomb_is_refused():
    """70 KB on the wire must not become 70 MB to parse."""
    with pytest.raises(ExtractError, match="too large"):
        sitemap_of(gzip.compress(b" " * 70_000_000))


def test_no_entity_is_fetched_or_expanded(tmp_path):
    """A sitemap must not read files of this machine."""
    secret = tmp_path / "secret"
    secret.write_text("https://presidency.example/news/secret")
    body = f'<!DOCTYPE u [<!ENTITY s SYSTEM "file://{secret}">]><urlset><url><loc>&s;</loc></url></urlset>'

    assert paths(sitemap_of(body)) == []


@pytest.mark.slow
def test_fifty_thousand_addresses_are_read_as_a_stream():
    """The largest sitemap that the protocol allows; only the window becomes items."""
    old = "".join(
        f"<url><loc>{SITE}/news/{n}</loc><lastmod>2019-01-01</lastmod></url>" for n in range(49_999)
    )
    body = f'<urlset xmlns="{NAMESPACE}">{old}<url><loc>{SITE}/news/now</loc></url></urlset>'

    found = sitemap_of(body)

    assert (paths(found)[0], found.listed) == ("/news/now", 50_000)
