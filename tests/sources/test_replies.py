"""Every shipped entry that is polled reads a reply of its documented shape, and its documents too.

The replies are invented. A feed needs no file of its own: what differs between feeds is their format.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monitor.files import load_yaml
from monitor.model import Exchange, Reach, ReadJob, SourceKind, Transport
from monitor.reading import read
from monitor.sources import document_request, first_request, parse_sources

ROOT = Path(__file__).parents[2]
REPLIES = Path(__file__).parent / "replies"
NOW = datetime(2031, 2, 17, 9, 30, tzinfo=UTC)
DAY = "2031-02-16"
TYPES = {".json": "application/json", ".html": "text/html; charset=utf-8", ".xml": "application/xml"}
SITE = "https://publisher.example/news/agreement"

RSS = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>
<item><title>The agreement was signed</title><link>{SITE}</link><guid>9001</guid>
<pubDate>Sun, 16 Feb 2031 12:30:00 GMT</pubDate><description>It was signed in Strelsau.</description>
<content:encoded><![CDATA[<p>It was signed in Strelsau by both ministers.</p>]]></content:encoded>
</item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:news</id>
<updated>2031-02-16T12:30:00Z</updated><entry><id>urn:9001</id><title>The agreement was signed</title>
<link rel="alternate" href="{SITE}"/><published>2031-02-16T12:30:00Z</published>
<updated>2031-02-16T12:30:00Z</updated><summary>It was signed in Strelsau.</summary></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{SITE}"><title>News</title></channel>
<item rdf:about="{SITE}"><title>The agreement was signed</title><link>{SITE}</link>
<dc:date>2031-02-16T21:30:00+09:00</dc:date></item></rdf:RDF>"""
MALFORMED = RSS.replace("in Strelsau.<", "in Strelsau & Klow.<")
FORMATS = {
    "ca-global-affairs": ATOM,
    "ca-national-defence": ATOM,
    "gb-fcdo": ATOM,
    "gb-govuk-ukraine-news": ATOM,
    "gb-govuk-ukraine-papers": ATOM,
    "gb-mod": ATOM,
    "gb-number10": ATOM,
    "jp-kantei": RDF,
    "jp-kantei-ja": RDF,
    "ro-government": MALFORMED,
    "ru-president": ATOM,
}
UNDATED = {"al-prime-minister", "de-auswaertiges-amt-en", "lv-president"}  # days come with the pages


def _shipped():
    file = load_yaml(ROOT / "sources.yaml")
    return parse_sources(file.data, file.line_of, file.file)


SHIPPED = _shipped()
ASKED = [each for each in SHIPPED if each.reach is not Reach.MANUAL and each.kind is not SourceKind.REGISTER]
WITH_DOCUMENTS = [each for each in ASKED if each.document and each.kind is not SourceKind.PAGE]


def _reply(source):
    """A reply of the source's shape, with its media type."""
    found = [path for path in REPLIES.glob(f"{source.id}.*") if ".document" not in path.name]
    if not found and source.kind is SourceKind.FEED:
        return FORMATS.get(source.id, RSS).encode(), "application/xml"
    assert found, f"{source.id} has no example reply in {REPLIES.name}/"
    return found[0].read_bytes(), TYPES[found[0].suffix]


def _read(source, request, body, media, item=None):
    exchange = Exchange(
        source.id,
        NOW,
        0,
        source.method,
        request.url,
        NOW,
        0.1,
        Transport.ANSWERED,
        status=200,
        headers=(("content-type", media),),
        final_url=request.url,
    )
    return read(ReadJob(source, exchange, body, item))


def _items(source):
    request = first_request(source, None, NOW.date())
    return _read(source, request, *_reply(source))


