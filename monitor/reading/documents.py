"""Put a document together: the same limits, identity and origin whatever it was read from."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.errors import ExtractError
from monitor.language import normalise, shorten
from monitor.model import (
    Attachment,
    Document,
    Exchange,
    PartialDate,
    Passage,
    PassageKind,
    ReadJob,
    Row,
    document_id,
)
from monitor.reading.languages import choose_language
from monitor.reading.links import canonical

_TITLE_CHARACTERS = 500
_PASSAGE_CHARACTERS = 20_000
_DOCUMENT_CHARACTERS = 1_000_000
_MOST_ATTACHMENTS = 50
_FIRST_PASSAGES = 10  # a date or a section's name may stand above the heading


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a body, before it is a document."""

    title: str
    passages: tuple[Passage, ...]
    url: str
    lang: str = ""
    published: PartialDate | None = None
    attachments: tuple[Attachment, ...] = ()
    flags: tuple[str, ...] = ()
    row: Row | None = field(default=None)


def build_document(job: ReadJob, content: Content, *, item_key: str) -> Document:
    """Return ``content`` as a document of the job's source; its title is its first passage.

    Raises:
        ExtractError: it holds no text beside its title.
    """
    title = normalise(content.title, _TITLE_CHARACTERS)
    body, flags = _within_limits(content.passages)
    body = _without_title(body, title)
    if not body:
        raise ExtractError(
            job.source.id, f"{content.url} holds no text that could be read; open it in a browser"
        )
    heading = () if content.row or not title else (Passage(PassageKind.TITLE, title),)
    passages = (*heading, *body)
    text = " ".join(passage.text for passage in passages[:50])
    source = job.source
    return Document(
        id=document_id(source.id, content.url, title, passages),
        source_id=source.id,
        url=content.url,
        title=title,
        lang=choose_language(source.lang, content.lang, text),
        passages=passages,
        retrieved=job.exchange.asked_at,
        published=content.published,
        voice=source.voice,
        official=source.official,
        publisher=source.publisher,
        item_key=item_key,
        body_sha256=job.exchange.body_sha256,
        row=content.row,
        attachments=content.attachments[:_MOST_ATTACHMENTS],
        flags=(*content.flags, *flags),
    )


def _without_title(passages: tuple[Passage, ...], title: str) -> tuple[Passage, ...]:
    """The passages without the first heading that repeats the title."""
    for at, passage in enumerate(passages[:_FIRST_PASSAGES]):
        if passage.kind is PassageKind.HEADING and passage.text == title:
            return passages[:at] + passages[at + 1 :]
    return passages


def is_saved(exchange: Exchange) -> bool:
    """Return whether the body is a file that a person brought, not an answer from the network."""
    return not exchange.url.lower().startswith(("http:", "https:"))


def address_of(job: ReadJob) -> str:
    """Return the address under which the document is known: the item's, before any redirect."""
    return (job.item.url if job.item else None) or job.exchange.final_url or job.exchange.url


def key_of(job: ReadJob) -> str:
    """Return the key of the item that the document belongs to."""
    return job.item.key if job.item else f"link:{canonical(address_of(job))}"


def _within_limits(passages: Iterable[Passage]) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    kept, left = [], _DOCUMENT_CHARACTERS
    for passage in passages:
        if len(passage.text) > left:
            kept.append(Passage(passage.kind, shorten(passage.text, max(left, 100))))
            return tuple(kept), ("text-cut",)
        kept.append(Passage(passage.kind, shorten(passage.text, _PASSAGE_CHARACTERS)))
        left -= len(passage.text)
    return tuple(kept), ()
