"""Build read jobs; a test names only what it is about. Countries and sites are invented."""

from datetime import UTC, datetime

from monitor.model import Exchange, Item, ReadJob, Source, SourceKind, Transport

ASKED_AT = datetime(2031, 2, 17, 9, 30, tzinfo=UTC)


def make_job(
    body: bytes | str,
    kind: SourceKind = SourceKind.FEED,
    *,
    url: str = "https://mfa.example/news/feed.xml",
    content_type: str | None = None,
    item: Item | None = None,
    **source: object,
) -> ReadJob:
    """Return a job on ``body`` as ``url`` answered it; ``source`` holds fields of the source."""
    given = {"publisher": "Ministry", "url": "https://mfa.example/news/feed.xml", "lang": "en"} | source
    exchange = Exchange(
        source_id="ruritania-mfa",
        slot=ASKED_AT,
        number=0,
        method="GET",
        url=url,
        asked_at=ASKED_AT,
        took_s=0.1,
        transport=Transport.ANSWERED,
        status=200,
        headers=(("Content-Type", content_type),) if content_type else (),
        final_url=url,
        body_sha256="0" * 64,
    )
    raw = body.encode() if isinstance(body, str) else body
    return ReadJob(Source("ruritania-mfa", kind, **given), exchange, raw, item)


def make_item(url: str = "https://mfa.example/news/1", title: str = "A statement") -> Item:
    """Return an item whose document is to be read."""
    return Item("ruritania-mfa", ("id:1",), title, "v1", url=url)
