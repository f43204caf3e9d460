"""The front door: which reader gets what, and that nothing but ExtractError comes out."""

import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ExtractError
from monitor.model import DocumentRead, ItemsRead, SourceKind
from monitor.reading import parsers_for, preload, read
from tests.reading.jobs import make_item, make_job
from tests.reading.pdfs import make_pdf

PAGE = "<!DOCTYPE html><html><body><h1>They sign</h1><p>Ruritania and Borduria signed.</p></body></html>"
TEXT = "They sign\nRuritania and Borduria signed."
MAIL = (
    b"From: press@mfa.example\r\nSubject: =?utf-8?b?0KPQs9C+0LTQsA==?=\r\n"
    b"Date: Sun, 16 Feb 2031 23:30:00 +0200\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n"
    + "Сторони підписали угоду.\r\n\r\nНа десять років.".encode("cp1251")
)
HTML_MAIL = (
    b"From: a@mfa.example\r\nSubject: They sign\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Ruritania and Borduria signed.</p>\r\n--x--\r\n"
)
SAVED = [
    pytest.param("page.html", PAGE.encode(), TEXT, id="page"),
    pytest.param("note.txt", b"They sign\n\nRuritania and\nBorduria signed.", TEXT, id="text"),
    pytest.param("mail.eml", MAIL, "Угода\nСторони підписали угоду.\nНа десять років.", id="mail"),
    pytest.param("mail.eml", HTML_MAIL, TEXT, id="html-mail"),
    pytest.param("a.pdf", make_pdf(["Ruritania and Borduria signed."], title="They sign"), TEXT, id="pdf"),
]


@pytest.mark.parametrize("with_item", [False, True], ids=["alone", "as-item"])
@pytest.mark.parametrize(("name", "body", "text"), SAVED)
def test_a_saved_file_is_read_as_a_document(name, body, text, with_item):
    """Where machines are refused, a person saves the page and brings it."""
    result = read(make_job(body, url=name, item=make_item(name, name) if with_item else None))

    assert isinstance(result, DocumentRead)
    assert result.document.text == text


def test_a_mails_day_is_the_senders():
    """The day on which the ministry wrote it."""
    result = read(make_job(MAIL, url="mail.eml"))

    assert isinstance(result, DocumentRead)
    assert result.document.published is not None
    assert result.document.published.iso == "2031-02-16"


def test_a_saved_feed_or_register_is_read_as_one():
    """A feed that a person saved has items like the one that is polled."""
    feed = read(make_job("<rss><channel><item><title>x</title></item></channel></rss>", url="feed.xml"))
    register = read(
        make_job(b'[{"id": 1, "t": "x"}]', SourceKind.REGISTER, url="r.json", fields=(("title", "t"),))
    )

    assert isinstance(feed, ItemsRead)
    assert isinstance(register, ItemsRead)


def test_a_page_brought_for_a_register_is_refused():
    """A register's rows are its documents; a saved error page must not be ingested as one."""
    with pytest.raises(ExtractError, match="expected JSON, got an HTML page"):
        read(make_job(PAGE, SourceKind.REGISTER, url="register.html", fields=(("title", "t"),)))


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param(b"PK\x03\x04\x00\x00docx", "a file that is not text", id="office-file"),
        pytest.param(b'{"title": "x"}', "JSON", id="json"),
        pytest.param(b"<rss><channel></channel></rss>", "a feed", id="feed"),
    ],
)
def test_what_is_not_read_as_a_document_is_said(body, what):
    """The message says what came, so that a person can bring the right file."""
    with pytest.raises(ExtractError, match=what):
        read(make_job(body, item=make_item()))


_BITS = st.sampled_from(
    [
        "<rss><channel>", "<item>", "<title>", "</title>", "<link>", "http://[", "]]>", "<![CDATA[", "&",
        "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<pubDate>", "Thu, 99 Feb 0000 25:61",
        "&#x110000;", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "<html>", "<main>", "<table><tr><td>", "<dl><dt>",
        "<h1>", "<script type='application/ld+json'>", "{", "[", '"@graph":', "</script>", "<nav>", "--",
        "<time datetime=", "<base href=//[>", "<a href='", "%PDF-1.7", "1 0 obj", "<meta charset=", "utf-7",
        "<svg>", "2031-13-45", "\x00", "\ufffe", "\n",
    ]
)  # fmt: skip
_BODIES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(st.one_of(_BITS, st.text(max_size=10)), max_size=30).map(
        lambda bits: "".join(bits).encode("utf-8", "replace")
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    _BODIES,
    st.sampled_from(SourceKind),
    st.booleans(),
    st.sampled_from([None, "text/html; charset=\x00", "application/xml; charset=utf-16", "text/plain"]),
)
def test_no_body_raises_anything_but_a_refusal(body, kind, is_document, content_type):
    """One hostile page must never end a run: parsers raise whatever they like, the front door does not."""
    item = make_item() if is_document else None

    with suppress(ExtractError):
        read(make_job(body, kind, item=item, content_type=content_type, fields=(("title", "t"),)))


def test_every_kind_of_source_names_its_parser():
    """A process that begins without it would load it for each worker anew."""
    sources = [make_job("", kind, follow=False).source for kind in SourceKind]

    preload(parsers_for(sources))

    assert len(parsers_for(sources)) == len(SourceKind)
    assert "page" in parsers_for([make_job("").source])
    assert parsers_for([make_job("", enabled=False).source]) == ()


def test_reading_is_cheap_to_import():
    """The main process knows the front door and must not pay for parsers that run in a child."""
    heavy = "{'bs4', 'lxml', 'feedparser', 'pypdfium2', 'charset_normalizer', 'jmespath'}"
    code = f"import sys, monitor.reading; print(sorted({heavy} & set(sys.modules)))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"
