"""Feeds of every dialect, and what publishers do to them."""

import sys

import pytest

from monitor.errors import ExtractError
from monitor.model import ItemsRead
from monitor.reading import read
from monitor.reading.feed import MOST_ITEMS
from tests.reading.jobs import make_job

RSS_091 = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>News</title>
 <item><title>Borduria signs</title><link>https://mfa.example/1</link><description>Text.</description></item>
 </channel></rss>"""
RSS_10 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://mfa.example/"><title>News</title></channel>
 <item rdf:about="https://mfa.example/1"><title>Borduria signs</title><link>https://mfa.example/1</link>
 <description>Text.</description><dc:date>2031-02-16</dc:date></item></rdf:RDF>"""
RSS_20 = """<rss version="2.0"><channel><title>News</title><item><title>Borduria signs</title>
 <link>https://mfa.example/1</link><guid isPermaLink="false">n-1</guid>
 <pubDate>Sun, 16 Feb 2031 10:00:00 +0100</pubDate><description>Text.</description></item></channel></rss>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>News</title><entry>
 <title>Borduria signs</title><link rel="alternate" type="text/html" href="https://mfa.example/1"/>
 <id>tag:mfa.example,1</id><issued>2031-02-16T10:00:00+01:00</issued><summary>Text.</summary></entry></feed>"""
ATOM_10 = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>
 <id>tag:mfa.example,1</id><title>Borduria signs</title><link href="https://mfa.example/1"/>
 <published>2031-02-16T10:00:00+01:00</published><updated>2031-02-17T10:00:00+01:00</updated>
 <summary>Text.</summary></entry></feed>"""


def rss(*items: str) -> str:
    """Return an RSS feed of items given by their inner XML."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>News</title>{inner}</channel></rss>'


def entry(title: str = "Borduria signs", link: str = "https://mfa.example/1", more: str = "") -> str:
    """Return an item's inner XML."""
    return f"<title>{title}</title><link>{link}</link>{more}"


def items_of(body: str | bytes, **source: object) -> ItemsRead:
    """Return what a feed holds."""
    result = read(make_job(body, **source))
    assert isinstance(result, ItemsRead)
    return result


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(RSS_091, id="rss-0.91"),
        pytest.param(RSS_10, id="rss-1.0"),
        pytest.param(RSS_20, id="rss-2.0"),
        pytest.param(ATOM_03, id="atom-0.3"),
        pytest.param(ATOM_10, id="atom-1.0"),
    ],
)
def test_every_dialect_gives_title_address_and_summary(body):
    """A publisher's choice of feed software must not matter."""
    (item,) = items_of(body).items

    assert (item.title, item.url, item.summary) == ("Borduria signs", "https://mfa.example/1", "Text.")


@pytest.mark.parametrize(
    ("written", "timezone", "day"),
    [
        pytest.param("Fri, 13 Jun 2031 00:00:00 +0900", "UTC", "2031-06-13", id="midnight-in-japan"),
        pytest.param("2031-06-13T00:00:00+09:00", "Asia/Tokyo", "2031-06-13", id="iso-with-offset"),
        pytest.param("Thu, 12 Jun 2031 22:30:00 GMT", "Europe/Kyiv", "2031-06-13", id="late-evening-in-utc"),
        pytest.param(
            "Fri, 13 Jun 2031 00:00:00 GMT", "America/Toronto", "2031-06-13", id="date-without-time"
        ),
        pytest.param("Fri, 13 Jun 31 10:00:00 EST", "UTC", "2031-06-13", id="year-of-two-digits"),
        pytest.param("13.06.2031", "UTC", "2031-06-13", id="figures"),
    ],
)
def test_the_day_is_the_publishers_own(written, timezone, day):
    """UTC would move a signature of 13 June in Tokyo to 12 June."""
    body = rss(entry(more=f"<pubDate>{written}</pubDate>"))

    (item,) = items_of(body, timezone=timezone).items

    assert item.published is not None
    assert item.published.iso == day
    assert item.published_raw == written


@pytest.mark.parametrize(
    ("date", "flag"),
    [
        pytest.param("<pubDate>Tue, 1 Jan 2099 00:00:00 GMT</pubDate>", "date-future", id="future"),
        pytest.param("", "date-missing", id="missing"),
        pytest.param("<pubDate>31 Feb 2031</pubDate>", "date-unread", id="impossible"),
        pytest.param("<pubDate>0000-00-00 00:00:00</pubDate>", "date-unread", id="all-noughts"),
        pytest.param(
            "<pubDate>-0001-11-30T00:00:00+00:00</pubDate>", "date-unread", id="noughts-as-php-has-them"
        ),
        pytest.param("<pubDate>2031-13-45</pubDate>", "date-unread", id="a-month-too-many"),
        pytest.param("<pubDate>Sun, 16 Feb 31 10:00:00 GMT</pubDate>", "date-short-year", id="two-digits"),
    ],
)
def test_an_odd_date_is_marked_and_hides_nothing(date, flag):
    """Dates only order and inform: an item of 2099 must not hide the one after it."""
    read_ = items_of(rss(entry(more=date), entry("Syldavia signs", "https://mfa.example/2")))

    assert [item.title for item in read_.items] == ["Borduria signs", "Syldavia signs"]
    assert flag in read_.items[0].flags


