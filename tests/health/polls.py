"""Build polls; a test names only what it is about. Countries and sites are invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.health import Judgement, judge
from monitor.model import (
    Exchange,
    Expectation,
    Item,
    ItemsRead,
    Reach,
    Reply,
    Source,
    SourceKind,
    SourceState,
    Transport,
    Verdict,
)

NOW = datetime(2031, 2, 17, 9, 30, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
FEED = b"<rss><channel><title>News</title></channel></rss>"
URL = "https://mfa.example/news/feed.xml"


def make_source(source_id: str = "ruritania-mfa", *, reach: Reach = Reach.OPEN, **fields: object) -> Source:
    """Return a feed of Ruritania's ministry."""
    given = {"publisher": "Ministry of Ruritania", "url": URL, "lang": "en"} | fields
    return Source(source_id, SourceKind.FEED, reach=reach, **given)


def make_reply(
    body: bytes | None = FEED,
    *,
    status: int | None = 200,
    transport: Transport = Transport.ANSWERED,
    url: str = URL,
    final_url: str = "",
    headers: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """Return what a site answered."""
    exchange = Exchange(
        source_id="ruritania-mfa",
        slot=NOW,
        number=0,
        method="GET",
        url=url,
        asked_at=NOW,
        took_s=0.1,
        transport=transport,
        status=status,
        headers=headers,
        final_url=final_url or url,
    )
    return Reply(exchange, body)


def make_items(*numbers: int, prefix: str = "id:", version: str = "v1") -> ItemsRead:
    """Return items that are known by number under any prefix, through their second key."""
    return ItemsRead(
        tuple(
            Item("ruritania-mfa", (f"{prefix}{n}", f"link:mfa.example/{n}"), f"Statement {n}", version)
            for n in numbers
        )
    )


def known_by(read: ItemsRead) -> dict[str, str]:
    """Return what the store holds once ``read`` is recorded."""
    return {key: item.version for item in read.items for key in item.keys}


def make_state(items: int = 10, **fields: object) -> SourceState:
    """Return the state of a source that was read well yesterday."""
    given = {
        "last_slot": YESTERDAY,
        "last_success": YESTERDAY,
        "last_verdict": Verdict.OK,
        "last_items": items,
        "known_items": items,
        "ever_ok": True,
    } | fields
    return SourceState("ruritania-mfa", **given)


def judged(
    read: ItemsRead | None = None,
    reply: Reply | None = None,
    *,
    state: SourceState | None = None,
    known: dict[str, str] | None = None,
    error: str = "",
    reach: Reach = Reach.OPEN,
    expect: Expectation | None = None,
    answered: tuple[str, ...] = (),
    kind: SourceKind = SourceKind.FEED,
) -> Judgement:
    """Return the judgement on one poll of a source that listed ten items yesterday."""
    before = make_state() if state is None else state
    known = known_by(make_items(*range(10))) if known is None else known
    source = replace(make_source(reach=reach, expect=expect or Expectation()), kind=kind)
    return judge(source, (reply or make_reply(),), read, error, before, known, NOW, NOW, answered=answered)
