"""Read plain text as a document: a blank line ends a paragraph, a short first line is the title."""

import re

from monitor.language import normalise
from monitor.model import DocumentRead, Passage, PassageKind, ReadJob
from monitor.reading.charset import decode
from monitor.reading.documents import Content, address_of, build_document, is_saved, key_of

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_LONGEST_TITLE = 200


def read_plain(job: ReadJob) -> DocumentRead:
    """Return a text file as a document.

    Raises:
        ExtractError: it holds no text.
    """
    decoded = decode(job.body, job.exchange.header("content-type"), lang=job.source.lang)
    lines = plain_lines(decoded.text)
    named = job.item.title if job.item and not is_saved(job.exchange) else ""
    titled = not named and len(lines) > 1 and len(lines[0]) <= _LONGEST_TITLE
    content = Content(
        title=lines[0] if titled else named,
        passages=plain_passages(lines[1:] if titled else lines),
        url=address_of(job),
        published=job.item.published if job.item else None,
        flags=("charset-guessed",) if decoded.guessed else (),
    )
    return DocumentRead(build_document(job, content, item_key=key_of(job)))


def plain_lines(text: str) -> list[str]:
    """Return the paragraphs of ``text``, each on one line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [line for part in _PARAGRAPH.split(text) if (line := normalise(part))]


def plain_passages(lines: list[str]) -> tuple[Passage, ...]:
    """Return paragraphs as passages."""
    return tuple(Passage(PassageKind.PARAGRAPH, line) for line in lines)
