"""Which sources are due at an instant, and for which slot.

Pure. A slot is a multiple of the source's interval since the epoch, so that a restart, a clock
change and a caller that comes every minute all arrive at the same slots; the database records each
(source, slot) once. Slots missed while nothing ran are not caught up one by one: a poll reads what
the source shows now, and the gap detection of ``health`` says what may have passed unseen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from monitor.model import Reach, Source, SourceState

_LONGEST_REST = timedelta(days=1)  # a wish that lies further ahead is of before the clock was set back


@dataclass(frozen=True, slots=True)
class Due:
    """A source with the slot it is due for."""

    source: Source
    slot: datetime


def slot_at(every_s: int, now: datetime) -> datetime:
    """Return the latest slot at or before ``now``.

    Args:
        every_s: The source's interval, in seconds, 1 or more.
        now: An instant with a time zone.
    """
    whole = int(now.timestamp()) // every_s * every_s
    return datetime.fromtimestamp(whole, UTC)


def due_sources(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime, *, all_now: bool = False
) -> tuple[Due, ...]:
    """Return the enabled sources whose current slot has not been polled, in the order given.

    With ``all_now`` every enabled source is due, for a slot of this very instant. A last slot that
    lies in the future (the clock was set back) does not hold a source up; from then on it is polled for
    instants, as often as before, since its regular slots may have been recorded already in the time that
    comes a second time. A source is left alone as long
    as its site, asked by whichever source, wants to be; not if it is asked for by a person.
    """
    sources = tuple(sources)
    resting = frozenset() if all_now else _resting_hosts(sources, states, now)
    found = []
    for source in sources:
        if not source.enabled or source.reach is Reach.MANUAL or _host(source) in resting:
            continue
        state = states.get(source.id)
        last = state.last_slot if state else None
        slot = slot_at(source.every_s, now)
        set_back = last is not None and last > now + timedelta(seconds=source.every_s)
        if not (all_now or last is None or last < slot or set_back):
            continue
        if all_now:
            slot = _this_instant(now, last)
        elif set_back or (last is not None and last.microsecond):
            slot = _this_instant(now.replace(microsecond=now.microsecond or 1), last)
        found.append(Due(source, slot))
    return tuple(found)


def _resting_hosts(
    sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime
) -> frozenset[str]:
    """The hosts that asked to be left alone until later than ``now``."""
    wished = ((source, states[source.id].rest_until) for source in sources if source.id in states)
    return frozenset(
        _host(source) for source, until in wished if until and now < until <= now + _LONGEST_REST
    )


def _host(source: Source) -> str:
    return urlsplit(source.url).hostname or ""


def _this_instant(now: datetime, last: datetime | None) -> datetime:
    """A slot of its own, also where somebody asks twice at one instant (``--at``, or a coarse clock).

    Its microseconds, which no regular slot has, tell that it is one.
    """
    if last is None or not now <= last < now + timedelta(seconds=1):
        return now
    return last + timedelta(microseconds=1)
