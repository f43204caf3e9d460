"""Pages become documents: their own words, without the site's."""

import time
from contextlib import suppress

import pytest

from monitor.errors import ExtractError
from monitor.model import Attachment, Document, DocumentRead, PassageKind
from monitor.reading import read
from tests.reading.jobs import make_item, make_job

CHROME = (
    "<header><nav><a href=/>Home</a></nav></header><div class='cookie-banner'>We use cookies</div>{}"
    "<aside>Related news</aside><div class='share'>Share this</div><footer>Imprint</footer>"
)
RELEASE = (
    "<h1>Ruritania and Borduria sign</h1>"
    "<p>They signed an agreement in Strelsau.</p><p>It runs for ten years.</p>"
)


def document_of(
    html: str | bytes, *, content_type: str | None = None, url: str = "", **source: object
) -> Document:
    """Return the document that a page of the ministry holds."""
    item = make_item(url or "https://mfa.example/news/1")
    job = make_job(html, url=item.url or "", content_type=content_type, item=item, **source)
    result = read(job)
    assert isinstance(result, DocumentRead)
    return result.document


def in_body(inner: str, head: str = "", lang: str = "en") -> str:
    """Return a whole page."""
    head = f"<head><title>T | Ministry</title>{head}</head>"
    return f"<!DOCTYPE html><html lang='{lang}'>{head}<body>{inner}</body></html>"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(CHROME.format(f"<main>{RELEASE}</main>"), id="main"),
        pytest.param(CHROME.format(f"<div role=main>{RELEASE}</div>"), id="role-main"),
        pytest.param(CHROME.format(f"<article>{RELEASE}</article><article>Teaser</article>"), id="article"),
        pytest.param(CHROME.format(f"<div>{RELEASE}</div>"), id="nothing-marked"),
        pytest.param(CHROME.format(f"<main></main><div>{RELEASE}</div>"), id="empty-main"),
        pytest.param(CHROME.format(f"<form id=aspnet>{RELEASE}</form>"), id="page-in-a-form"),
        pytest.param(f"<main>{CHROME.format(RELEASE)}</main>", id="furniture-within-main"),
        pytest.param(CHROME.format(f"<table><tr><td>{RELEASE}</td></tr></table>"), id="layout-by-table"),
    ],
)
def test_the_sites_furniture_is_left_out(html):
    """A menu that changes is no new version, and a teaser's words are not this page's."""
    assert document_of(in_body(html)).text == (
        "Ruritania and Borduria sign\nThey signed an agreement in Strelsau.\nIt runs for ten years."
    )


def test_the_sources_selector_comes_first():
    """Sites whose main part holds more than the text name the element in sources.yaml."""
    html = in_body(f"<main><div>Latest tweets</div><div class=story>{RELEASE}</div></main>")

    assert "tweets" not in document_of(html, main=".story").text


def test_a_selector_that_matches_nothing_is_marked_and_the_page_still_read():
    """Peers fall silent when a redesign kills the selector, while real news appears."""
    document = document_of(in_body(f"<main>{RELEASE}</main>"), main=".gone")

    assert "They signed an agreement" in document.text
    assert document.flags == ("main-selector-missed",)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "<h2>Part</h2><p>One <b>bold</b> word</p>",
            ["heading Part", "paragraph One bold word"],
            id="blocks",
        ),
        pytest.param(
            "<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>",
            ["item one", "item inner", "item two"],
            id="lists",
        ),
        pytest.param(
            "<table><tr><th>Side</th><th>Signed</th></tr><tr><td>Borduria</td><td>16 May</td></tr></table>",
            ["cell Side | Signed", "cell Borduria | 16 May"],
            id="table-rows",
        ),
        pytest.param(
            "<dl><dt>Signed</dt><dd>16 May</dd><dt>Place:</dt><dd>Strelsau</dd></dl>",
            ["item Signed: 16 May", "item Place: Strelsau"],
            id="terms",
        ),
        pytest.param(
            "<div>First.<br>Second,<br>still second<br><br>Third</div>",
            ["paragraph First.", "paragraph Second, still second", "paragraph Third"],
            id="line-breaks",
        ),
        pytest.param(
            "<p>Both signed it.<sup>12</sup> The 1<sup>st</sup> of March</p>",
            ["paragraph Both signed it.[12] The 1st of March"],
            id="footnote-marks",
        ),
        pytest.param(
            "<p>Shown<span hidden>not</span><span style='display: none'>nor</span><!-- nor --></p>",
            ["paragraph Shown"],
            id="hidden-text",
        ),
        pytest.param("<p>令和<ruby>六<rt>ろく</rt></ruby>年</p>", ["paragraph 令和六年"], id="ruby"),
        pytest.param(
            "<p>one</p>two<p>three", ["paragraph one", "paragraph two", "paragraph three"], id="loose-text"
        ),
    ],
)
def test_blocks_become_passages(html, expected):
    """A quotation is a block: cut too small it loses its subject, too large its sense."""
    passages = document_of(
        in_body(f"<main><h1>T</h1>{html}<p>Twenty-five characters of text.</p></main>")
    ).passages

    assert [f"{passage.kind} {passage.text}" for passage in passages[1:-1]] == expected


