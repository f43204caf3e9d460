"""Which reader reads what: one row a source kind, one row a kind of document.

Readers are imported when first needed: parsers take longer to import than most bodies to read.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType

from monitor.errors import ExtractError
from monitor.model import DocumentRead, ItemsRead, ReadJob, Source, SourceKind
from monitor.reading.documents import address_of, is_saved
from monitor.reading.media import Media, media_of


def read(job: ReadJob) -> ItemsRead | DocumentRead:
    """Return what a body holds: the items of a source, or with ``job.item`` that item's document.

    A saved page, PDF, text or mail that a person brings for a source is read as a document. With
    ``job.look`` it is what the body offers to be polled.

    Raises:
        ExtractError: it has not the expected shape, or a parser failed on it.
    """
    try:
        return _reader(job)(job)
    except (ExtractError, MemoryError):  # MemoryError: a limit was broken, the process must be replaced
        raise
    except Exception as error:  # one hostile body among many; parsers raise whatever they like
        message = f"{address_of(job)} could not be read: {type(error).__name__}: {error}"
        raise ExtractError(job.source.id, message[:500]) from error


def parsers_for(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the names of the parsers that most bodies of these sources need."""
    polled = [source for source in sources if source.enabled]
    pages = ["page"] if any(source.follow for source in polled) else []
    return tuple(sorted({_PARSERS[source.kind] for source in polled}.union(pages)))


def preload(parsers: Iterable[str]) -> None:
    """Import parsers, in a process that is going to read many bodies; others come when first needed."""
    for name in parsers:
        import_module(f"monitor.reading.{name}")


def _reader(job: ReadJob) -> Callable[[ReadJob], ItemsRead | DocumentRead]:
    if job.look:
        return _discovery
    media = media_of(job.exchange, job.body)
    if job.item is None and not _is_saved_document(job, media):
        return _SOURCES[job.source.kind]
    reader = _DOCUMENTS.get(media)
    if reader is None:
        message = f"{address_of(job)} holds {media}, which is not read as a document"
        raise ExtractError(job.source.id, message)
    return reader


def _is_saved_document(job: ReadJob, media: Media) -> bool:
    """Whether a person brings one announcement of a source that lists announcements."""
    saved = is_saved(job.exchange) and job.source.kind in _LISTING_ANNOUNCEMENTS
    return saved and media in _SAVED_DOCUMENTS


def _feed(job: ReadJob) -> ItemsRead:
    from monitor.reading.feed import read_feed

    return read_feed(job)


def _register(job: ReadJob) -> ItemsRead:
    from monitor.reading.register import read_register

    return read_register(job)


def _api(job: ReadJob) -> ItemsRead:
    from monitor.reading.api import read_api

    return read_api(job)


def _sitemap(job: ReadJob) -> ItemsRead:
    from monitor.reading.sitemap import read_sitemap

    return read_sitemap(job)


def _listing(job: ReadJob) -> ItemsRead:
    from monitor.reading.listing import read_listing

    return read_listing(job)


def _watched(job: ReadJob) -> ItemsRead:
    from monitor.reading.watched import read_watched

    return read_watched(job)


def _inbox(job: ReadJob) -> ItemsRead:
    from monitor.reading.inbox import read_inbox

    return read_inbox(job)


def _discovery(job: ReadJob) -> ItemsRead:
    from monitor.reading.discovery import discover

    return discover(job)


def _page(job: ReadJob) -> DocumentRead:
    from monitor.reading.page import read_page

    return read_page(job)


def _pdf(job: ReadJob) -> DocumentRead:
    from monitor.reading.pdf import read_pdf

    return read_pdf(job)


def _mail(job: ReadJob) -> DocumentRead:
    from monitor.reading.mail import read_mail

    return read_mail(job)


def _plain(job: ReadJob) -> DocumentRead:
    from monitor.reading.plain import read_plain

    return read_plain(job)


def _json_document(job: ReadJob) -> DocumentRead:
    from monitor.reading.json_document import read_json_document

    return read_json_document(job)


_SOURCES: Mapping[SourceKind, Callable[[ReadJob], ItemsRead]] = MappingProxyType(
    {
        SourceKind.FEED: _feed,
        SourceKind.REGISTER: _register,
        SourceKind.API: _api,
        SourceKind.SITEMAP: _sitemap,
        SourceKind.LISTING: _listing,
        SourceKind.PAGE: _watched,
        SourceKind.INBOX: _inbox,
    }
)
_PARSERS: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.FEED: "feed",
        SourceKind.REGISTER: "register",
        SourceKind.API: "api",
        SourceKind.SITEMAP: "sitemap",
        SourceKind.LISTING: "listing",
        SourceKind.PAGE: "watched",
        SourceKind.INBOX: "inbox",
    }
)
_DOCUMENTS: Mapping[Media, Callable[[ReadJob], DocumentRead]] = MappingProxyType(
    {
        Media.HTML: _page,
        Media.XML: _page,
        Media.PDF: _pdf,
        Media.MAIL: _mail,
        Media.TEXT: _plain,
        Media.JSON: _json_document,
    }
)
_SAVED_DOCUMENTS = frozenset({Media.HTML, Media.PDF, Media.MAIL, Media.TEXT})
# A page that a person brings for these is an announcement, never the list. A saved list page of a
# listing cannot be told from an announcement: `monitor ingest` takes it for one.
_LISTING_ANNOUNCEMENTS = frozenset(set(SourceKind) - {SourceKind.REGISTER, SourceKind.PAGE})
