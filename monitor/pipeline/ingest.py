"""Material that a person brings for a source: a saved page, a register's file, a feed.

It goes through the same rooms as a poll. It never counts as the source's own answer: the source's
health stays as it is, and what the file does not hold is not taken for absent.
"""

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ConfigError, ExtractError, Problem
from monitor.model import (
    AuditEntry,
    Batch,
    Exchange,
    Item,
    ItemsRead,
    ReadJob,
    Source,
    SourceKind,
    Transport,
)
from monitor.pipeline.parts import Parts
from monitor.pipeline.poll import record_items

_MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a file gave: items in all, new or edited ones, and changes that followed."""

    file: str
    items: int
    fresh: int
    changes: int


def ingest_file(parts: Parts, source: Source, path: Path) -> Ingested:
    """Read a file as if ``source`` had published it, and record what follows.

    Raises:
        ConfigError: the file is missing, unreadable or too large, or does not hold what the source's kind
            reads.
    """
    body = _body(path)
    now = parts.clock.now()
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    exchange = Exchange(
        source_id=source.id,
        slot=now,
        number=0,
        method="INGEST",
        url=path.name,
        asked_at=now,
        took_s=0.0,
        transport=Transport.ANSWERED,
        status=200,
        headers=(("content-type", media),),
        final_url=path.name,
        body_sha256=parts.evidence.put(body),
        body_bytes=len(body),
    )
    try:
        read = _read(parts, source, exchange, body, path.name)
    except ExtractError as error:
        raise ConfigError([Problem(str(path), None, "", f"cannot be read for {error}")]) from error
    entry = AuditEntry(now, "monitor", "ingested", source.id, f"{path.name} {exchange.body_sha256}")
    batch = Batch(at=now, exchanges=(exchange,), audit=(entry,))
    known = parts.store.item_versions(source.id)
    listed_in = dict.fromkeys((item.key for item in read.items), exchange.body_sha256 or "")
    recorded = record_items(parts, source, read, known, batch, listed_in)
    return Ingested(path.name, len(read.items), recorded.fresh, recorded.changes)


def _read(parts: Parts, source: Source, exchange: Exchange, body: bytes, name: str) -> ItemsRead:
    """The file's items; a page, PDF or mail that was saved for a list is one item with its document."""
    if source.kind in (SourceKind.REGISTER, SourceKind.PAGE) or _looks_like_list(body):
        read = parts.reader.read(ReadJob(source, exchange, body))
        assert isinstance(read, ItemsRead)  # noqa: S101 - a job without item reads items
        return read
    sha256 = exchange.body_sha256
    assert sha256 is not None  # noqa: S101 - it has just been stored
    # By content: browsers call every second page index.html, and the one is no later version of the other.
    item = Item(source.id, (f"file:{sha256}",), name, sha256, url=name)
    read = parts.reader.read(ReadJob(source, exchange, body, item))
    assert not isinstance(read, ItemsRead)  # noqa: S101 - a job with an item reads its document
    return ItemsRead((item,), (read.document,))


def _looks_like_list(body: bytes) -> bool:
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    tags = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
    return start[:1] in (b"{", b"[") or any(tag in start for tag in tags)


def _body(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ConfigError([Problem(str(path), None, "", f"larger than {_MOST_BYTES:,} bytes; split it")])
        return path.read_bytes()
    except OSError as error:
        raise ConfigError([Problem(str(path), None, "", f"cannot be read: {error.strerror}")]) from error