def test_the_text_is_the_passages_line_by_line():
    """Findings quote ``document.text[start:end]``, so no passage may hold a line break."""
    document = document_of(in_body("<main><h1>A\nB</h1><pre>one\ntwo\n\nthree</pre><p>x\u2028y</p></main>"))

    assert document.text == "A B\none two\nthree\nx y"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        pytest.param("<h1>They sign</h1>", "They sign", id="heading-of-main"),
        pytest.param("", "T | Ministry", id="title-element-over-the-sites-name"),
    ],
)
def test_the_title_is_the_pages_own(heading, title):
    """The site's name as first heading is on every page."""
    html = f"<h1>Ministry</h1><main>{heading}<p>They signed an agreement.</p></main>"

    assert document_of(in_body(html)).title == title


@pytest.mark.parametrize(
    ("head", "inner"),
    [
        pytest.param(
            "<script type=application/ld+json>"
            '{"@graph": [{"datePublished": "2031-02-16T23:30+02:00"}]}</script>',
            "",
            id="json-ld",
        ),
        pytest.param(
            "<meta property='article:published_time' content='2031-02-16T10:00:00Z'>", "", id="open-graph"
        ),
        pytest.param("<meta name='DCTERMS.issued' content='2031-02-16'>", "", id="dublin-core"),
        pytest.param("", "<time datetime='2031-02-16T10:00'>16 February</time>", id="time-element"),
        pytest.param("", "<dl><dt>Published:</dt><dd>16 February 2031</dd></dl>", id="terms"),
        pytest.param("", "<p class='date'>16 лютого 2031 року - 23:23</p>", id="date-line-in-words"),
        pytest.param(
            "<script type=application/ld+json>{broken</script><meta name=date content=2031-02-16>",
            "",
            id="broken-json-ld",
        ),
    ],
)
def test_the_day_of_publication_is_found(head, inner):
    """ "Today" in a release means the day on which it was published."""
    document = document_of(in_body(f"<main>{inner}{RELEASE}</main>", head, lang="uk"), lang="uk")

    assert document.published is not None
    assert document.published.iso == "2031-02-16"


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("<p>Last updated: 3 March 2031</p>", id="last-updated"),
        pytest.param("<dl><dt>Updated</dt><dd>3 March 2031</dd></dl>", id="updated-term"),
        pytest.param(
            "<time datetime='2031-01-01'></time><time datetime='2031-03-03'></time>", id="several-times"
        ),
    ],
)
def test_a_day_of_change_is_not_taken_for_it(inner):
    """A statement of last year that was touched today is not of today."""
    assert document_of(in_body(f"<main>{inner}{RELEASE}</main>")).published is None


@pytest.mark.parametrize(
    ("declared", "on_page", "text", "lang"),
    [
        pytest.param("en", "uk", "Сторони підписали угоду про співробітництво", "uk", id="page-knows-better"),
        pytest.param(
            "uk", "en", "Сторони підписали угоду про співробітництво", "uk", id="template-says-english"
        ),
        pytest.param("en", "fr-CA", "Les parties ont signé un accord de coopération", "fr", id="french-page"),
        pytest.param("de", "", "Die Parteien haben das Abkommen unterzeichnet", "de", id="page-says-nothing"),
        pytest.param(
            "uk", "en-GB", "The parties signed an agreement on cooperation", "en", id="english-page"
        ),
    ],
)
def test_the_language_is_the_texts(declared, on_page, text, lang):
    """Words of one language are not found by another's rules."""
    html = in_body(f"<main><h1>{text}</h1><p>{text}.</p></main>", lang=on_page)

    assert document_of(html, lang=declared).lang == lang


