"""Read a page as a document."""

import re
import warnings
from dataclasses import replace

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from monitor.errors import ExtractError
from monitor.language import normalise
from monitor.model import DocumentRead, ReadJob
from monitor.reading.blocks import passages_of
from monitor.reading.charset import decode
from monitor.reading.documents import Content, address_of, build_document, is_saved, key_of
from monitor.reading.furniture import main_regions, prune
from monitor.reading.languages import choose_language
from monitor.reading.links import web_link
from monitor.reading.metadata import page_address, page_language, page_title, published_day

_MOST_BYTES = 4_000_000
_PDF_PATH = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)
_PDF_WORD = re.compile(r"\bPDF\b")
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def read_page(job: ReadJob) -> DocumentRead:
    """Return the page as a document: its own text without the site's furniture.

    Raises:
        ExtractError: it is larger than 4 MB, or holds no text (a script would fill it).
    """
    if len(job.body) > _MOST_BYTES:
        raise ExtractError(job.source.id, f"a page of {len(job.body):,} bytes is refused: the limit is 4 MB")
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    content = html_content(job, decoded.text, url=address_of(job))
    if decoded.guessed:
        content = replace(content, flags=(*content.flags, "charset-guessed"))
    return DocumentRead(build_document(job, content, item_key=key_of(job)))


def parse_html(text: str) -> BeautifulSoup:
    """Return ``text`` parsed by lxml: html.parser takes minutes for 120 KB of ``<a``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(_NOT_TEXT.sub("\ufffd", text), "lxml")


def html_content(job: ReadJob, text: str, *, url: str) -> Content:
    """Return what HTML holds, such as a page or a message's body; ``url`` where it does not say itself.

    Raises:
        ExtractError: the source's selector cannot be used.
    """
    soup = parse_html(text)
    regions = main_regions(soup, job.source.main, job.source.id)
    base = _base(soup, job.exchange.final_url or job.exchange.url)
    title = page_title(soup, regions.tags)
    lang = page_language(soup)
    told_in = choose_language(job.source.lang, lang, soup.get_text(" ")[:4_000])
    published = published_day(soup, regions.tags, job.source.timezone, told_in)
    attachments = _attachments(regions.tags, base)
    for region in regions.tags:
        prune(region)
    return Content(
        title=title or (job.item.title if job.item else ""),
        passages=passages_of(regions.tags),
        url=(page_address(soup) or url) if is_saved(job.exchange) else url,
        lang=lang,
        published=published or (job.item.published if job.item else None),
        attachments=attachments,
        flags=("main-selector-missed",) if regions.missed else (),
    )


def _base(soup: BeautifulSoup, address: str) -> str:
    tag = soup.find("base", href=True)
    return (web_link(str(tag["href"]), address) if tag else None) or address


def _attachments(regions: tuple[Tag, ...], base: str) -> tuple[str, ...]:
    """The PDFs that the main part links to, in the page's order."""
    found: dict[str, None] = {}
    for region in regions:
        for link in region.find_all("a", href=True, limit=2_000):
            address = web_link(str(link["href"]), base)
            if address and (_PDF_PATH.search(address) or _says_pdf(link)):
                found[address] = None
    return tuple(found)


def _says_pdf(link: Tag) -> bool:
    return link.get("type") == "application/pdf" or _PDF_WORD.search(normalise(link.get_text())) is not None
