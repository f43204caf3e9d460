"""Read a page as a document."""

from dataclasses import replace

from monitor.errors import ExtractError
from monitor.model import DocumentRead, ReadJob
from monitor.reading.blocks import passages_of
from monitor.reading.charset import decode
from monitor.reading.documents import Content, address_of, build_document, is_saved, key_of
from monitor.reading.furniture import furniture_in, main_regions
from monitor.reading.languages import choose_language
from monitor.reading.metadata import page_address, page_language, page_title, published_day
from monitor.reading.outline import Outline
from monitor.reading.papers import papers_on
from monitor.reading.parsing import parse_html

_MOST_BYTES = 4_000_000


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


def html_content(job: ReadJob, text: str, *, url: str) -> Content:
    """Return what HTML holds, such as a page or a message's body; ``url`` where it does not say itself.

    Raises:
        ExtractError: the source's selector cannot be used.
    """
    page = Outline(parse_html(text))
    regions = main_regions(page, job.source.main, job.source.id)
    lang = page_language(page)
    told_in = choose_language(job.source.lang, lang, regions.tags[0].get_text(" ")[:4_000])
    parts = tuple((region, furniture_in(page, region)) for region in regions.tags)
    published = published_day(page, regions.tags, job.source.timezone, told_in)
    return Content(
        title=page_title(page, regions.tags) or (job.item.title if job.item else ""),
        passages=tuple(
            passage for region, furniture in parts for passage in passages_of(region, without=furniture)
        ),
        url=(page_address(page) or url) if is_saved(job.exchange) else url,
        lang=lang,
        published=published or (job.item.published if job.item else None),
        attachments=papers_on(page, parts, job.exchange.final_url or job.exchange.url),
        flags=("main-selector-missed",) if regions.missed else (),
    )
