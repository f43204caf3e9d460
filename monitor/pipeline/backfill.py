"""Read a source back to a day: what was published before it was polled, or while it could not be."""

from dataclasses import dataclass, replace
from datetime import date

from monitor.errors import ConfigError, FetchError, Problem
from monitor.health import judge
from monitor.model import AuditEntry, Batch, Gap, ItemsRead, Source, SourceState
from monitor.pipeline.asking import Aim, Asked, ask
from monitor.pipeline.following import stored
from monitor.pipeline.parts import Parts
from monitor.pipeline.poll import record_items
from monitor.sources import may_go_back, reaching_back_to


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What a backfill gave. ``complete``: the day, or the beginning of the list, was reached."""

    source_id: str
    since: date
    pages: int
    items: int
    fresh: int
    changes: int
    complete: bool
    closed: tuple[Gap, ...] = ()


def backfill(parts: Parts, source: Source, since: date) -> Backfilled:
    """Read ``source`` back to the day ``since`` and record what follows; its health stays as it is.

    An open gap is closed when the reading has come below it: to its beginning, to something known, or
    to the end of the list.

    Raises:
        ConfigError: the source shows one page only.
        FetchError: it gave no usable answer; nothing is recorded then.
    """
    if not may_go_back(source):
        message = f"shows one page only: {_ADVICE}, or ingest saved pages with `monitor ingest`"
        raise ConfigError([Problem("sources.yaml", None, source.id, message)])
    now = parts.clock.now()
    known = parts.store.item_versions(source.id)
    reaching = reaching_back_to(source, since, now.date())
    asked = ask(parts, reaching, now, None, Aim(known, since))
    read = _checked(parts, reaching, asked)
    within = [item for item in read.items if item.published is None or item.published.last >= since]
    gaps = [gap for gap in parts.store.gaps() if gap.source_id == source.id]
    closed = tuple(gap for gap in gaps if _covers(asked, gap, since))
    detail = f"since {since}, {len(asked.replies)} pages, {len(within)} items"
    batch = Batch(
        at=now,
        exchanges=tuple(stored(parts, reply) for reply in (*asked.replies, *asked.beyond)),
        gaps=tuple(replace(gap, closed=True) for gap in closed),
        audit=(AuditEntry(now, "monitor", "backfilled", source.id, detail),),
    )
    read = replace(read, items=tuple(within))
    recorded = record_items(parts, source, read, known, batch, asked.listed_in)
    return Backfilled(
        source.id,
        since,
        len(asked.replies),
        len(within),
        recorded.fresh,
        recorded.changes,
        asked.reached or asked.at_end,
        closed,
    )


_ADVICE = "name `earlier` (feed), `listing.next`, or `paging` with the parameters of its address"


def _checked(parts: Parts, source: Source, asked: Asked) -> ItemsRead:
    """What was read, if a poll would take it in too."""
    now = parts.clock.now()
    state = parts.store.source_states().get(source.id) or SourceState(source.id)
    known = parts.store.item_versions(source.id)
    poll = judge(source, asked.replies, asked.read, asked.error, state, known, now, now).poll
    if not poll.verdict.is_success or asked.read is None:
        raise FetchError(source.id, poll.reason, poll.detail or poll.reason)
    return asked.read


def _covers(asked: Asked, gap: Gap, since: date) -> bool:
    return asked.met_known or asked.at_end or (asked.reached and since <= gap.since.date())
