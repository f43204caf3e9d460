"""Read a watched page: the page itself is the only item, and another text is another version of it."""

import re
from dataclasses import replace

from monitor.errors import ExtractError
from monitor.model import Document, DocumentRead, Item, ItemsRead, ReadJob
from monitor.reading.identity import version_of
from monitor.reading.json_document import read_json_document
from monitor.reading.links import canonical
from monitor.reading.media import Media, media_of
from monitor.reading.page import read_page
from monitor.reading.pdf import read_pdf
from monitor.reading.plain import read_plain

_READERS = {
    Media.HTML: read_page,
    Media.XML: read_page,
    Media.PDF: read_pdf,
    Media.TEXT: read_plain,
    Media.JSON: read_json_document,
}
_FIRST_PASSAGES = 8  # a notice of withdrawal stands above the text
_NOTICE_CHARACTERS = 600
_WITHDRAWN = re.compile(
    r"\b(?:was|has been|is) (?:withdrawn|archived|superseded|retracted|cancelled)\b|\bwithdrawn on\b"
    r"|no longer (?:current|valid|in force|updated)|wurde (?:zurückgezogen|aufgehoben)|nicht mehr aktuell"
    r"|a été (?:retiré|abrogé|remplacé)|n'est plus (?:à jour|en vigueur)|è stat[oa] (?:ritirat|sostituit)[oa]"
    r"|ha sido (?:retirad|sustituid)[oa]|został[ao]? (?:wycofan|uchylon)[yae]"
    r"|(?:втратив|втратила|втратило) чинність|утратил[аои]? силу|取り下げ|撤回",
    re.IGNORECASE,
)


def read_watched(job: ReadJob) -> ItemsRead:
    """Return the page as an item with its document; its version is that of its words and papers.

    Flags: those of the document; ``selector-missed:main`` where the source's selector matches nothing,
    so that a rebuilt site does not pass for an edited text; ``withdrawn`` where a notice says so.

    Raises:
        ExtractError: it is of no kind that is read as a document, or holds no text.
    """
    media = media_of(job.exchange, job.body)
    reader = _READERS.get(media)
    if reader is None:
        raise ExtractError(
            job.source.id, f"{job.exchange.url} holds {media}, which is not read as a document"
        )
    url = job.source.url
    item = Item(job.source.id, (f"link:{canonical(url)}",), "", "", url=url)
    document = _marked(reader(replace(job, item=item)))
    papers = version_of(*(paper.url for paper in document.attachments))
    watched = replace(
        item,
        title=document.title,
        version=f"{document.id} {papers}",
        published=document.published,
        lang=document.lang,
    )
    flags = ["selector-missed:main"] if "main-selector-missed" in document.flags else []
    return ItemsRead((watched,), (document,), flags=(*document.flags, *flags))


def _marked(read: DocumentRead) -> Document:
    document = read.document
    if "withdrawn" in document.flags or not _has_notice(document):
        return document
    return replace(document, flags=(*document.flags, "withdrawn"))


def _has_notice(document: Document) -> bool:
    """Whether a short passage near the top says that the text is withdrawn."""
    first = document.passages[:_FIRST_PASSAGES]
    return any(
        len(each.text) <= _NOTICE_CHARACTERS and _WITHDRAWN.search(each.text) is not None for each in first
    )