@pytest.mark.parametrize("source", ASKED, ids=lambda source: source.id)
def test_an_entry_reads_a_reply_of_its_shape(source):
    """An item comes with title, address and day, and every expression and selector finds what it is for."""
    found = _items(source)
    first = found.items[0]

    assert found.flags == (("ill-formed",) if FORMATS.get(source.id) is MALFORMED else ())
    assert first.url is not None
    assert first.url.startswith("https://")
    assert first.title or source.kind is SourceKind.SITEMAP
    assert source.id in UNDATED or first.published.first == date.fromisoformat(DAY)


@pytest.mark.parametrize("source", [each for each in ASKED if not each.follow], ids=lambda source: source.id)
def test_what_is_not_followed_is_read_where_it_is_listed(source):
    """A release whose page is walled counts by what the list says; a bare title is an item all the same."""
    found = _items(source)
    says_more = source.kind is SourceKind.FEED or source.field("text") is not None

    assert [document.item_key for document in found.documents] == [found.items[0].key] * says_more


@pytest.mark.parametrize("source", WITH_DOCUMENTS, ids=lambda source: source.id)
def test_documents_that_are_json_are_read(source):
    """A page that scripts build has its text at an address of its own."""
    item = _items(source).items[0]
    request = document_request(source, item)
    body = (REPLIES / f"{source.id}.document.json").read_bytes()

    document = _read(source, request, body, "application/json", item).document

    assert request.url != item.url
    assert document.title
    assert document.passages
    assert document.published.first == date.fromisoformat(DAY)


@pytest.mark.parametrize(
    ("source_id", "asked", "page"),
    [
        pytest.param(
            "gb-govuk-treaties",
            "https://www.gov.uk/api/content/government/publications/ruritaniaborduria-agreement-on-railways",
            "https://www.gov.uk/government/publications/ruritaniaborduria-agreement-on-railways",
            id="content-interface",
        ),
        pytest.param(
            "gb-written-statements",
            "https://questions-statements-api.parliament.uk/api/writtenstatements/statements/90001",
            "https://questions-statements.parliament.uk/written-statements/detail/2031-02-16/HCWS901",
            id="written-statements",
        ),
        pytest.param(
            "eu-commission-press",
            "https://ec.europa.eu/commission/presscorner/api/documents?language=en&reference=IP/31/901",
            "https://ec.europa.eu/commission/presscorner/detail/en/IP_31_901",
            id="press-corner",
        ),
        pytest.param(
            "nato-news",
            "https://www.nato.int/content/nato/en/news-and-events/articles/news/2031/02/16/meeting.model.json",
            "https://www.nato.int/en/news-and-events/articles/news/2031/02/16/meeting",
            id="nato",
        ),
    ],
)
def test_a_document_is_asked_where_it_stands(source_id, asked, page):
    """A reader is led to the page for people, the monitor to what that page is built from."""
    source = SHIPPED.get(source_id)
    item = _items(source).items[0]

    assert (document_request(source, item).url, item.url) == (asked, page)


def test_a_watched_agreement_comes_with_its_papers():
    """The page holds a summary; the agreement is a PDF beside it, on the site for files."""
    source = SHIPPED.get("gb-uk-ukraine-agreement")
    (document,) = _items(source).documents

    assert [paper.url for paper in document.attachments] == [
        "https://assets.publishing.service.gov.uk/media/9001/railways.pdf"
    ]
    assert "assets.publishing.service.gov.uk" in source.hosts


@pytest.mark.parametrize(
    ("source_id", "address"),
    [
        pytest.param("eu-commission-press", "datefrom=10022031&dateto=17022031", id="press-corner"),
        pytest.param("gb-written-statements", "madeWhenFrom=2031-01-18", id="written-statements"),
        pytest.param(
            "ua-president-news", "date-from=10-02-2031&date-to=17-02-2031", id="president-of-ukraine"
        ),
    ],
)
def test_days_stand_in_addresses_as_the_sites_write_them(source_id, address):
    """Each site has a form of its own."""
    assert address in first_request(SHIPPED.get(source_id), None, NOW.date()).url