@pytest.mark.parametrize(
    ("link", "url"),
    [
        pytest.param("/news/1?a=1&amp;b=2", "https://mfa.example/news/1?a=1&b=2", id="relative"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("java\nscript:alert(1)", None, id="script-in-two-lines"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("ftp://mfa.example/1", None, id="ftp"),
        pytest.param("https://user:word@mfa.example/1", None, id="credentials"),
    ],
)
def test_only_web_addresses_are_links(link, url):
    """Links are shown to readers and asked for; a script must be neither."""
    (item,) = items_of(rss(entry(link=link))).items

    assert item.url == url


def test_an_id_that_is_no_address_is_no_link():
    """RSS takes an id for an address unless told otherwise; asking for it would give a 404 each day."""
    (item,) = items_of(rss("<title>Borduria signs</title><guid>n-1</guid>")).items

    assert item.url is None


def test_titles_become_plain_text():
    """Markup and doubled entities in titles would end up in digests."""
    body = rss(entry("&lt;b&gt;Borduria&lt;/b&gt; &amp;amp; Syldavia\n sign"))

    assert items_of(body).items[0].title == "Borduria & Syldavia sign"


def test_an_item_is_known_by_id_then_address_then_title_and_day():
    """A site that changes one of them is recognised by the others."""
    (item,) = items_of(RSS_20).items

    assert item.keys == ("id:n-1", "link:mfa.example/1", "title:borduria signs|2031-02-16")


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("http://mfa.example/1", id="http"),
        pytest.param("https://mfa.example/1/?utm_source=rss&amp;utm_medium=feed", id="tracking"),
        pytest.param("https://MFA.example:443/1#top", id="case-port-fragment"),
    ],
)
def test_spellings_of_one_address_are_one_key(link):
    """Tracking parameters and a move to https must not make every item new."""
    assert items_of(rss(entry(link=link))).items[0].keys[0] == "link:mfa.example/1"


def test_ten_items_under_one_id_stay_ten():
    """Some feeds give every entry the same id; nine of ten announcements would be lost."""
    entries = [
        entry(f"Statement {n}", f"https://mfa.example/{n}", "<guid isPermaLink='false'>news</guid>")
        for n in range(10)
    ]

    once, again = items_of(rss(*entries)), items_of(rss(*reversed(entries)))

    assert len({item.key for item in once.items}) == 10
    assert {item.key: item.version for item in once.items} == {item.key: item.version for item in again.items}


def test_an_entry_given_twice_is_one_item():
    """Feeds that list an entry under two headings repeat it word for word."""
    assert len(items_of(rss(entry(), entry())).items) == 1


def test_a_shared_address_identifies_no_item():
    """Where all entries link to one page, a new entry must not pass for a known one."""
    read_ = items_of(
        rss(
            entry("One", "https://mfa.example/news", "<guid isPermaLink='false'>1</guid>"),
            entry("Two", "https://mfa.example/news", "<guid isPermaLink='false'>2</guid>"),
        )
    )

    assert all("link:mfa.example/news" not in item.keys for item in read_.items)


def test_an_edited_title_is_another_version_of_the_same_item():
    """A corrected headline is an edit to re-read, not a second announcement."""
    before, after = (
        items_of(RSS_20).items[0],
        items_of(RSS_20.replace("Borduria signs", "Borduria initials")).items[0],
    )

    assert before.key == after.key
    assert before.version != after.version


def test_markup_alone_is_no_new_version():
    """A new template around the same words must not have every item read again."""
    plain = items_of(rss(entry(more="<description>Text of it.</description>")))
    marked = items_of(rss(entry(more="<description>&lt;p&gt;Text of it.&lt;/p&gt;</description>")))

    assert plain.items[0].version == marked.items[0].version


FULL = rss(
    entry(more="<description>Teaser</description><content:encoded>&lt;p&gt;They signed.&lt;/p&gt;"
    "&lt;ul&gt;&lt;li&gt;For ten years&lt;/li&gt;&lt;/ul&gt;</content:encoded>")
).replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')  # fmt: skip


def test_an_entry_with_its_full_text_needs_no_request():
    """Many pages are walled where the feed is open; what the feed says is read."""
    read_ = items_of(FULL, follow=False)

    (document,) = read_.documents
    assert document.text == "Borduria signs\nThey signed.\nFor ten years"
    assert (document.item_key, document.url) == (read_.items[0].key, "https://mfa.example/1")