def test_linked_pdfs_are_attachments():
    """The agreement's own text is often a PDF beside the release, or a page of its own."""
    html = in_body(
        f"<nav><a href=/menu.pdf>x</a></nav><main>{RELEASE}<a href='/files/text.pdf?v=2'>Text</a>"
        "<a href='/download/7'>Agreement (PDF, 200 KB)</a><a href='javascript:x.pdf'>x</a>"
        "<a href=/news>News</a><a href=/text>Угода про співробітництво</a>"
        "<div class=related><a href=/old>An agreement of last year</a></div></main>"
    )

    assert document_of(html).attachments == (
        Attachment("https://mfa.example/files/text.pdf?v=2", "Text"),
        Attachment("https://mfa.example/download/7", "Agreement (PDF, 200 KB)"),
        Attachment("https://mfa.example/text", "Угода про співробітництво"),
    )


PAGE = in_body(
    "<main><h1>Підписано Угоду</h1><p>Уряд Руританії та Уряд Бордурії підписали Угоду про співробітництво "
    "у сфері безпеки. Її ґрунтовні положення діятимуть десять років; є й інші, давніші.</p></main>",
    head="{meta}",
    lang="uk",
)


@pytest.mark.parametrize("in_header", [False, True], ids=["no-header", "header"])
@pytest.mark.parametrize("declared", [False, True], ids=["no-meta", "meta"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-u"])
def test_the_encoding_makes_no_difference(encoding, declared, in_header):
    """P6: the same page in another encoding is the same document."""
    html = PAGE.replace("{meta}", f"<meta charset={encoding}>" if declared else "")
    header = f"text/html; charset={encoding}" if in_header else None

    document = document_of(html.encode(encoding), content_type=header, lang="uk")

    assert document.id == document_of(PAGE.replace("{meta}", ""), lang="uk").id


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("", id="empty"),
        pytest.param("<div id=root></div><script>load()</script>", id="script-shell"),
        pytest.param("<main><h1>Only a heading</h1></main>", id="heading-alone"),
        pytest.param("<nav>Menu</nav>", id="furniture-alone"),
    ],
)
def test_a_page_without_text_is_refused(inner):
    """An empty document would read as "looked, and nothing there"."""
    with pytest.raises(ExtractError, match="no text that could be read"):
        document_of(in_body(inner))


def test_a_page_above_four_megabytes_is_refused():
    """Said so, instead of cutting in the middle of a sentence."""
    with pytest.raises(ExtractError, match="4 MB"):
        document_of(b"<html><p>" + b"x" * 4_000_001)


def test_a_long_text_is_cut_with_a_mark():
    """A reader must see that a text goes on."""
    document = document_of(in_body("<main><h1>T</h1><p>" + "word " * 300_000 + "</p></main>"))

    assert len(document.text) < 1_100_000
    assert "[… cut at" in document.passages[-1].text


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<a " * 40_000, id="unclosed-anchors"),
        pytest.param("<!" * 40_000, id="declarations"),
        pytest.param("<div>" * 20_000 + RELEASE, id="nested-blocks"),
        pytest.param("<nav>" * 5_000 + RELEASE, id="nested-furniture"),
        pytest.param("<table><tr><td>" * 2_000 + RELEASE, id="nested-tables"),
        pytest.param(RELEASE + "<p>&#xD800;\x00\ud800</p>", id="surrogates"),
    ],
)
def test_hostile_markup_ends_soon(html):
    """html.parser takes minutes for 120 KB of ``<a``; recursion ends at a thousand."""
    began = time.process_time()
    with suppress(ExtractError):
        document_of(html.encode("utf-8", "surrogatepass"))

    assert time.process_time() - began < 5


def test_a_saved_page_gives_its_own_address():
    """A file that a person brings is quoted under the address that it was saved from."""
    html = in_body(f"<main>{RELEASE}</main>", "<link rel=canonical href=https://mfa.example/news/7>")

    document = document_of(html, url="page.html")

    assert (document.url, document.title) == ("https://mfa.example/news/7", "Ruritania and Borduria sign")


def test_the_document_knows_where_it_comes_from():
    """A finding's word rests on who published it, and its evidence on the stored bytes."""
    document = document_of(in_body(f"<main>{RELEASE}</main>"), voice="RR", publisher="Ministry of Ruritania")

    assert (document.publisher, document.voice, document.official) == ("Ministry of Ruritania", "RR", True)
    assert (document.item_key, document.body_sha256) == ("id:1", "0" * 64)
    assert document.passages[0].kind is PassageKind.TITLE
