"""Read a document that is JSON, such as what a site's own scripts or a content interface answer with."""

from collections.abc import Iterator

from monitor.errors import ExtractError
from monitor.expressions import compile_expression
from monitor.language import normalise
from monitor.model import Attachment, DocumentRead, JsonDocument, Passage, PassageKind, ReadJob
from monitor.reading.charset import decode
from monitor.reading.days import parse_day
from monitor.reading.documents import Content, address_of, build_document, key_of
from monitor.reading.links import web_link
from monitor.reading.papers import papers_in
from monitor.reading.rows import as_texts, parse_json
from monitor.reading.snippets import snippet_passages

_MOST_NOTICES = 3


def read_json_document(job: ReadJob) -> DocumentRead:
    """Return a JSON reply as a document, by the fields that the source's ``document`` names.

    Flags: ``withdrawn`` where a notice of withdrawal stands, which is then its first passage.

    Raises:
        ExtractError: it is no JSON, holds no text where the source says, or the source names no fields.
    """
    fields = job.source.document
    if fields is None:
        message = f"{address_of(job)} holds JSON; name in `document` where it keeps its title and text"
        raise ExtractError(job.source.id, message)
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    data = parse_json(job, decoded.text)
    title = next(iter(_texts(job, "title", fields.title, data)), "")
    texts = _texts(job, "text", fields.text, data)
    notices = _texts(job, "withdrawn", fields.withdrawn, data)[:_MOST_NOTICES]
    passages = [passage for text in (*notices, *texts) for passage in snippet_passages(text)]
    days = _texts(job, "published", fields.published, data)
    published = parse_day(days[0], job.source.timezone) if days else None
    content = Content(
        title=normalise(title) or (job.item.title if job.item else ""),
        passages=_without_repeats(passages),
        url=address_of(job),
        published=published or (job.item.published if job.item else None),
        attachments=tuple(_papers(job, fields, data, " ".join(texts))),
        flags=(*(("withdrawn",) if notices else ()), *(("charset-guessed",) if decoded.guessed else ())),
    )
    return DocumentRead(build_document(job, content, item_key=key_of(job)))


def _texts(job: ReadJob, name: str, expression: str, data: object) -> list[str]:
    return [text for text in as_texts(_found(job, name, expression, data)) if text.strip()]


def _found(job: ReadJob, name: str, expression: str, data: object) -> object:
    if not expression:
        return None
    try:
        return compile_expression(expression).search(data)
    except ValueError as error:
        raise ExtractError(job.source.id, f"document.{name}: {error}") from error


def _papers(job: ReadJob, fields: JsonDocument, data: object, markup: str) -> Iterator[Attachment]:
    """What the field names, then what the text links to."""
    base = job.exchange.final_url or job.exchange.url
    named = _found(job, "attachments", fields.attachments, data)
    for each in named if isinstance(named, list) else [named]:
        written, words = (each.get("url"), each.get("title")) if isinstance(each, dict) else (each, "")
        if isinstance(written, str) and (address := web_link(written, base)):
            yield Attachment(address, normalise(str(words or "")))
    yield from papers_in(markup, base)


def _without_repeats(passages: list[Passage]) -> tuple[Passage, ...]:
    """Interfaces give a text several times: as a teaser, for a search, for a screen."""
    seen: set[str] = set()
    kept = []
    for passage in passages:
        if passage.kind is PassageKind.HEADING or passage.text not in seen:
            kept.append(passage)
        seen.add(passage.text)
    return tuple(kept)