def test_an_entry_that_is_followed_has_no_document_yet():
    """The page says more than the feed; two documents of one announcement would be two quotations."""
    assert items_of(FULL, follow=True).documents == ()


def test_an_entry_without_address_is_its_own_document():
    """Nothing else could be read of it."""
    read_ = items_of(rss("<title>Borduria signs</title><description>They signed.</description>"))

    assert read_.documents[0].text == "Borduria signs\nThey signed."


UKRAINIAN = (
    '<rss version="2.0"><channel><title>Новини</title><item><title>Підписано Угоду про співробітництво'
    "</title><link>https://mfa.example/1</link><description>Її ґрунтовні положення діятимуть десять років; "
    "є й інші, про які сторони домовилися раніше.</description></item></channel></rss>"
)


@pytest.mark.parametrize("in_header", [False, True], ids=["no-header", "header"])
@pytest.mark.parametrize("declared", [False, True], ids=["no-declaration", "declaration"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-u"])
def test_the_encoding_makes_no_difference(encoding, declared, in_header):
    """A site that changes its encoding has published nothing new (P6)."""
    text = (f'<?xml version="1.0" encoding="{encoding}"?>' if declared else "") + UKRAINIAN
    job = make_job(
        text.encode(encoding), content_type=f"text/xml; charset={encoding}" if in_header else None, lang="uk"
    )

    assert read(job).items == items_of(UKRAINIAN, lang="uk").items


def test_broken_xml_is_recovered_and_marked():
    """Some governments never serve well-formed XML; their items count."""
    read_ = items_of(rss(entry("Borduria & Syldavia <br> sign")))

    assert len(read_.items) == 1
    assert "ill-formed" in read_.flags


def test_a_feed_cut_short_is_marked():
    """Half a feed looks like a feed that lost half its items."""
    whole = rss(*(entry(f"Statement {n}", f"https://mfa.example/{n}") for n in range(10)))

    assert "unclosed" in items_of(whole[: len(whole) // 2]).flags
    assert "unclosed" not in items_of(whole + "<!-- cached in 0.1 s -->").flags


def test_an_endless_feed_is_cut_with_a_mark():
    """A server that invents entries for ever must not fill the database."""
    read_ = items_of(rss(*(entry(f"S {n}", f"https://mfa.example/{n}") for n in range(MOST_ITEMS + 5))))

    assert len(read_.items) == MOST_ITEMS
    assert read_.flags == ("items-capped",)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<!DOCTYPE html><html><body>Technical difficulties</body></html>", id="page"),
        pytest.param('{"items": []}', id="json"),
        pytest.param("", id="nothing"),
        pytest.param("<opml><body/></opml>", id="other-xml"),
    ],
)
def test_what_is_no_feed_is_refused(body):
    """A block page must never read as a feed without items."""
    with pytest.raises(ExtractError, match="no RSS or Atom feed"):
        read(make_job(body))


def test_a_feed_without_items_is_a_feed():
    """Whether it may be empty is for health to judge."""
    assert items_of(rss()).items == ()


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ' <!ENTITY file SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("reference", ["&i;", "&file;"])
def test_entities_expand_to_nothing_dangerous(reference):
    """A kilobyte must not become a gigabyte, nor a feed read a file of ours (P3)."""
    read_ = items_of(BOMB + rss(entry(more=f"<description>x {reference} y</description>")))

    assert all(len(item.summary) < 1_000 and "root:" not in item.summary for item in read_.items)


_WATCHED = []
_OPENED = []


def _hook(event, arguments):
    if _WATCHED and event in {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request"}:
        _OPENED.append((event, arguments[0]))


@pytest.mark.parametrize("body", ["https://canary.example/feed", "/etc/passwd", "file:///etc/passwd"])
def test_a_body_is_never_taken_for_an_address(body):
    """feedparser fetches a string that looks like an address and opens one that is a path (P2)."""
    items_of(rss(entry()))  # imports open files of their own
    sys.addaudithook(_hook)
    _WATCHED.append(True)
    try:
        with pytest.raises(ExtractError):
            read(make_job(body))
    finally:
        _WATCHED.clear()

    assert _OPENED == []


@pytest.mark.parametrize("reference", ["&#x110000;", "&#55296;", "&#xD800;", f"&#{'9' * 500};"])
def test_an_impossible_character_costs_no_feed(reference):
    """One title with a broken character must not hide the other entries."""
    read_ = items_of(rss(entry(f"Borduria <br> {reference} signs"), entry("Two", "https://mfa.example/2")))

    assert [item.title for item in read_.items] == ["Borduria \ufffd signs", "Two"]
