"""Read a page as a document."""

import re
import warnings
from dataclasses import replace

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Tag

from monitor.errors import ExtractError
from monitor.model import DocumentRead, ReadJob
from monitor.reading.blocks import passages_of
from monitor.reading.charset import decode
from monitor.reading.documents import Content, address_of, build_document, is_saved, key_of
from monitor.reading.furniture import furniture_in, main_regions
from monitor.reading.languages import choose_language
from monitor.reading.links import web_link
from monitor.reading.metadata import page_address, page_language, page_title, published_day
from monitor.reading.outline import Outline

_MOST_BYTES = 4_000_000
_MOST_LINKS = 2_000
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
    page = Outline(parse_html(text))
    regions = main_regions(page, job.source.main, job.source.id)
    lang = page_language(page)
    told_in = choose_language(job.source.lang, lang, regions.tags[0].get_text(" ")[:4_000])
    published = published_day(page, regions.tags, job.source.timezone, told_in)
    return Content(
        title=page_title(page, regions.tags) or (job.item.title if job.item else ""),
        passages=tuple(
            passage
            for region in regions.tags
            for passage in passages_of(region, without=furniture_in(page, region))
        ),
        url=(page_address(page) or url) if is_saved(job.exchange) else url,
        lang=lang,
        published=published or (job.item.published if job.item else None),
        attachments=_attachments(page, regions.tags, job.exchange.final_url or job.exchange.url),
        flags=("main-selector-missed",) if regions.missed else (),
    )


def _attachments(page: Outline, regions: tuple[Tag, ...], address: str) -> tuple[str, ...]:
    """The PDFs that the main part links to, in the page's order."""
    given = page.first("base")
    base = (web_link(str(given.get("href", "")), address) if given else None) or address
    found: dict[str, None] = {}
    for link in [link for region in regions for link in page.named("a", within=region)][:_MOST_LINKS]:
        href = str(link.get("href", ""))
        if (_PDF_PATH.search(href) or _says_pdf(link)) and (target := web_link(href, base)):
            found[target] = None
    return tuple(found)


def _says_pdf(link: Tag) -> bool:
    return link.get("type") == "application/pdf" or _PDF_WORD.search(link.get_text()) is not None
